import type { Hono } from 'hono';
import type { SimulatorContext } from '../../context.ts';
import type { SimulatorEnv } from '../request.ts';
import { registerGitHttp } from './git-http.ts';

/** Every route of the core: all but Actions, checks, statuses, deployments and releases, which `workflows/` serves. */
export function registerCoreRoutes(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  registerGitHttp(app, context);
}
