import type { Hono } from 'hono';
import type { SimulatorContext } from '../../context.ts';
import { notFound } from '../../http/github-error.ts';
import { repositoryOf, type SimulatorEnv } from '../../http/request.ts';

/** Whether releases that are published from now on are immutable. GitHub says 404 when they are not. */
export function registerImmutableReleases(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const at = '/repos/:owner/:repo/immutable-releases';
  app.get(at, (c) => {
    if (!repositoryOf(c, context).immutableReleases) throw notFound();
    return c.json({ enabled: true, enforced_by_owner: false });
  });
  for (const [method, immutable] of [['PUT', true], ['DELETE', false]] as const) {
    app.on(method, at, (c) => {
      repositoryOf(c, context).immutableReleases = immutable;
      return c.body(null, 204);
    });
  }
}
