import type { Policy, SensitivePathsPolicy } from '@sallyport/policy';
import { collect } from '../collect.ts';
import type { ChangedFileFact } from '../facts/merge-facts.ts';
import { isSupportedGlob, readyGlobs } from './glob.ts';
import type { Globs } from './glob.ts';
import { pathsOf, touches } from './touched-paths.ts';

/** A requirement on some paths, by the policy or built in, with the files of the change that meet it. */
export type TouchedEntry = { readonly entry: SensitivePathsPolicy; readonly files: readonly ChangedFileFact[]; readonly builtIn: boolean };

/** These files decide what a test is, who must review and what may be promoted, so a change of them is never an ordinary one (T14). */
const deciding: readonly string[] = ['.github/sallyport.yml', '.github/workflows/**', '.github/actions/**', 'CODEOWNERS', '.github/CODEOWNERS', 'docs/CODEOWNERS', '.gitmodules'];
const decidingGlobs = readyGlobs(deciding);

/** The files of the repository that the policy's calendars are. Whoever edits one decides when production is open (W07). */
export const calendarFiles = ({ calendars = [] }: Policy): readonly string[] => calendars.flatMap(({ source }) => (source.kind === 'feed' && source.at.in === 'repository' ? [source.at.path] : []));

/** Whoever edits the trust root decides whose signatures count. */
const namedFiles = (policy: Policy): readonly string[] => [...calendarFiles(policy), ...(policy.build.trustRoot === undefined ? [] : [policy.build.trustRoot])];

/**
 * The entries that the change touches. A deciding path, and every submodule, whose content no reviewer of this repository sees,
 * needs one approval more than other changes, unless an entry of the policy names that very path: then it needs what the entry
 * says. That an entry names another path of the same file (the name it had, the link that leads there) covers nothing.
 */
export function touchedEntries(policy: Policy, files: readonly ChangedFileFact[]): readonly TouchedEntry[] {
  const { review } = policy.merge;
  const entries: TouchedEntry[] = [];
  const add = (entry: SensitivePathsPolicy, builtIn: boolean, isTouched: (file: ChangedFileFact) => boolean): void => {
    const touched = files.filter(isTouched);
    if (touched.length > 0) entries.push({ entry, files: touched, builtIn });
  };
  for (const entry of review.sensitive) {
    const globs = readyGlobs(entry.paths);
    add(entry, false, (file) => touches(file, globs));
  }
  const covering = readyGlobs(collect(review.sensitive, ({ paths }) => paths.filter(isSupportedGlob)));
  const named = namedFiles(policy);
  const paths = named.length === 0 ? deciding : [...deciding, ...named];
  const globs = named.length === 0 ? decidingGlobs : readyGlobs(paths);
  add({ paths, approvals: review.approvals + 1, team: null }, true, (file) => decides(file, globs, covering));
  return entries;
}

function decides(file: ChangedFileFact, deciders: Globs, covering: Globs): boolean {
  if (leadsAnywhere(file)) return true;
  if (isSubmodule(file) && !covering.match(file.path)) return true;
  const isLink = isSymlink(file);
  for (const path of pathsOf(file)) {
    if (!covering.match(path) && (deciders.match(path) || (isLink && path !== file.path && deciders.reachBelow(path)))) return true;
  }
  return false;
}

const isSubmodule = ({ kind }: ChangedFileFact): boolean => kind !== null && 'known' in kind && kind.known === 'submodule';
const isSymlink = ({ kind }: ChangedFileFact): boolean => kind !== null && 'known' in kind && kind.known === 'symlink';

/** What is not known to be no symlink, or is one whose target is not known: whether it stands for a sensitive path cannot be told. */
export const isUnclear = ({ kind, target }: ChangedFileFact): boolean => kind !== null && ('unknown' in kind || (kind.known === 'symlink' && (target === undefined || 'unknown' in target)));

/** A symlink that leads out of the repository, or nobody knows where: it is taken for a change of everything. */
const leadsAnywhere = (file: ChangedFileFact): boolean => isUnclear(file) || (isSymlink(file) && file.target !== undefined && 'known' in file.target && file.target.known === null);
