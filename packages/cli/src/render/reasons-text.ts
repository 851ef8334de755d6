import { reasonsOf } from '@sallyport/gates';
import type { Decision } from '@sallyport/gates';
import type { Colors } from 'picocolors/types.js';
import { wrap } from './wrap.ts';

/** What each reason code of a decision means and what to do about it: a paragraph for each code that occurs. */
export function renderReasons(decision: Decision, { colors, columns }: { readonly colors: Colors; readonly columns: number }): string {
  const width = Math.min(100, Math.max(60, columns));
  const paragraphs = reasonsOf(decision).map(({ code, meaning, remedy }) => `  ${colors.bold(code)}\n    ${wrap(remedy === null ? meaning : `${meaning} ${remedy}`, width - 4, '    ')}`);
  return paragraphs.length === 0 ? '' : `\n${colors.bold('What the reasons mean')}\n${paragraphs.join('\n')}\n`;
}
