import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { SimulatorContext } from '../context.ts';
import type { App, User } from '../world/world.ts';
import type { AppManifest } from './app-manifest.ts';

/** The handshake must be over within an hour (GitHub, "Registering a GitHub App from a manifest", November 2026). */
const codeMilliseconds = 3_600_000;

export const slugOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

/** Makes the App of a manifest, installed nowhere; resolves to the code for which its key is given, once. null: the name is taken. */
export function registerApp(context: SimulatorContext, owner: User, manifest: AppManifest): string | null {
  const { world } = context;
  const slug = slugOf(manifest.name);
  const login = `${slug}[bot]`;
  if (world.users.has(login) || [...world.apps.values()].some((app) => app.slug === slug)) return null;
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs1', format: 'pem' } });
  const bot: User = { id: context.nextId(), login, type: 'Bot', suspended: false };
  const at = context.clock.now();
  const app: App = {
    id: context.nextId(),
    slug,
    publicKeyPem: keys.publicKey,
    installationId: context.nextId(),
    permissions: { metadata: 'read', ...manifest.default_permissions },
    bot,
    installation: null,
    registration: {
      name: manifest.name,
      owner: owner.login,
      description: manifest.description,
      externalUrl: manifest.url,
      clientId: `Iv23li${randomBytes(7).toString('hex')}`,
      isPublic: manifest.public,
      events: manifest.default_events,
      setupUrl: manifest.setup_url ?? null,
      createdAt: at,
    },
  };
  world.users.set(login, bot);
  world.apps.set(app.id, app);
  const code = randomBytes(20).toString('hex');
  world.conversions.set(code, { app: app.id, privateKeyPem: keys.privateKey, clientSecret: randomBytes(20).toString('hex'), webhookSecret: randomBytes(20).toString('hex'), expiresAt: at + codeMilliseconds });
  return code;
}
