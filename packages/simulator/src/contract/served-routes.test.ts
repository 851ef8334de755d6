import { describe, expect, it } from 'vitest';
import { createWorld } from '../admin.ts';
import type { SimulatorContext } from '../context.ts';
import { createApp } from '../http/create-app.ts';
import { registerCoreRoutes } from '../http/routes/index.ts';
import { createWorkflowEngine } from '../workflows/engine.ts';
import { registerActionsRoutes } from '../workflows/routes.ts';
import { githubDescription, githubOperations } from './description.ts';
import { createOperationFinder } from './find-operation.ts';

const context: SimulatorContext = {
  world: createWorld(),
  clock: { now: () => 0, set: () => undefined, advance: () => undefined },
  dataDir: '/nowhere',
  url: () => 'http://127.0.0.1:1',
  nextId: () => 1,
  announce: () => undefined,
};

/** Every route with a value in place of each parameter. */
function servedRoutes(): readonly { readonly method: string; readonly path: string }[] {
  const app = createApp(context);
  registerCoreRoutes(app, context);
  registerActionsRoutes(app, context, createWorkflowEngine(context, { actions: new Map(), run: false, machineClockOffsetMilliseconds: () => 0 }));
  return app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => ({ method, path: path.replaceAll(/\{[^/]*\}/g, '').replaceAll(/:\w+/g, '1') }));
}

describe('the routes of the simulator', () => {
  const find = createOperationFinder(githubDescription);
  const routes = servedRoutes();

  it('are all in the extract of GitHub\'s description, but for git\'s own protocol, storage, web pages and GraphQL', () => {
    const isOutside = ({ path }: { readonly path: string }): boolean => /\/(info\/refs|git-(upload|receive)-pack)$|^\/_storage\/|\/settings\/apps\/new$|\/installations\/new$|^\/graphql$/.test(path);
    const unknown = routes.filter((route) => !isOutside(route) && find(route.method, route.path) === null);
    expect(unknown.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('serve every operation of the extract', () => {
    const served = new Set(routes.map(({ method, path }) => find(method, path)?.operationId));
    expect(githubOperations.filter((operation) => !served.has(operation))).toEqual([]);
  });
});
