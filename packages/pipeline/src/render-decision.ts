import type { Decision, NextStep, Outcome, RuleResult } from '@sallyport/gates';

const marks: Readonly<Record<Outcome, string>> = { allow: '✅', wait: '⏳', deny: '❌', unknown: '❔' };
const headings: Readonly<Record<Outcome, string>> = { allow: 'may go', wait: 'waits', deny: 'is refused', unknown: 'cannot be judged' };

/** Check outputs and summaries are cut here, well below GitHub's 65,535 characters. */
const maximumCharacters = 60_000;

/** One line for a check's title. */
export function renderDecisionTitle(decision: Decision): string {
  const worst = decision.rules.find((rule) => rule.outcome === decision.outcome);
  return decision.outcome === 'allow' ? 'Every rule is satisfied' : cut(oneLine(`${decision.outcome}: ${worst?.summary ?? decision.subject}`), 200);
}

/** A decision as Markdown for a step summary or a check: verdict, what to do next, then every rule with what it counted. */
export function renderDecision(decision: Decision): string {
  const lines = [
    `### ${marks[decision.outcome]} ${escapeMarkdown(decision.subject)} ${headings[decision.outcome]}`,
    '',
    ...nextSteps(decision.next),
    '| | rule | why |',
    '|---|---|---|',
    ...decision.rules.flatMap(ruleRows),
    '',
    ...(decision.recheckAt === undefined ? [] : [`Time alone may change this at ${new Date(decision.recheckAt).toISOString()}.`, '']),
    `<sub>${decision.gate} gate · policy \`${short(decision.inputs.policy)}\` · facts \`${short(decision.inputs.facts)}\`</sub>`,
  ];
  return cut(lines.join('\n'), maximumCharacters);
}

function nextSteps(steps: readonly NextStep[]): readonly string[] {
  if (steps.length === 0) return [];
  const rendered = steps.map(({ who, what, command }) => `- **${escapeMarkdown(who)}**: ${escapeMarkdown(what)}${command === undefined ? '' : ` ${code(command)}`}`);
  return ['**Next**', '', ...rendered, ''];
}

function ruleRows(rule: RuleResult): readonly string[] {
  return [
    `| ${marks[rule.outcome]} | ${escapeMarkdown(rule.rule)} | ${escapeMarkdown(rule.summary)} |`,
    ...rule.judged.map(({ what, counted, summary }) => `| | ${counted ? 'counted' : 'not counted'}: ${escapeMarkdown(what)} | ${escapeMarkdown(summary)} |`),
  ];
}

/** Text from outside cannot make links, mentions, markup, table cells or new lines. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\`*_{}[\]<>()#+!|~]/g, (character) => `\\${character}`)
    .replace(/@/g, '@\u2060')
    .replace(/\b(https?|ftp|www)(?=[:.])/gi, '$1\u2060');
}

/** A code span that its own content cannot close. */
export function code(text: string): string {
  const fence = '`'.repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)));
  const flat = text.replace(/[\r\n|]+/g, ' ');
  return fence.length === 1 ? `${fence}${flat}${fence}` : `${fence} ${flat} ${fence}`;
}

/** Text from outside on one line: a file name with a line end must not become a workflow command in a log. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');

const short = (digest: string): string => digest.slice(0, 'sha256:'.length + 12);

const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);
