import { renderPath } from '@sallyport/policy';
import type { OpeningHours, WindowPolicy } from '@sallyport/policy';
import { freezeIntervals } from '../freeze-intervals.ts';
import { mergeIntervals, subtractIntervals } from '../interval.ts';
import type { WindowRule } from '../window-rules.ts';
import type { LintFinding } from './lint-finding.ts';
import type { LintScope } from './lint-scope.ts';
import { dateText, datesText, firstOf } from './lint-words.ts';
import { ruleTimes } from './open-times.ts';

/** Rules that never open within the span, and those that freezes close whenever they would. */
export function lintDeadRules(window: WindowPolicy, { freezes, elsewhere, from, to }: LintScope): readonly LintFinding[] {
  const rules = ruleTimes(window, from, to);
  const last = Math.max(to, ...rules.map(({ times }) => times.at(-1)?.to ?? to));
  const frozen = mergeIntervals([...freezes, ...elsewhere].flatMap((freeze) => freezeIntervals(freeze, from, last)));
  const span = `from ${dateText(from, window.zone)} to ${dateText(to, window.zone)}`;
  return rules.flatMap(({ rule, times }): readonly LintFinding[] => {
    const terms = { severity: 'warning' as const, path: rule.path };
    if (times.length === 0) return [{ ...terms, code: 'never-opens', message: `${renderPath(rule.path)} does not open ${span}: ${whyNever(rule, window, dateOf(from), dateOf(to))}; correct it or remove it.`, instants: [] }];
    const ahead = times.map((time) => ({ from: Math.max(time.from, from), to: time.to }));
    if (subtractIntervals(ahead, frozen).length > 0) return [];
    const instants = times.map((time) => time.from);
    return [{ ...terms, code: 'always-frozen', message: `${renderPath(rule.path)} never opens ${span}: a freeze is in force on ${datesText(instants, window.zone)}, whenever it would; end the freeze, or move the window.`, instants: firstOf(instants) }];
  });
}

/** A day earlier or later does not matter: it only tells what is over from what is to come. */
const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

function whyNever(rule: WindowRule, window: WindowPolicy, first: string, last: string): string {
  if (rule.kind === 'extra') return rule.extra.to.slice(0, 10) <= first ? `it was over on ${rule.extra.to.slice(0, 10)}` : rule.extra.from >= last ? `it comes on ${rule.extra.from.slice(0, 10)}` : 'its time does not exist there';
  const bounds: readonly OpeningHours[] = [rule.hours, window];
  const over = bounds.find(({ until }) => until !== undefined && until <= first)?.until;
  if (over !== undefined) return `its "until" is ${over}`;
  const later = bounds.find(({ since }) => since !== undefined && since >= last)?.since;
  if (later !== undefined) return `its "since" is ${later}`;
  return bounds.some(({ except }) => except.length > 0) ? 'its days, what "since" and "until" leave of them, and "except" have no date in common' : 'none of its days comes within that time';
}
