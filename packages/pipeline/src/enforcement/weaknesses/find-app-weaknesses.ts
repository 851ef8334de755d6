import type { Context } from '../context.ts';
import { found, notSeen, nothingFound, together } from '../weakness.ts';
import type { Findings } from '../weakness.ts';
import { wantedPermissions } from '../wanted-enforcement.ts';

/** In the order of power. */
const levels = ['read', 'write', 'admin'];

/** Whether there is a gatekeeper, and whether it may do what it needs and no more. */
export function findAppWeaknesses({ enforcement: { app }, policy }: Context): Findings {
  if (app === null) return found({ code: 'app-missing', where: 'GitHub App', message: 'No App is known: none posted the check sallyport/merge on the default branch, none is named by a ruleset, and none was given.', next: 'Run `sallyport setup app`, or name it with --app.' });
  const where = `GitHub App ${app.slug ?? app.id}`;
  const { permissions } = app;
  if (permissions.state === 'hidden') return notSeen(`permissions of ${where}`, permissions.why, { lock: false });
  const wanted = new Map(Object.entries(wantedPermissions(policy)));
  const has = new Map(Object.entries(permissions.value));
  const power = (level: string | undefined): number => (level === undefined ? -1 : levels.indexOf(level));
  const missing = [...wanted].filter(([name, level]) => power(has.get(name)) < power(level)).map(([name, level]) => `${name}: ${level}`);
  const excess = [...has].filter(([name, level]) => power(level) > power(wanted.get(name)) && name !== 'metadata').map(([name, level]) => `${name}: ${level}`);
  return together([
    missing.length === 0 ? nothingFound : found({ code: 'app-permission-missing', where, message: `It lacks ${missing.join(', ')}.`, next: 'Give it that in the App’s settings, and accept the change where it is installed.' }),
    excess.length === 0 ? nothingFound : found({ code: 'app-over-privileged', where, message: `It has ${excess.join(', ')}, which it does not need: whoever gets its key has it too.`, next: 'Take it away in the App’s settings.' }),
  ]);
}
