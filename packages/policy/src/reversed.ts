import { renderPath, renderValue } from './problem.ts';
import type { PolicyPath } from './problem.ts';
import type { Report } from './raw-file.ts';

/** Reports a `to` that is not later than its `from`. Both have one fixed-width form, so their order as text is their order in time. */
export function reportReversed(path: PolicyPath, from: string, to: string, report: Report): void {
  if (to > from) return;
  report('reversed', [...path, 'to'], `${renderPath(path)}.to ${renderValue(to)} is not later than its "from" ${renderValue(from)}, so it would never hold; exchange or correct them.`);
}
