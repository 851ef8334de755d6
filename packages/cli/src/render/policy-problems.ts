import type { PolicyProblem } from '@sallyport/policy';
import { plain } from './plain.ts';

/** One problem as compilers write it, so that editors and CI find the place: `file:line:column: severity: message`. */
export function problemLine(file: string, { line, column, severity, message, allowed, nearest }: PolicyProblem): string {
  const hints = [
    ...(nearest === undefined || message.includes(nearest) ? [] : [`Did you mean ${JSON.stringify(nearest)}?`]),
    ...(allowed === undefined || allowed.length === 0 || allowed.every((choice) => message.includes(choice)) ? [] : [`Allowed: ${allowed.join(', ')}.`]),
  ];
  return `${plain(file)}:${line}:${column}: ${severity}: ${[message, ...hints].map(plain).join(' ')}`;
}
