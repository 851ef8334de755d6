import { expect, it } from 'vitest';
import { collectProblems } from './feed-problems.ts';

it('problems are told in the order of the file, those of the file as a whole first, and the number of those that are left out', () => {
  const { report, found } = collectProblems(5);
  for (const line of [7, null, 3, 12, 5, 1, 2]) report('content-line', line, 'no line');
  expect(found().slice(0, 5).map(({ line }) => line)).toEqual([null, 3, 5, 7, 12]);
  expect(found().slice(5)).toEqual([{ code: 'too-many-problems', line: null, message: 'There are 2 more problems. Correct these first.' }]);
});
