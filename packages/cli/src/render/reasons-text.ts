import { reasons, reasonsOf } from '@sallyport/gates';
import type { Decision, Reason, ReasonCode } from '@sallyport/gates';
import { reasonPage } from '@sallyport/pipeline';
import type { Io } from '../io.ts';
import { wrap } from './wrap.ts';

/** One reason code, for somebody who met it somewhere: what it means, what to do, and where that can be linked to. */
export function renderReason(code: ReasonCode, io: Pick<Io, 'colors' | 'columns'>): string {
  return `${paragraph(code, reasons[code], io)}\n    ${reasonPage(code)}\n`;
}

/** What each reason code of a decision means and what to do about it: a paragraph for each code that occurs. */
export function renderReasons(decision: Decision, { colors, columns }: Pick<Io, 'colors' | 'columns'>): string {
  const paragraphs = reasonsOf(decision).map(({ code, ...reason }) => paragraph(code, reason, { colors, columns }));
  return paragraphs.length === 0 ? '' : `\n${colors.bold('What the reasons mean')}\n${paragraphs.join('\n')}\n`;
}

function paragraph(code: string, { meaning, remedy }: Reason, { colors, columns }: Pick<Io, 'colors' | 'columns'>): string {
  const width = Math.min(100, Math.max(60, columns));
  return `  ${colors.bold(code)}\n    ${wrap(remedy === null ? meaning : `${meaning} ${remedy}`, width - 4, '    ')}`;
}
