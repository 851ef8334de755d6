import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { measureBundles, overBudget } from '../../scripts/actions/bundle-sizes.ts';
import type { BundleSizes } from '../../scripts/actions/bundle-sizes.ts';

const actions = join(import.meta.dirname, '../../packages/actions');
const budget = JSON.parse(readFileSync(join(actions, 'bundle-sizes.json'), 'utf8')) as BundleSizes;

describe('the bundles of the actions', () => {
  const measured = measureBundles(join(actions, 'dist'));

  it('are within their budget; `node scripts/bundle-sizes.mjs --write` takes over what is meant to be larger', () => {
    expect(overBudget(measured, budget)).toEqual([]);
  });

  it('are those that an action.yml starts', () => {
    const started = readdirSync(actions, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && readdirSync(join(actions, entry.name)).includes('action.yml'))
      .flatMap(({ name }) => [...readFileSync(join(actions, name, 'action.yml'), 'utf8').matchAll(/^ {2}(?:main|post): \.\.\/dist\/([\w-]+)\.mjs$/gm)].map(([, bundle]) => bundle));
    expect(Object.keys(measured).sort()).toEqual(started.sort());
  });
});

describe('a budget', () => {
  it.each<readonly [string, BundleSizes, readonly string[]]>([
    ['is kept by what is smaller', { gate: 900 }, []],
    ['leaves a twentieth', { gate: 1050 }, []],
    ['leaves no more than that', { gate: 1051 }, ['gate is 1051 bytes, 5 % over its budget of 1000.']],
    ['is needed', { gate: 1000, other: 1 }, ['other has no budget; it is 1 bytes.']],
    ['is given back', {}, ['gate has a budget and is no bundle any more.']],
  ])('%s', (_name, measured, problems) => {
    expect(overBudget(measured, { gate: 1000 })).toEqual(problems);
  });
});

describe('what a bundle loads', () => {
  let folder = '';
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is its file and every chunk it can come to, each once, also later and in a circle', () => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-bundles-'));
    const files = { 'gate.mjs': 'import{a}from"./one.mjs";import"./two.mjs";', 'small.mjs': 'import{b}from"./two.mjs";', 'one.mjs': 'const x=()=>import("./late.mjs");export{x as a};', 'two.mjs': 'import"./one.mjs";', 'late.mjs': '1;', 'late.mjs.LEGAL.txt': 'x'.repeat(1000) };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const all = ['one.mjs', 'two.mjs', 'late.mjs'].reduce((sum, name) => sum + files[name as keyof typeof files].length, 0);
    expect(measureBundles(folder)).toEqual({ gate: files['gate.mjs'].length + all, small: files['small.mjs'].length + all });
  });
});
