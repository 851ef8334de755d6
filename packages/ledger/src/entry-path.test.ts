import { expect, it } from 'vitest';
import { entryPath } from './entry-path.ts';

it.each([
  [0, 'entries/0/0.json'],
  [999, 'entries/0/999.json'],
  [1000, 'entries/1/1000.json'],
  [1234567, 'entries/1234/1234567.json'],
])('entry %i lies at %s', (index, path) => {
  expect(entryPath(index)).toBe(path);
});
