import type { Hono } from 'hono';
import * as z from 'zod';
import type { SimulatorContext } from '../../context.ts';
import { toSeconds } from '../../git/objects.ts';
import { GitHubError, notFound } from '../../http/github-error.ts';
import { pageOf } from '../../http/pagination.ts';
import type { Schemas } from '../../http/present/schemas.ts';
import { bodyOf, repositoryOf, type Request, type SimulatorEnv } from '../../http/request.ts';
import { makeSealingKey, openSealedBox } from '../../secrets/sealed-box.ts';
import { organizationSecrets, storeSecret } from '../../secrets/secret-store.ts';
import type { Secret, SecretStore } from '../../world/world.ts';
import { knownEnvironment } from './environments.ts';

const sealed = z.object({ encrypted_value: z.base64(), key_id: z.string() });

/** Secrets for jobs: of the repository, of its environments, and those its organisation shares with it. No answer holds a value. */
export function registerSecrets(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  registerStore(app, context, '/repos/:owner/:repo/actions/secrets', (c) => repositoryOf(c, context).secrets);
  registerStore(app, context, '/repos/:owner/:repo/environments/:environment/secrets', (c) => knownEnvironment(c, repositoryOf(c, context)).secrets);
  app.get('/repos/:owner/:repo/actions/organization-secrets', (c) => c.json(presentList(c, context, organizationSecrets(repositoryOf(c, context)))));
}

function registerStore(app: Hono<SimulatorEnv>, context: SimulatorContext, at: string, storeOf: (c: Request) => SecretStore): void {
  app.get(at, (c) => c.json(presentList(c, context, [...storeOf(c).values])));

  app.get(`${at}/public-key`, async (c) => {
    const store = storeOf(c);
    store.key ??= await makeSealingKey();
    return c.json({ key_id: store.key.id, key: Buffer.from(store.key.publicKey).toString('base64') });
  });

  app.get(`${at}/:name`, (c) => {
    const name = nameOf(c);
    const known = storeOf(c).values.get(name);
    if (known === undefined) throw notFound();
    return c.json(presentSecret(name, known));
  });

  app.put(`${at}/:name`, async (c) => {
    const store = storeOf(c);
    const name = nameOf(c);
    const { encrypted_value: box, key_id: keyId } = bodyOf(c, sealed);
    if (!/^[A-Z_][A-Z0-9_]*$/.test(name) || name.startsWith('GITHUB_')) throw new GitHubError(422, 'Secret names can only contain alphanumeric characters ([a-z], [A-Z], [0-9]) or underscores (_). Spaces are not allowed. Must start with a letter ([a-z], [A-Z]) or underscores (_). Must not start with the GITHUB_ prefix.');
    const value = store.key?.id === keyId ? await openSealedBox(store.key, box) : null;
    if (value === null) throw new GitHubError(422, 'Bad request - key_id does not match the current public key, or the value was not sealed for it.');
    return storeSecret(store, name, value, context.clock.now()) ? c.json({}, 201) : c.body(null, 204);
  });

  app.delete(`${at}/:name`, (c) => {
    if (!storeOf(c).values.delete(nameOf(c))) throw notFound();
    return c.body(null, 204);
  });
}

const nameOf = (c: Request): string => (c.req.param('name') ?? '').toUpperCase();

function presentList(c: Request, context: SimulatorContext, secrets: readonly (readonly [string, Secret])[]): { total_count: number; secrets: readonly Schemas['actions-secret'][] } {
  const sorted = secrets.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return { total_count: secrets.length, secrets: pageOf(c, sorted, context.url()).map(([name, secret]) => presentSecret(name, secret)) };
}

const presentSecret = (name: string, secret: Secret): Schemas['actions-secret'] => ({ name, created_at: toSeconds(secret.createdAt), updated_at: toSeconds(secret.updatedAt) });
