import { quote } from './feed-problem.ts';
import type { Report } from './feed-problem.ts';

/** A content line put together again, with the line of the file on which it begins, from 1. */
export type UnfoldedLine = { readonly line: number; readonly text: string };

const forbidden = /[\0-\x08\x0b-\x1f\x7f]/;

/**
 * Joins what was folded (RFC 5545 §3.1). Takes bare line feeds for line breaks too, and skips blank lines, as every
 * calendar program does; anything else that is no text, such as a lone carriage return, is reported.
 */
export function unfoldLines(text: string, report: Report): readonly UnfoldedLine[] {
  const unfolded: { line: number; parts: string[] }[] = [];
  let last: { line: number; parts: string[] } | null = null;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    if (forbidden.test(raw)) report('control-character', line, `A control character stands in ${quote(raw)}, which no calendar file may hold (RFC 5545 §3.1). Export the calendar again.`);
    if (!/^[ \t]/.test(raw)) {
      last = raw === '' ? null : { line, parts: [raw] };
      if (last !== null) unfolded.push(last);
    } else if (last !== null) last.parts.push(raw.slice(1));
    else if (raw.trim() !== '') report('folding', line, `${quote(raw)} begins with a space as if it continued a line, but there is none before it. Remove the space, or export the calendar again.`);
  }
  return unfolded.map(({ line, parts }) => ({ line, text: parts.join('') }));
}
