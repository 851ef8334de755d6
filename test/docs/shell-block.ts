import type { Exception } from './exceptions.ts';
import type { Block } from './page.ts';

const shells = new Set(['sh', 'bash', 'shell', 'console']);

export const isShell = ({ language }: Block): boolean => shells.has(language);

/** What is typed: in a `console` block, what stands after the prompt. */
export const typedLines = ({ language, text }: Block): readonly string[] => {
  const lines = text.split('\n');
  return language === 'console' ? lines.flatMap((line) => (line.startsWith('$ ') ? [line.slice(2)] : [])) : lines;
};

/** Without the comment at its end, and without blanks around it: by that a line is named. */
export const nameOf = (line: string): string => line.replace(/(^|\s)#.*$/, '').trim();

/** A bash script that ends with the first command that does not end as expected, and says which. */
export function scriptOf(block: Block, exceptions: readonly Exception[]): string {
  const lines = typedLines(block).map((line) => {
    const exception = exceptions.find((one) => one.line === nameOf(line));
    if (exception === undefined) return line;
    return exception.status === undefined ? `: # ${nameOf(line)}` : `ends_with ${exception.status} <<'LINE'\n${line}\nLINE`;
  });
  return [...before, ...lines, ''].join('\n');
}

const before = [
  'set -Eeuo pipefail',
  `trap 'status=$?; echo "ended with $status: $BASH_COMMAND" >&2' ERR`,
  'ends_with() {',
  '  local line status=0',
  '  line=$(cat)',
  '  eval "$line" </dev/null || status=$?',
  '  [ "$status" = "$1" ] || { echo "ended with $status, not with $1: $line" >&2; exit 1; }',
  '}',
];
