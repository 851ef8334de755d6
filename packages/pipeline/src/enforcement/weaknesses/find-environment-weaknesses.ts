import type { Context } from '../context.ts';
import type { Environment } from '../enforcement.ts';
import { found, notSeen, nothingFound, together } from '../weakness.ts';
import type { Findings } from '../weakness.ts';
import { wantedEnvironments } from '../wanted-enforcement.ts';
import type { WantedEnvironment } from '../wanted-enforcement.ts';
import { setUp } from '../words.ts';

/** Whether each environment admits what it is for, and nothing else. */
export function findEnvironmentWeaknesses({ enforcement, policy }: Context): Findings {
  const { environments, repository } = enforcement;
  if (environments.state === 'hidden') return notSeen('environments', environments.why, { lock: true });
  return together(wantedEnvironments(policy, repository.defaultBranch).map((wanted) => judge(wanted, environments.value.find(({ name }) => name.toLowerCase() === wanted.name.toLowerCase()))));
}

function judge(wanted: WantedEnvironment, environment: Environment | undefined): Findings {
  const where = `environment ${wanted.name}`;
  if (environment === undefined) return found({ code: 'environment-missing', where, message: 'It is not there. A job that names it makes it, and it admits everything.', next: setUp });
  return together([judgeAdmission(wanted, environment, where), judgeAdmins(environment, where)]);
}

const show = ({ name, type }: { readonly name: string; readonly type: string }): string => `${type === 'tag' ? 'tags' : 'branches'} ${name}`;

function judgeAdmission({ admits }: WantedEnvironment, environment: Environment, where: string): Findings {
  if (environment.admits.kind === 'anything') return found({ code: 'environment-admits-anything', where, message: 'A job on any branch or tag may enter and read its secrets.', next: setUp });
  if (environment.admits.kind === 'protected-branches') return found({ code: 'environment-admits-others', where, message: `It admits protected branches, and should admit ${admits.map(show).join(', ')} only.`, next: setUp });
  const { patterns } = environment.admits;
  if (patterns.state === 'hidden') return notSeen(`which refs ${where} admits`, patterns.why, { lock: true });
  const isWanted = (one: { readonly name: string; readonly type: string }): boolean => admits.some(({ name, type }) => name === one.name && type === one.type);
  const others = patterns.value.filter((pattern) => !isWanted(pattern));
  const missing = admits.filter(({ name, type }) => !patterns.value.some((one) => one.name === name && one.type === type));
  return together([
    others.length === 0 ? nothingFound : found({ code: 'environment-admits-others', where, message: `It admits ${others.map(show).join(', ')}, and should admit ${admits.map(show).join(', ')} only.`, next: setUp }),
    missing.length === 0 ? nothingFound : found({ code: 'environment-admits-nothing', where, message: `It does not admit ${missing.map(show).join(', ')}.`, next: setUp }),
  ]);
}

function judgeAdmins({ adminsBypass }: Environment, where: string): Findings {
  if (adminsBypass.state === 'hidden') return notSeen(`whether administrators may pass the protection of ${where}`, adminsBypass.why, { lock: false });
  return adminsBypass.value ? found({ code: 'environment-bypassed-by-admins', where, message: '“Allow administrators to bypass configured protection rules” is on.', next: setUp }) : nothingFound;
}
