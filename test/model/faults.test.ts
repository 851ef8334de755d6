import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { faults } from './faults.ts';

const root = join(import.meta.dirname, '..', '..');

it.each(faults.map((fault) => [fault.name, fault] as const))('“%s” can still be planted: what it changes is there exactly once', (_name, { changes }) => {
  expect(changes.map(({ file, from }) => [file, readFileSync(join(root, file), 'utf8').split(from).length - 1])).toEqual(changes.map(({ file }) => [file, 1]));
});
