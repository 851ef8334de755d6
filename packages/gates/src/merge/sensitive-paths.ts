import type { Policy, SensitivePathsPolicy } from '@sallyport/policy';
import type { ChangedFileFact } from '../facts/merge-facts.ts';
import { touches } from './touched-paths.ts';

/** A requirement on some paths, by the policy or built in, with the files of the change that meet it. */
export type TouchedEntry = { readonly entry: SensitivePathsPolicy; readonly files: readonly ChangedFileFact[]; readonly builtIn: boolean };

/** These files decide what a test is, who must review and what may be promoted, so a change of them is never an ordinary one (T14). */
const deciding: readonly string[] = ['.github/sallyport.yml', '.github/workflows/**', '.github/actions/**', 'CODEOWNERS', '.github/CODEOWNERS', 'docs/CODEOWNERS', '.gitmodules'];

/**
 * The entries that the change touches. What an entry of the policy covers needs what that entry says; the rest of the deciding files
 * and every submodule, whose content no reviewer of this repository sees, needs one approval more than other changes.
 */
export function touchedEntries({ merge: { review } }: Policy, files: readonly ChangedFileFact[]): readonly TouchedEntry[] {
  const named = review.sensitive.map((entry) => ({ entry, files: files.filter((file) => touches(file, entry.paths)), builtIn: false }));
  const covered = new Set(named.flatMap((touched) => touched.files));
  const rest = files.filter((file) => !covered.has(file) && (isSubmodule(file) || touches(file, deciding)));
  const builtIn = { entry: { paths: deciding, approvals: review.approvals + 1, team: null }, files: rest, builtIn: true };
  return [...named, builtIn].filter((touched) => touched.files.length > 0);
}

const isSubmodule = ({ kind }: ChangedFileFact): boolean => kind !== null && 'known' in kind && kind.known === 'submodule';

/** A symlink that may lead anywhere: it is taken for a change of everything. */
export const leadsAnywhere = ({ kind, target }: ChangedFileFact): boolean => kind !== null && !('known' in kind && kind.known !== 'symlink') && (target === undefined || 'unknown' in target || target.known === null);
