import type { LintFinding } from '@sallyport/calendar';
import type { TextPosition } from '@sallyport/policy';
import type { Colors } from 'picocolors/types.js';
import { plain } from './plain.ts';

export type PlacedFinding = LintFinding & TextPosition;

/** One finding as compilers write it, like the problems of `policy check`, and its code. */
export const lintLine = (file: string, { line, column, severity, message, code }: PlacedFinding): string => `${plain(file)}:${line}:${column}: ${severity}: ${plain(message)} [${code}]`;

/** How many there are of each, and over which time was looked. */
export function lintVerdict(file: string, findings: readonly LintFinding[], span: string, colors: Colors): string {
  const count = (severity: LintFinding['severity']): number => findings.filter((finding) => finding.severity === severity).length;
  const counts = (['warning', 'note'] as const).flatMap((severity) => (count(severity) === 0 ? [] : [`${count(severity)} ${severity}${count(severity) === 1 ? '' : 's'}`]));
  const mark = count('warning') === 0 ? colors.green('✓') : colors.yellow('!');
  return `${mark} ${plain(file)}, windows and freezes ${span}: ${counts.length === 0 ? 'nothing found' : counts.join(', ')}.`;
}
