import type { Context } from '../context.ts';
import type { Seen } from '../enforcement.ts';
import { found, notSeen, nothingFound, together } from '../weakness.ts';
import type { Findings } from '../weakness.ts';
import { keeperEnvironment, keeperSecrets } from '../wanted-enforcement.ts';
import { deploySecrets } from '../workflows/deploy-secrets.ts';

const keys: ReadonlySet<string> = new Set(keeperSecrets);

/** Whether the gatekeeper's keys and what deploys are only where the environments guard them. */
export function findSecretWeaknesses(context: Context): Findings {
  const { environments, repositorySecrets, organizationSecrets } = context.enforcement;
  const guarded = deploySecrets(context);
  const places: readonly (readonly [string, Seen<readonly string[]>])[] = [['secrets of the repository', repositorySecrets], ['secrets of the organisation', organizationSecrets]];
  return together([
    ...places.map(([where, names]) => (names.state === 'hidden' ? notSeen(where, names.why, { lock: true }) : findOutside(where, names.value, guarded))),
    ...(environments.state === 'hidden' ? [] : environments.value.map(({ name, secrets }) => findKeys(context, name, secrets))),
  ]);
}

function findOutside(where: string, names: readonly string[], guarded: ReadonlySet<string>): Findings {
  const ours = names.filter((name) => keys.has(name));
  const deploys = names.filter((name) => guarded.has(name) && !keys.has(name));
  return together([
    ...ours.map((name) => found({ code: 'keys-outside', where, message: `${name} is there, and every workflow on every branch can read it.`, next: `Move it to the environment ${keeperEnvironment}, delete it there, and make a new key: this one may have been read.` })),
    ...deploys.map((name) => found({ code: 'secret-outside', where, message: `${name}, which a deployment uses, is there, and every workflow on every branch can read it.`, next: 'Move it to the environments that deploy, delete it there, and replace it: it may have been read.' })),
  ]);
}

/** All of them in the gatekeeper's own environment, and none in any other. */
function findKeys({ policy }: Context, environment: string, secrets: Seen<readonly string[]>): Findings {
  const where = `environment ${environment}`;
  const isOwn = environment.toLowerCase() === keeperEnvironment;
  if (secrets.state === 'hidden') return isOwn || policy.environments.some(({ name }) => name === environment) ? notSeen(`names of secrets of ${where}`, secrets.why, { lock: !isOwn }) : nothingFound;
  const misplaced = isOwn ? [] : secrets.value.filter((name) => keys.has(name));
  const missing = isOwn ? keeperSecrets.filter((name) => !secrets.value.includes(name)) : [];
  return together([
    ...misplaced.map((name) => found({ code: 'keys-outside', where, message: `${name} is there, where jobs run that are not the gatekeeper.`, next: `Delete it there; it belongs into the environment ${keeperEnvironment} only.` })),
    missing.length === 0 ? nothingFound : found({ code: 'keys-missing', where, message: `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not there.`, next: 'Run `sallyport setup app`.' }),
  ]);
}
