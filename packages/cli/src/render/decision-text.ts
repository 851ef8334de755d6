import { describeInstant } from '@sallyport/calendar';
import { explanationOf, stoppedBy } from '@sallyport/gates';
import type { Decision, Outcome, RuleResult, Section } from '@sallyport/gates';
import { reasonPage } from '@sallyport/pipeline';
import type { Colors } from 'picocolors/types.js';
import { judgedTable } from './judged-table.ts';
import { collectLinks } from './links.ts';
import type { Links } from './links.ts';
import { plain } from './plain.ts';
import { renderTable } from './table.ts';
import { wrap } from './wrap.ts';

const marks: Readonly<Record<Outcome, string>> = { allow: '✓', wait: '…', deny: '✗', unknown: '?' };
const words: Readonly<Record<Outcome, string>> = { allow: 'ALLOW', wait: 'WAIT', deny: 'DENY', unknown: 'UNKNOWN' };

export type TextOptions = {
  readonly colors: Colors;
  /** Width of the terminal; text is fitted into at most 140 and at least 60 characters. */
  readonly columns: number;
  /** For times; null: UTC alone. */
  readonly zone: string | null;
};

/** A decision for a terminal or a log: the verdict, what was counted and why, every rule, and last, above the prompt, who can do what next. */
export function renderDecisionText(decision: Decision, options: TextOptions): string {
  const { colors } = options;
  const width = Math.min(140, Math.max(60, options.columns));
  const links = collectLinks();
  const { verdict, sections, otherOpen, satisfied } = explanationOf(decision);
  const parts = [
    ...headline(decision, verdict, width, options),
    ...sections.flatMap((section) => sectionText(section, width, colors, links)),
    ...rulesText('Other rules', otherOpen, width, colors),
    ...rulesText('Satisfied', satisfied, width, colors),
    ...linksText(links, colors),
    ...reasonsText(decision, colors),
    ...nextSteps(decision, width, colors),
    ...recheck(decision, options),
  ];
  return `${parts.join('\n')}\n`;
}

const paint = (colors: Colors, outcome: Outcome) => ({ allow: colors.green, wait: colors.yellow, deny: colors.red, unknown: colors.magenta })[outcome];

function headline({ outcome, gate, subject, inputs: { now } }: Decision, verdict: string, width: number, { colors, zone }: TextOptions): readonly string[] {
  const sentence = wrap(plain(verdict), width - words[outcome].length - 2, ' '.repeat(words[outcome].length + 2));
  const at = describeInstant(now.serverAt ?? now.localAt, zone ?? 'UTC');
  return [`${paint(colors, outcome)(colors.bold(words[outcome]))}  ${colors.bold(sentence)}`, colors.dim(wrap(`${gate} gate · ${plain(subject)} · ${at}`, width))];
}

function sectionText({ title, open, rows }: Section, width: number, colors: Colors, links: Links): readonly string[] {
  return ['', colors.bold(title), ...open.map((rule) => openRule(rule, width, colors)), ...(rows.length === 0 ? [] : [judgedTable(rows, { width, colors, links })])];
}

const openRule = ({ outcome, summary }: RuleResult, width: number, colors: Colors): string => `  ${paint(colors, outcome)(marks[outcome])} ${wrap(plain(summary), width - 4, '    ')}`;

function rulesText(title: string, rules: readonly RuleResult[], width: number, colors: Colors): readonly string[] {
  if (rules.length === 0) return [];
  const ruleWidth = 1 + Math.min(22, Math.max(...rules.map(({ rule }) => rule.length)));
  const columns = [{ width: 4 }, { width: ruleWidth }, { width: width - ruleWidth - 6 }];
  const rows = rules.map(({ rule, outcome, summary }) => [`  ${paint(colors, outcome)(marks[outcome])}`, plain(rule), plain(summary)]);
  return ['', colors.bold(title), renderTable(columns, rows, colors)];
}

/** An address is never wrapped: it is there to be followed. */
function linksText(links: Links, colors: Colors): readonly string[] {
  return links.all().length === 0 ? [] : ['', ...links.all().map((url, index) => colors.dim(`[${index + 1}] ${plain(url)}`))];
}

/** Where it is written what each reason in the way means; never wrapped either. */
function reasonsText(decision: Decision, colors: Colors): readonly string[] {
  const codes = stoppedBy(decision);
  const width = Math.max(...codes.map((code) => code.length));
  return codes.length === 0 ? [] : ['', colors.bold('Reasons'), ...codes.map((code) => `  ${code.padEnd(width)}  ${colors.dim(reasonPage(code))}`)];
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
