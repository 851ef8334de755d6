import { renderPath } from '@sallyport/policy';
import type { LintFinding } from './lint-finding.ts';
import type { LintScope } from './lint-scope.ts';

/** Windows that open nothing because no environment names them. What is in them is not looked at. */
export function lintUnused({ unusedWindows }: LintScope): readonly LintFinding[] {
  return unusedWindows.map((name) => {
    const path = ['windows', name];
    return { severity: 'warning', code: 'unused-window', path, message: `${renderPath(path)} opens nothing, because no environment names it; name it under "window" of an environment, or remove it.`, instants: [] };
  });
}
