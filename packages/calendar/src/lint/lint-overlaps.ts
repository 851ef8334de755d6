import { renderPath } from '@sallyport/policy';
import type { WindowPolicy } from '@sallyport/policy';
import type { Instant } from '../calendar.ts';
import type { LintFinding } from './lint-finding.ts';
import type { LintScope } from './lint-scope.ts';
import { datesText, firstOf } from './lint-words.ts';
import { ruleTimes } from './open-times.ts';
import type { RuleTimes } from './open-times.ts';

/** A stretch of time in which the same rules are open, by their index in order; none in the time between. */
type Shared = { readonly from: Instant; readonly rules: readonly number[] };

/**
 * Rules that open nothing which the others do not open as well, and those of which some time is open twice. Of two that are
 * alike the later one adds nothing. Takes time in proportion to the occurrences, and to how many of them are open at once.
 */
export function lintOverlaps(window: WindowPolicy, { from, to }: LintScope): readonly LintFinding[] {
  const rules = ruleTimes(window, from, to);
  const stretches = sharedStretches(rules);
  const idle = idleRules(rules, stretches);
  return rules.flatMap(({ rule }, index) => {
    const own = stretches.filter((one) => one.rules.includes(index));
    const earlier = own.filter((one) => one.rules.some((other) => other < index && !idle.has(other)));
    const found = idle.has(index) ? own : earlier;
    if (found.length === 0) return [];
    const others = [...new Set(found.flatMap((one) => one.rules))].filter((other) => !idle.has(other) && (idle.has(index) || other < index));
    const [name, named] = [renderPath(rule.path), others.map((other) => renderPath(rules[other]?.rule.path ?? [])).join(', ')];
    const instants = found.map((one) => one.from);
    const message = idle.has(index)
      ? `${name} adds nothing: all the time it opens, first on ${datesText(instants, window.zone)}, is open by ${named} already; remove it, or correct its days or times.`
      : `${name} overlaps with ${named} on ${datesText(instants, window.zone)}, so that time is open only once; correct the times if they were to be apart.`;
    return [{ severity: 'warning' as const, code: idle.has(index) ? ('adds-nothing' as const) : ('overlaps' as const), path: rule.path, message, instants: firstOf(instants) }];
  });
}

function sharedStretches(rules: readonly RuleTimes[]): readonly Shared[] {
  const events = rules.flatMap(({ times }, rule) => times.flatMap((time) => [{ at: time.from, rule, opens: true }, { at: time.to, rule, opens: false }])).sort((one, other) => one.at - other.at);
  const open = new Set<number>();
  const stretches: Shared[] = [];
  for (const [index, { at, rule, opens }] of events.entries()) {
    if (opens) open.add(rule);
    else open.delete(rule);
    if (events[index + 1]?.at !== at) stretches.push({ from: at, rules: [...open].sort((one, other) => one - other) });
  }
  return stretches;
}

/** From the last rule to the first: one whose every stretch is kept open by another that is not idle itself. */
function idleRules(rules: readonly RuleTimes[], stretches: readonly Shared[]): ReadonlySet<number> {
  const openBy = stretches.map((one) => one.rules.length);
  const of = rules.map(() => [] as number[]);
  for (const [index, { rules: open }] of stretches.entries()) for (const rule of open) of[rule]?.push(index);
  const idle = new Set<number>();
  for (let rule = rules.length - 1; rule >= 0; rule -= 1) {
    const own = of[rule] ?? [];
    if (own.some((index) => (openBy[index] ?? 0) < 2)) continue;
    idle.add(rule);
    for (const index of own) openBy[index] = (openBy[index] ?? 0) - 1;
  }
  return idle;
}
