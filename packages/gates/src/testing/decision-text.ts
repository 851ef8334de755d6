import type { Decision, Judged, NextStep, RuleResult } from '../decision.ts';
import { ruleOf } from './ask.ts';

/** A decision in lines, nothing left out but its inputs: what is kept of it to be compared, byte for byte, with the one made tomorrow. */
export function decisionText({ outcome, subject, rules, next, recheckAt }: Decision, healthy: ReadonlySet<string> = new Set()): string {
  const said = rules.map(ruleText).filter((text) => !healthy.has(text));
  return [`${outcome}: ${subject}${recheckAt === undefined ? '' : `, again at ${new Date(recheckAt).toISOString()}`}`, ...said, ...next.map(stepText)].join('\n');
}

/** The rules of a decision, each as it is shown: what other decisions need not repeat. */
export const ruleTexts = ({ rules }: Decision): ReadonlySet<string> => new Set(rules.map(ruleText));

/** What one rule says of it, and what the whole decision says comes next. */
export function saidOf(decision: Decision, rule: string): string {
  const steps = decisionText({ ...decision, rules: [] });
  return `${ruleText(ruleOf(decision, rule))}\n${steps}`;
}

export function ruleText({ rule, outcome, reason, summary, evidence, judged, needs = [], files = [] }: RuleResult): string {
  return [
    `  ${rule}: ${outcome} (${reason}) ${summary}`,
    ...evidence.map((shown) => `      shown by ${shown}`),
    ...judged.flatMap(judgedText),
    ...needs.map((needed) => `      needs ${needed}`),
    ...files.map((file) => `      file ${file.path}: ${file.outcome} (${file.reason}) ${file.summary}`),
  ].join('\n');
}

const judgedText = ({ what, counted, reason, summary, evidence = [], remedy, url }: Judged): readonly string[] => [
  `    ${counted ? '+' : '-'} ${what} (${reason}) ${summary}`,
  ...evidence.map((shown) => `        ${shown}`),
  ...(remedy === undefined ? [] : [`        would count: ${remedy}`]),
  ...(url === undefined ? [] : [`        ${url}`]),
];

const stepText = ({ who, what, command, effort }: NextStep): string => `  > ${who}: ${what}${command === undefined ? '' : ` [${command}]`} (${effort ?? 'no effort named'})`;
