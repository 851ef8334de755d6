import type { TestPolicy } from '@sallyport/policy';
import type { Judged } from '../decision.ts';
import type { MergeFacts } from '../facts/merge-facts.ts';
import { cutShort } from '../ruling.ts';
import type { Finding } from '../ruling.ts';
import { isSupportedGlob, readyGlobs } from './glob.ts';
import { touches } from './touched-paths.ts';

/** Whether the change needs a test: it does unless the policy limits it to paths and the whole list of files shows none. */
export type Need = { readonly is: 'needed' } | { readonly is: 'not-needed'; readonly judged: Judged } | { readonly is: 'unclear'; readonly findings: readonly Finding[] };

export function needOf({ check, paths }: TestPolicy, { files }: MergeFacts): Need {
  if (paths === null) return { is: 'needed' };
  const odd = paths.filter((glob) => !isSupportedGlob(glob));
  if (odd.length > 0) return { is: 'unclear', findings: odd.map((glob) => notSupported(check, glob)) };
  const globs = readyGlobs(paths);
  if (files.items.some((file) => touches(file, globs))) return { is: 'needed' };
  if (!files.complete) return { is: 'unclear', findings: [cutShort('changed files', files.missing)] };
  return { is: 'not-needed', judged: { what: `test ${check}`, counted: false, reason: 'test-not-needed', summary: `the policy needs it only for changes of ${paths.join(', ')}, and none of these is changed` } };
}

const notSupported = (check: string, glob: string): Finding => ({
  outcome: 'unknown',
  reason: 'glob-not-supported',
  summary: `The path ${glob} of test ${check} uses more than *, ** and ?, which cannot be judged.`,
  next: [{ who: 'whoever owns the policy', what: `write the path ${glob} of test ${check} with *, ** and ? only`, effort: 'administer' }],
});
