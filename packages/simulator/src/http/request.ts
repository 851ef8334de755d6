import type { Context, Env } from 'hono';
import type * as z from 'zod';
import { actorOf, type ActingUser, type Viewer } from '../auth/viewer.ts';
import type { SimulatorContext } from '../context.ts';
import type { Repository } from '../world/world.ts';
import { GitHubError, notFound } from './github-error.ts';

/** What the middleware leaves for the routes. */
export type SimulatorEnv = Env & { Bindings: { rawBody: Uint8Array; jsonBody: unknown }; Variables: { viewer: Viewer; rawBody: Uint8Array; jsonBody: unknown } };
export type Request = Context<SimulatorEnv>;

export const viewerOf = (c: Request): Viewer => c.get('viewer');

/** Who acts; 401 for the anonymous. */
export function actingUser(c: Request): ActingUser {
  const actor = actorOf(viewerOf(c));
  if (actor === null) throw new GitHubError(401, 'Requires authentication');
  return actor;
}

/** The repository named by `:owner/:repo`; the middleware has already checked that the viewer may know of it. */
export function repositoryOf(c: Request, context: SimulatorContext): Repository {
  return findRepository(context, c.req.param('owner') ?? '', c.req.param('repo') ?? '');
}

export function findRepository(context: SimulatorContext, owner: string, name: string): Repository {
  const found = context.world.repositories.get(`${owner}/${name}`);
  if (found !== undefined) return found;
  // Names at GitHub are compared without regard to case.
  const wanted = `${owner}/${name}`.toLowerCase();
  for (const [key, repository] of context.world.repositories) if (key.toLowerCase() === wanted) return repository;
  throw notFound();
}

/** The JSON body, checked; 422 names each field that is wrong, as GitHub does. */
export function bodyOf<S extends z.ZodType>(c: Request, schema: S): z.output<S> {
  const parsed = schema.safeParse(c.get('jsonBody') ?? {});
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  throw new GitHubError(422, `Invalid request.\n\n${lines.join('\n')}`);
}

/** A number in the path, such as `:number`; 404 when it is none. */
export function numberOf(c: Request, name: string): number {
  const text = c.req.param(name) ?? '';
  if (!/^\d{1,15}$/.test(text)) throw notFound();
  return Number(text);
}
