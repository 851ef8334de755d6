import type { Concern, Decision, Outcome } from '@sallyport/gates';
import { reasonPage } from './documentation.ts';
import { cut, oneLine } from './markdown-text.ts';
import type { CheckAnnotation } from './ports.ts';

const levels: Readonly<Record<Exclude<Outcome, 'allow'>, CheckAnnotation['level']>> = { deny: 'failure', unknown: 'failure', wait: 'warning' };
const order: Readonly<Record<CheckAnnotation['level'], number>> = { failure: 0, warning: 1, notice: 2 };

/** GitHub's limits are 255 characters for a title and 64 KiB for a message; an annotation is read beside a line of code. */
const longestTitle = 200;
const longestMessage = 1_000;

/** A remark on each file that a rule objects to, the worst first and each once. Decisions know files, not lines: each stands at the first. */
export function annotateDecision({ rules }: Pick<Decision, 'rules'>): readonly CheckAnnotation[] {
  const annotations = rules.flatMap(({ rule, files = [] }) => files.flatMap((concern) => annotation(rule, concern)));
  const distinct = [...new Map(annotations.map((one) => [JSON.stringify([one.path, one.message]), one])).values()];
  return distinct.sort((a, b) => order[a.level] - order[b.level]);
}

function annotation(rule: string, { path, outcome, reason, summary }: Concern): readonly CheckAnnotation[] {
  if (outcome === 'allow') return [];
  return [{ path, startLine: 1, endLine: 1, level: levels[outcome], title: cut(oneLine(`Sallyport: ${rule} (${reason})`), longestTitle), message: `${cut(oneLine(summary), longestMessage)} ${reasonPage(reason)}` }];
}
