import { describeInstant } from '@sallyport/calendar';
import type { Decision, Judged, Outcome, RuleResult } from '@sallyport/gates';
import type { Colors } from 'picocolors/types.js';

import { plain } from './plain.ts';
import { renderTable } from './table.ts';
import { wrap } from './wrap.ts';

const marks: Readonly<Record<Outcome, string>> = { allow: '✓', wait: '…', deny: '✗', unknown: '?' };
const verdicts: Readonly<Record<Outcome, string>> = { allow: 'ALLOW', wait: 'WAIT', deny: 'DENY', unknown: 'UNKNOWN' };

export type TextOptions = {
  readonly colors: Colors;
  /** Width of the terminal; text is fitted into at most 100 and at least 60 characters. */
  readonly columns: number;
  /** For times; null: UTC alone. */
  readonly zone: string | null;
};

/** A decision for a terminal or a log: verdict, every rule, what each counted and why, who can do what next. */
export function renderDecisionText(decision: Decision, options: TextOptions): string {
  const { colors } = options;
  const width = Math.min(100, Math.max(60, options.columns));
  const title = `${paint(colors, decision.outcome)(verdicts[decision.outcome])}  ${colors.bold(`${decision.gate} gate`)}  ${plain(decision.subject)}`;
  const parts = [title, '', rulesTable(decision.rules, width, colors), ...counted(decision.rules, width, colors), ...nextSteps(decision, width, colors), ...recheck(decision, options)];
  return `${parts.join('\n')}\n`;
}

const paint = (colors: Colors, outcome: Outcome) => ({ allow: colors.green, wait: colors.yellow, deny: colors.red, unknown: colors.magenta })[outcome];

function rulesTable(rules: readonly RuleResult[], width: number, colors: Colors): string {
  const ruleWidth = Math.min(22, 2 + Math.max(...rules.map(({ rule }) => rule.length)));
  const columns = [{ head: '', width: 2 }, { head: 'rule', width: ruleWidth }, { head: 'outcome', width: 9 }, { head: 'why', width: width - ruleWidth - 14 }];
  const rows = rules.map(({ rule, outcome, summary }) => [paint(colors, outcome)(marks[outcome]), plain(rule), paint(colors, outcome)(outcome), plain(summary)]);
  return renderTable(columns, rows, colors);
}

function counted(rules: readonly RuleResult[], width: number, colors: Colors): readonly string[] {
  const looked = rules.filter(({ judged }) => judged.length > 0);
  if (looked.length === 0) return [];
  return ['', colors.bold('What was counted'), ...looked.flatMap(({ rule, judged }) => [`  ${plain(rule)}`, ...judged.map((item) => judgedLine(item, width, colors))])];
}

function judgedLine({ what, counted: counts, summary }: Judged, width: number, colors: Colors): string {
  const mark = counts ? colors.green('+') : colors.yellow('-');
  return `    ${mark} ${wrap(`${plain(what)}: ${counts ? 'counted' : 'not counted'}. ${plain(summary)}`, width - 6, '      ')}`;
}

function nextSteps({ next }: Decision, width: number, colors: Colors): readonly string[] {
  if (next.length === 0) return [];
  const lines = next.flatMap(({ who, what, command }) => [
    `  ${colors.cyan('→')} ${wrap(`${plain(who)}: ${plain(what)}`, width - 4, '    ')}`,
    // A command is never wrapped: it is there to be copied.
    ...(command === undefined ? [] : [`      ${colors.bold(plain(command))}`]),
  ]);
  return ['', colors.bold('Next'), ...lines];
}

function recheck({ recheckAt }: Decision, { zone }: TextOptions): readonly string[] {
  return recheckAt === undefined ? [] : ['', `Time alone may change this at ${describeInstant(recheckAt, zone ?? 'UTC')}.`];
}
