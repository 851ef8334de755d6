import type { Decision, Judged, NextStep, RuleResult } from '../decision.ts';
import { bySeverity } from '../ruling.ts';
import { verdictOf } from './verdict.ts';

/** `yes`: it counts for the subject; `no`: it does not count; `objects`: it counts against it. */
export type Row = Judged & { readonly mark: 'yes' | 'no' | 'objects' };

/** What some rules looked at, in one table. */
export type Section = {
  readonly title: string;
  /** Those of its rules that are not satisfied. */
  readonly open: readonly RuleResult[];
  readonly rows: readonly Row[];
};

/** A decision arranged for reading; only the words of the decision are in it. */
export type Explanation = {
  readonly verdict: string;
  /** Cheapest first. */
  readonly next: readonly NextStep[];
  readonly sections: readonly Section[];
  /** Rules that are not satisfied and stand in no section, worst first. */
  readonly otherOpen: readonly RuleResult[];
  readonly satisfied: readonly RuleResult[];
};

type Group = { readonly title: string; readonly rules: readonly string[] };

const mergeGroups: readonly Group[] = [
  { title: 'Tests', rules: ['tests'] },
  { title: 'Reviews', rules: ['review', 'objections', 'sensitive', 'code-owners'] },
];

/** Arranges a decision for reading. */
export function explanationOf(decision: Decision): Explanation {
  const sections = groupsOf(decision).flatMap((group) => sectionOf(group, decision.rules));
  const shown = new Set(sections.flatMap(({ open }) => open.map(({ rule }) => rule)));
  return {
    verdict: verdictOf(decision),
    next: decision.next,
    sections,
    otherOpen: decision.rules.filter(({ rule, outcome }) => outcome !== 'allow' && !shown.has(rule)).sort(bySeverity),
    satisfied: decision.rules.filter(({ outcome }) => outcome === 'allow'),
  };
}

/** Tests and reviews of a merge belong together, whatever rule looked at them; any other rule that judged something is a group of its own. */
function groupsOf({ gate, rules }: Decision): readonly Group[] {
  const groups = gate === 'merge' ? mergeGroups : [];
  const grouped = new Set(groups.flatMap((group) => group.rules));
  const others = rules.filter(({ rule, judged }) => judged.length > 0 && !grouped.has(rule));
  return [...groups, ...others.map(({ rule }) => ({ title: titleOf(rule), rules: [rule] }))];
}

function sectionOf({ title, rules: names }: Group, rules: readonly RuleResult[]): readonly Section[] {
  const members = rules.filter(({ rule }) => names.includes(rule));
  const open = members.filter(({ outcome }) => outcome !== 'allow').sort(bySeverity);
  const rows = withoutEchoes(members.flatMap(({ rule, judged }) => judged.map((item) => rowOf(rule, item))));
  return rows.length === 0 && open.length === 0 ? [] : [{ title, open, rows }];
}

const rowOf = (rule: string, item: Judged): Row => ({ ...item, mark: !item.counted ? 'no' : rule === 'objections' ? 'objects' : 'yes' });

/** One review is looked at as an approval and as an objection: where the one look says no more than “not of this kind”, the other is enough. */
function withoutEchoes(rows: readonly Row[]): readonly Row[] {
  return rows.filter((row) => (row.reason !== 'not-an-approval' && row.reason !== 'not-an-objection') || !rows.some((other) => other !== row && other.what === row.what && other.url === row.url));
}

const titleOf = (rule: string): string => `${rule.charAt(0).toUpperCase()}${rule.slice(1).replaceAll('-', ' ')}`;
