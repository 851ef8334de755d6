import type { BypassActor } from './enforcement.ts';
import { found, nothingFound, together } from './weakness.ts';
import type { Findings, WeaknessCode } from './weakness.ts';
import { isAdmin } from './who-may.ts';
import { capital, describeActors, takeOut } from './words.ts';

/** Those who stand outside a rule and should not. Administrators can change the rule anyway, and that is seen; so they are a weakness of their own. `doing`: `delete it`. */
export function judgeOutsiders(actors: readonly BypassActor[], { code, where, doing }: { readonly code: WeaknessCode; readonly where: string; readonly doing: string }): Findings {
  const judge = (list: readonly BypassActor[], as: WeaknessCode): Findings => (list.length === 0 ? nothingFound : found({ code: as, where, message: `${capital(describeActors(list))} may ${doing}.`, next: takeOut }));
  return together([judge(actors.filter((actor) => !isAdmin(actor)), code), judge(actors.filter(isAdmin), 'bypassed-by-admins')]);
}
