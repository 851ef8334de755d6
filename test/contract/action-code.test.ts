import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readActions } from '../../scripts/actions/action-file.ts';
import { reachableCalls } from './reachable-calls.ts';
import type { ReachableCall } from './reachable-calls.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { load } = createRequire(`${root}packages/simulator/package.json`)('js-yaml') as { readonly load: (text: string) => unknown };
const folderOf = (action: string): string => join(root, 'packages/actions', action);
const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

const core = /^get(?:Multiline|Boolean)?Input$/;
/** Ours, which are given the name of an input; `read` is the parameter that stands for `core.getInput`. */
const readers = /^(?:read|read(?:Number|\w+Input))$/;
const inputsRead = (calls: readonly ReachableCall[]): readonly string[] => sorted(calls.filter(({ callee }) => core.test(callee) || readers.test(callee)).flatMap(({ texts }) => texts));
const outputsSet = (calls: readonly ReachableCall[]): readonly string[] => sorted(calls.filter(({ callee }) => callee === 'setOutput').flatMap(({ texts: [name] }) => (name === undefined ? [] : [name])));
const untold = (calls: readonly ReachableCall[]): readonly string[] => calls.filter(({ callee, computed }) => computed && (core.test(callee) || callee === 'setOutput')).map(({ callee }) => callee);
const textsOf = (calls: readonly ReachableCall[], name: string): readonly string[] => sorted(calls.filter(({ callee }) => callee === name).flatMap(({ texts }) => texts.slice(0, 1)));

describe.each(readActions(root, load))('the code of $folder', ({ folder, file }) => {
  const entries = ['main', ...(file.runs.post === undefined ? [] : ['post'])].map((name) => join(folderOf(folder), `src/${name}.ts`));
  const calls = reachableCalls(entries, (path) => readFileSync(path, 'utf8'));

  it('is bundled from the entry points that action.yml starts', () => {
    expect(file.runs).toMatchObject({ main: `../dist/${folder}.mjs`, ...(file.runs.post === undefined ? {} : { post: `../dist/${folder}-post.mjs` }) });
    expect(existsSync(join(folderOf(folder), 'src/post.ts'))).toBe(file.runs.post !== undefined);
  });

  it('reads every input that action.yml has, and no other', () => {
    expect(inputsRead(calls)).toEqual(sorted(Object.keys(file.inputs)));
  });

  it('sets every output that action.yml has, and no other', () => {
    expect(outputsSet(calls)).toEqual(sorted(Object.keys(file.outputs)));
  });

  it('names every input and output in so many words, so that this can be seen', () => {
    expect(untold(calls)).toEqual([]);
  });

  it('leaves nothing for its post step that is not read there', () => {
    expect(textsOf(calls, 'saveState')).toEqual(textsOf(calls, 'getState'));
  });
});

describe('what is looked for in the code', () => {
  const shared = 'export function used() { core.setOutput("shared", 1); }\nexport function unused() { core.setOutput("never", read("not-read")); }\nconst table = { x: () => core.getInput("in-table") };\nexport const lookUp = () => table.x();\n';
  const calls = (main: string) => reachableCalls(['a/main.ts'], (path) => (path === 'shared.ts' ? shared : main));

  it.each([
    ['a function of another file', 'import { used } from "../shared.ts";\nused();', [], ['shared']],
    ['one under another name', 'import { used as other } from "../shared.ts";\nother();', [], ['shared']],
    ['a function of a file that is loaded later', 'const { used } = await import("../shared.ts");\nawait used();', [], ['shared']],
    ['one of them under another name, and not what else is there', 'const { used: other, unused } = await import("../shared.ts");\nawait other();', [], ['shared']],
    ['not one that is only imported', 'import { unused, used } from "../shared.ts";\nused();', [], ['shared']],
    ['a function that is handed on', 'import { used } from "../shared.ts";\nawait runAction(used);', [], ['shared']],
    ['what a constant holds', 'import { lookUp } from "../shared.ts";\nlookUp();', ['in-table'], []],
    ['an input that is read by a name given to us', 'readFolderInput((name) => core.getInput(name), "cache-directory");', ['cache-directory'], []],
  ])('is found: %s', (_name, main, inputs, outputs) => {
    expect({ inputs: inputsRead(calls(main)), outputs: outputsSet(calls(main)), untold: untold(calls(main)) }).toEqual({ inputs, outputs, untold: [] });
  });

  it.each(['for (const name of names) core.setOutput(name, 1);', 'core.getInput(prefix + "x");', 'const name = "x"; run(() => core.getInput(name));'])('cannot be told: %s', (main) => {
    expect(untold(calls(main))).toHaveLength(1);
  });
});
