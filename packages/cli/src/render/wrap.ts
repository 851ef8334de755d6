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

/** Puts a space into words longer than `width`, so that a table cell of that width loses nothing of them. */
export const breakLongWords = (text: string, width: number): string =>
  text
    .split(' ')
    .flatMap((word) => Array.from({ length: Math.max(1, Math.ceil(word.length / width)) }, (_, part) => word.slice(part * width, (part + 1) * width)))
    .join(' ');

/** Items on as few lines as hold them, broken between items only. */
export function joinItems(items: readonly string[], width: number): readonly string[] {
  return items.reduce<readonly string[]>((lines, item) => {
    const longer = `${lines.at(-1) ?? ''} · ${item}`;
    return lines.length > 0 && longer.length <= width ? [...lines.slice(0, -1), longer] : [...lines, item];
  }, []);
}
