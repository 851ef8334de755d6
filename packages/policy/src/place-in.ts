import type { TextPosition } from './text-position.ts';
import { offsetOf, readYaml } from './yaml-tree.ts';

/**
 * A function from a path in a policy file's text to where its value stands, for what was found in a valid policy afterwards.
 * What the file leaves out is placed at the nearest that it has; text that cannot be read, at its beginning.
 */
export function placeIn(text: string): (path: readonly (string | number)[]) => TextPosition {
  const read = readYaml(text);
  return (path) => (read.ok ? read.positionOf(offsetOf(read.root, path, isName(path) ? 'key' : 'value')) : { line: 1, column: 1 });
}

/** `windows.nights` is shown where the name stands, and not at what is said of it. */
const isName = (path: readonly (string | number)[]): boolean => path.length === 2 && path[0] === 'windows';
