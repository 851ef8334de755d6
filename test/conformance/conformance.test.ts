import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ownGate } from './gate-under-test.ts';
import { partStories } from './parts/stories.ts';
import { promotionStories } from './promotions/stories.ts';
import { runScenario } from './run-scenario.ts';
import { readSuite, rowOf } from './scenario.ts';
import { stories } from './simulated/stories.ts';

const root = join(import.meta.dirname, '../..');
const suite = readSuite(import.meta.dirname);
const covered = new Set([...suite.scenarios, ...partStories(suite, root), ...stories, ...promotionStories(root)].map(rowOf));

describe('an attack as a document', () => {
  it.each(suite.scenarios)('$id $name', async (scenario) => {
    expect((await runScenario(suite, scenario, ownGate)).misses).toEqual([]);
  });
});

describe('the list of attacks', () => {
  it.each(suite.rows)('has a scenario for $id $attack', ({ id }) => {
    expect(covered).toContain(id);
  });

  it.each(suite.rows.flatMap(({ id, reported }) => (reported === undefined ? [] : [{ id, ...reported }])))('says where $id is reported: $what', ({ page, says }) => {
    const path = join(root, page);
    expect(existsSync(path) && readFileSync(path, 'utf8')).toContain(says);
  });

  it.each(suite.rows)('has $id explained in docs/threats.md', ({ id }) => {
    expect(readFileSync(join(root, 'docs/threats.md'), 'utf8')).toContain(`| ${id} |`);
  });
});
