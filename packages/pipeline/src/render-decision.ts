import { explanationOf, lacksOf } from '@sallyport/gates';
import type { Decision, NextStep, Outcome, ReasonCode, Row, RuleResult, Section } from '@sallyport/gates';
import { reasonPage } from './documentation.ts';
import { fitBlocks, wholeBlock } from './fit-blocks.ts';
import type { Block } from './fit-blocks.ts';
import { code, cut, escapeMarkdown, linkTo, oneLine } from './markdown-text.ts';

const marks: Readonly<Record<Outcome, string>> = { allow: '✅', wait: '⏳', deny: '❌', unknown: '❔' };
const rowMarks: Readonly<Record<Row['mark'], string>> = { yes: '✓', no: '✗', objects: '✗ blocks' };

/** GitHub's limit for a check's text, 65,535 characters; counted in bytes it holds for every alphabet. A step summary may have 1 MiB. */
const checkBytes = 65_535;
const longestTitle = 200;
/** Of one cell: a single name of 60,000 characters must not push everything else out. */
const longestText = 1_000;

/** One line for a check's title, at most 200 characters: what is missing, and who can help. */
export function renderDecisionTitle(decision: Decision): string {
  if (decision.outcome === 'allow') return 'Every rule is satisfied';
  const prefix = decision.outcome === 'unknown' ? 'Unknown: ' : '';
  const [step] = decision.next;
  const lacks = oneLine(`${prefix}${lacksOf(decision)}`);
  const help = step === undefined ? '' : oneLine(` · ${step.who}: ${step.what}`);
  const title = lacks.length + help.length <= longestTitle ? `${lacks}${help}` : lacks;
  return cut(`${title.charAt(0).toUpperCase()}${title.slice(1)}`, longestTitle);
}

/** A decision as Markdown for a step summary or a check: the verdict, what to do next, tests and reviews, then every other rule. */
export function renderDecision(decision: Decision, { maximumBytes = checkBytes, inputs = true }: { readonly maximumBytes?: number; /** Whether policy and facts are named by their digests, which change with every look. */ readonly inputs?: boolean } = {}): string {
  const { verdict, next, sections, otherOpen, satisfied } = explanationOf(decision);
  const blocks = [
    wholeBlock(`### ${marks[decision.outcome]} ${text(verdict)}`, ''),
    ...nextBlock(next),
    ...sections.map(sectionBlock),
    ...rulesBlock(['#### Other rules', ''], otherOpen, ['']),
    ...rulesBlock(['<details>', `<summary>${satisfied.length} satisfied ${satisfied.length === 1 ? 'rule' : 'rules'}</summary>`, ''], satisfied, ['', '</details>', '']),
    wholeBlock(
      ...(decision.recheckAt === undefined ? [] : [`Time alone may change this at ${new Date(decision.recheckAt).toISOString()}.`, '']),
      ...(inputs ? [`<sub>${decision.gate} gate · ${text(decision.subject)} · policy ${code(short(decision.inputs.policy))} · facts ${code(short(decision.inputs.facts))}</sub>`] : []),
    ),
  ];
  return fitBlocks(blocks, maximumBytes);
}

const text = (outside: string): string => escapeMarkdown(cut(outside, longestText));

const why = ({ outcome, summary, reason }: RuleResult): string => (outcome === 'allow' ? text(summary) : saying(summary, reason));

/** A reason that stands in the way leads to its section. One that only says `ok` has nothing to tell. */
const saying = (summary: string, reason: ReasonCode): string => (reason === 'ok' ? text(summary) : `${text(summary)} ${linkTo(reasonPage(reason), reason)}`);

function nextBlock(steps: readonly NextStep[]): readonly Block[] {
  if (steps.length === 0) return [];
  const rows = steps.map(({ who, what, command }) => `1. **${text(who)}**: ${text(what)}${command === undefined ? '' : `<br>${code(cut(command, longestText))}`}`);
  return [{ head: ['**Next, the cheapest first**', ''], rows, tail: [''], omission: (count) => `1. and ${count} more, left out here for length` }];
}

function sectionBlock({ title, open, rows }: Section): Block {
  const lines = open.flatMap((rule) => [`${marks[rule.outcome]} ${why(rule)}`, '']);
  // Where everything counts there is nothing to say of what would make it count.
  const columns = ['', 'what', 'why', 'evidence', ...(rows.some(({ remedy }) => remedy !== undefined) ? ['what would make it count'] : [])];
  const table = rows.length === 0 ? [] : [tableRow(columns), `|${'---|'.repeat(columns.length)}`];
  return { head: [`#### ${escapeMarkdown(title)}`, '', ...lines, ...table], rows: rows.map((row) => tableRow(cellsOf(row).slice(0, columns.length))), tail: [''], omission: omitted(columns.length) };
}

const tableRow = (cells: readonly string[]): string => `|${cells.map((cell) => (cell === '' ? ' |' : ` ${cell} |`)).join('')}`;

function cellsOf({ mark, what, reason, summary, evidence = [], remedy, url }: Row): readonly string[] {
  const shown = evidence.map(text).join('<br>');
  return [rowMarks[mark], linkTo(url, cut(what, longestText)), mark === 'yes' ? text(summary) : saying(summary, reason), shown === '' ? '' : `<sub>${shown}</sub>`, remedy === undefined ? '' : text(remedy)];
}

function rulesBlock(head: readonly string[], rules: readonly RuleResult[], tail: readonly string[]): readonly Block[] {
  if (rules.length === 0) return [];
  const rows = rules.map((result) => `| ${marks[result.outcome]} | ${text(result.rule)} | ${why(result)} |`);
  return [{ head: [...head, '| | rule | why |', '|---|---|---|'], rows, tail, omission: omitted(3) }];
}

/** A row that says how many are missing. */
const omitted = (columns: number) => (count: number): string => `| | ${count} more left out here for length; \`sallyport explain\` shows the whole decision |${' |'.repeat(columns - 2)}`;

const short = (digest: string): string => digest.slice(0, 'sha256:'.length + 12);
