import { Hono } from 'hono';
import { authenticate } from '../auth/authenticate.ts';
import { authorizeRepositoryRequest } from '../auth/authorize.ts';
import type { SimulatorContext } from '../context.ts';
import { withETag } from './etag.ts';
import { GitHubError, notFound, renderError } from './github-error.ts';
import { createRateLimits } from './rate-limit.ts';
import type { SimulatorEnv } from './request.ts';

/** The application every route hangs on: credentials, permissions, rate limits and errors are settled here. */
export function createApp(context: SimulatorContext): Hono<SimulatorEnv> {
  const app = new Hono<SimulatorEnv>({ strict: false });
  const limits = createRateLimits();
  app.use(async (c, next) => {
    c.set('rawBody', c.env.rawBody);
    c.set('jsonBody', c.env.jsonBody);
    c.header('x-github-request-id', context.nextId().toString(16).padStart(8, '0').toUpperCase());
    c.header('x-github-media-type', 'github.v3; format=json');
    c.header('x-github-api-version-selected', '2022-11-28');
    const authorization = c.req.header('authorization');
    const viewer = authenticate(context, authorization);
    c.set('viewer', viewer);
    const credential = authorization ?? '';
    const now = context.clock.now();
    if (viewer.kind !== 'anonymous' && limits.exceeded(credential, viewer, now)) {
      throw new GitHubError(403, 'API rate limit exceeded.', { headers: limits.headers(credential, viewer, now, false) });
    }
    authorizeRepositoryRequest(context, viewer, c.req.method, c.req.path);
    if (isBrokenJson(c.env.jsonBody, c.req.header('content-type'))) throw new GitHubError(400, 'Problems parsing JSON');
    await next();
    c.res = await withETag(c.req.raw, c.res);
    if (viewer.kind === 'anonymous') return;
    // What the caller has already costs nothing.
    const costs = c.res.status !== 304;
    for (const [name, value] of Object.entries(limits.headers(credential, viewer, now, costs))) c.header(name, value);
  });
  app.notFound(() => {
    throw notFound();
  });
  app.onError((error, c) => {
    if (!(error instanceof GitHubError)) {
      // A fault of the simulator itself must be seen by whoever runs the test.
      return c.json({ message: `Simulator error: ${error.stack ?? error.message}` }, 500);
    }
    for (const [name, value] of Object.entries(error.headers)) c.header(name, value);
    return c.json(renderError(error), error.status as 400);
  });
  return app;
}

/** A body that claims to be JSON and stayed text; a lone JSON string is no request of GitHub's either. */
const isBrokenJson = (body: unknown, contentType: string | undefined): boolean => typeof body === 'string' && (contentType ?? '').startsWith('application/json');
