/**
 * Breaks plain text at spaces so that no line is longer than `width`, each line after the first indented by `indent`.
 * A word that is too long stays whole: digests and addresses are there to be copied.
 */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && longer.length + (lines.length === 0 ? 0 : indent.length) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line].join(`\n${indent}`);
}
