import type { Hono } from 'hono';
import * as z from 'zod';
import { isInstalledOn } from '../../auth/installed-on.ts';
import type { SimulatorContext } from '../../context.ts';
import { notFound } from '../../http/github-error.ts';
import { nodeId, type Schemas } from '../../http/present/schemas.ts';
import { bodyOf, numberOf, repositoryOf, type SimulatorEnv } from '../../http/request.ts';
import type { Environment } from '../../world/world.ts';
import { knownEnvironment } from './environments.ts';

const enabling = z.object({ integration_id: z.number() });
type Rule = Environment['customRules'][number];

/** Custom deployment protection rules: which Apps are asked before a job enters an environment. */
export function registerProtectionRules(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const at = '/repos/:owner/:repo/environments/:environment/deployment_protection_rules';
  const present = (rule: Rule): Schemas['deployment-protection-rule'] => {
    const asked = context.world.apps.get(rule.app);
    if (asked === undefined) throw new Error(`The App ${String(rule.app)} of a protection rule is not in the world.`);
    return { id: rule.id, node_id: nodeId('GateRequest', rule.id), enabled: true, app: { id: asked.id, slug: asked.slug, integration_url: `${context.url()}/apps/${asked.slug}`, node_id: nodeId('App', asked.id) } };
  };

  app.get(at, (c) => {
    const { customRules } = knownEnvironment(c, repositoryOf(c, context));
    return c.json({ total_count: customRules.length, custom_deployment_protection_rules: customRules.map(present) });
  });

  app.post(at, (c) => {
    const repository = repositoryOf(c, context);
    const { customRules } = knownEnvironment(c, repository);
    const asked = context.world.apps.get(bodyOf(c, enabling).integration_id);
    if (asked === undefined || !isInstalledOn(asked, repository)) throw notFound();
    const known = customRules.find((rule) => rule.app === asked.id);
    const rule = known ?? { id: context.nextId(), app: asked.id };
    if (known === undefined) customRules.push(rule);
    return c.json(present(rule), 201);
  });

  app.delete(`${at}/:rule`, (c) => {
    const { customRules } = knownEnvironment(c, repositoryOf(c, context));
    const index = customRules.findIndex(({ id }) => id === numberOf(c, 'rule'));
    if (index === -1) throw notFound();
    customRules.splice(index, 1);
    return c.body(null, 204);
  });
}
