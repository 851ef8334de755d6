import type { Hono } from 'hono';
import type { SimulatorContext } from '../context.ts';
import type { SimulatorEnv } from '../http/request.ts';
import type { WorkflowEngine } from './engine.ts';
import { registerActionsSettings } from './routes/actions-settings.ts';
import { registerChecks } from './routes/checks.ts';
import { registerDeployments } from './routes/deployments.ts';
import { registerEnvironments } from './routes/environments.ts';
import { registerImmutableReleases } from './routes/immutable-releases.ts';
import { registerProtectionRules } from './routes/protection-rules.ts';
import { registerReleases } from './routes/releases.ts';
import { registerRuns } from './routes/runs.ts';
import { registerSecrets } from './routes/secrets.ts';
import { registerStatuses } from './routes/statuses.ts';

/** Routes of checks, statuses, Actions, environments, deployments and releases. Who may call them is settled before they are reached. */
export function registerActionsRoutes(app: Hono<SimulatorEnv>, context: SimulatorContext, engine: WorkflowEngine): void {
  registerChecks(app, context);
  registerStatuses(app, context);
  registerActionsSettings(app, context);
  registerRuns(app, context, engine);
  registerEnvironments(app, context);
  registerProtectionRules(app, context);
  registerSecrets(app, context);
  registerDeployments(app, context);
  registerReleases(app, context);
  registerImmutableReleases(app, context);
}
