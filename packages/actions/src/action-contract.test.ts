import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const actions = ['merge-gate', 'register-build', 'gatekeeper', 'deploy', 'probe'];
const shared = readSources(join(root, 'src'));
const keeperInputs = readFileSync(join(root, 'src/inputs.ts'), 'utf8');

function readSources(folder: string): string {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

function declared(action: string, section: 'inputs' | 'outputs'): readonly string[] {
  const text = readFileSync(join(root, action, 'action.yml'), 'utf8');
  const after = text.split(`\n${section}:\n`)[1] ?? '';
  const body = after.split(/^\S/m)[0] ?? '';
  return [...body.matchAll(/^ {2}([a-z-]+):$/gm)].map(([, name]) => name ?? '').sort();
}

const namesIn = (source: string, pattern: RegExp): readonly string[] => [...new Set([...source.matchAll(pattern)].map(([, name]) => name ?? ''))].sort();

describe.each(actions)('%s', (action) => {
  const source = readSources(join(root, action, 'src'));
  const usesKeeper = source.includes('connectKeeper');

  it('reads every input that action.yml declares, and no other', () => {
    const read = [...namesIn(source, /(?:getInput|getMultilineInput)\('([a-z-]+)'/g), ...namesIn(source, /read\w+Input\([^']+'([a-z-]+)'\)/g), ...namesIn(source, /\bread(?:Number\(read, |\()'([a-z-]+)'/g), ...(usesKeeper ? namesIn(keeperInputs, /read\('([a-z-]+)'\)/g) : [])];
    expect([...new Set(read)].sort()).toEqual(declared(action, 'inputs'));
  });

  it('sets every output that action.yml declares, and no other', () => {
    expect(namesIn(source + (usesKeeper ? shared : ''), /setOutput\('([a-z-]+)'/g)).toEqual(declared(action, 'outputs'));
  });
});
