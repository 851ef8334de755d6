import { code, escapeMarkdown, oneLine } from './markdown-text.ts';
import { renderDecision } from './render-decision.ts';
import { describeEffect } from './sweep/describe-effect.ts';
import type { MadeDecision } from './sweep/effect.ts';
import type { SweepReport } from './sweep/sweep.ts';

/** One line on a decision of a sweep. */
export const describeMade = ({ decision, rollback }: MadeDecision): string => oneLine(`${decision.gate} ${decision.subject}${rollback === null ? '' : ' (rollback)'}: ${decision.outcome}`);

/** A sweep as Markdown for the step summary. */
export function renderSweep(report: SweepReport): string {
  const verb = report.state === 'planned' ? 'Would do' : 'Done';
  const lines = [
    `## Gatekeeper: ${report.state}`,
    '',
    ...report.problems.map((problem) => `- ❔ ${escapeMarkdown(problem)}`),
    ...(report.effects.length === 0 ? ['Nothing to do.'] : [`**${verb}**`, '', ...report.effects.map((effect) => `1. ${code(describeEffect(effect))}`)]),
    '',
    ...report.notes.map(({ message }) => `- ${escapeMarkdown(message)}`),
    '',
    ...report.decisions.map(({ decision }) => renderDecision(decision)),
  ];
  return lines.join('\n');
}
