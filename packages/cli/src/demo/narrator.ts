import type { Decision } from '@sallyport/gates';
import { DateTime } from 'luxon';
import { wrap } from '../render/wrap.ts';
import type { Colors } from 'picocolors/types.js';

const zone = 'America/Los_Angeles';

export type Line =
  | { readonly kind: 'act'; readonly number: number; readonly title: string }
  | { readonly kind: 'did'; readonly at: string; readonly who: string; readonly text: string }
  | { readonly kind: 'answer'; readonly at: string; readonly decision: Decision }
  | { readonly kind: 'expectation'; readonly text: string; readonly held: boolean; readonly seen: string };

/** Tells the story as it goes, and keeps it. */
export type Narrator = {
  act(number: number, title: string): void;
  did(who: string, text: string): void;
  answered(decision: Decision): void;
  /** States what should hold. `seen` says what was seen instead. A story with one that did not hold has failed. */
  expect(text: string, held: boolean, seen: string): void;
  lines(): readonly Line[];
};

export type NarratorOptions = {
  readonly now: () => number;
  /** null: keep the story, print nothing. */
  readonly print: ((text: string) => void) | null;
  readonly colors: Colors;
};

export function createNarrator({ now, print, colors }: NarratorOptions): Narrator {
  const lines: Line[] = [];
  const say = (line: Line, text: string): void => {
    lines.push(line);
    print?.(text);
  };
  const clock = (): string => DateTime.fromMillis(now(), { zone }).setLocale('en-GB').toFormat('ccc HH:mm');
  const iso = (): string => new Date(now()).toISOString();
  return {
    act: (number, title) => say({ kind: 'act', number, title }, `\n${colors.bold(`${number}. ${title}`)}`),
    did: (who, text) => say({ kind: 'did', at: iso(), who, text }, `   ${colors.dim(clock())}  ${fit(`${who} ${text}`, 14).replace(who, colors.cyan(who))}`),
    answered: (decision) => say({ kind: 'answer', at: iso(), decision }, renderAnswer(decision, clock(), colors)),
    expect: (text, held, seen) => say({ kind: 'expectation', text, held, seen }, `              ${held ? colors.green('✓') : colors.red('✗')} ${fit(held ? text : `${text}: ${seen}`, 16)}`),
    lines: () => lines,
  };
}

function renderAnswer(decision: Decision, clock: string, colors: Colors): string {
  const paint = { allow: colors.green, wait: colors.yellow, deny: colors.red, unknown: colors.magenta }[decision.outcome];
  const telling = decision.rules.filter(({ outcome }) => outcome !== 'allow');
  const why = telling.flatMap(({ rule, summary, judged }) => [
    `              ${colors.dim('·')} ${fit(`${rule}: ${summary}`, 16)}`,
    ...judged.filter(({ counted }) => !counted).map(({ what, summary: because }) => `                ${colors.dim(fit(`not counted: ${what}: ${because}`, 16))}`),
  ]);
  const next = decision.next.map(({ who, what, command }) => `              ${colors.dim('→')} ${fit(`${who}: ${what}${command === undefined ? '' : `: ${command}`}`, 16)}`);
  return [`   ${colors.dim(clock)}  ${colors.bold(`${decision.gate} gate`)} ${paint(decision.outcome.toUpperCase())} ${colors.dim(decision.subject)}`, ...why, ...next].join('\n');
}

/** The story is told on 80 columns, also in a log. */
const columns = 80;
const fit = (text: string, indent: number): string => wrap(text, columns - (indent - 2), ' '.repeat(indent)).replace(/^ +/, '');
