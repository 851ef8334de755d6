import type { Enforcement } from './enforcement.ts';
import type { LockLevel } from './lock-level.ts';
import { weaknesses } from './weakness.ts';
import type { Findings, Helps } from './weakness.ts';

/** What each can still do past the gates, a sentence each. Empty: nothing that is known. */
export type ResidualPower = { readonly outsider: readonly string[]; readonly writer: readonly string[]; readonly admin: readonly string[]; readonly keyHolder: readonly string[] };

/** From what was found, and from what GitHub lets nobody take away. */
export function residualPower(enforcement: Enforcement, { weaknesses: found, unseen }: Findings, level: LockLevel): ResidualPower {
  const by = (helps: Helps): readonly string[] => [...new Set(found.filter(({ code }) => weaknesses[code].helps === helps).map(({ code }) => `${weaknesses[code].title}.`))];
  const untold = unseen.some(({ lock }) => lock) && level === 'unknown' ? ['It cannot be said: something that the lock rests on could not be seen.'] : [];
  return {
    outsider: [...by('outsider')],
    writer: [...by('writer'), ...untold],
    admin: [...adminsAlways(enforcement), ...by('admin')],
    keyHolder: [
      'With the App’s key: post sallyport/merge and make promotion tags. A deploy asks the ledger as well, and refuses a tag that is not in it.',
      'With the ledger’s key too: everything. It shows to whoever remembers a checkpoint (`sallyport ledger verify --against`).',
      ...by('key-holder'),
    ],
  };
}

function adminsAlways({ rulesets, repository }: Enforcement): readonly string[] {
  const own = rulesets.state === 'hidden' || rulesets.value.some(({ source, enforcement }) => source === 'repository' && enforcement === 'active');
  const rules = own ? [`Change the rulesets of the repository.${repository.ownedBy === 'organization' ? ' Rulesets of the organisation are out of reach of the repository’s administrators.' : ''}`] : [];
  return [...rules, 'Change what an environment admits, its secrets, and who is an administrator. What landed or was promoted past the gates is found by `sallyport audit main` and `sallyport doctor`.'];
}
