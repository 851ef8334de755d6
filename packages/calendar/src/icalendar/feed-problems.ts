import type { FeedProblem, Report } from './feed-problem.ts';

/** A place for problems: in the order of the file, those of the file as a whole first, at most `maximum` and the number of the others. */
export function collectProblems(maximum: number): { readonly report: Report; readonly found: () => readonly FeedProblem[] } {
  const kept: FeedProblem[] = [];
  let others = 0;
  return {
    report: (code, line, message) => {
      if (kept.length < maximum) kept.push({ code, line, message });
      else others += 1;
    },
    found: () => {
      const sorted = kept.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0));
      return others === 0 ? sorted : [...sorted, { code: 'too-many-problems', line: null, message: `There are ${others} more problems. Correct these first.` }];
    },
  };
}
