import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const depcruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
let copy = '';

/** A copy of the tree, so that what is planted is planted nowhere else. */
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'sallyport-imports-'));
  for (const name of ['package.json', 'tsconfig.base.json', '.dependency-cruiser.cjs']) cpSync(join(root, name), join(copy, name));
  cpSync(join(root, 'packages'), join(copy, 'packages'), { recursive: true, filter: (source) => !/[\\/](node_modules|dist|assets)([\\/]|$)/.test(source) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

type Violation = { readonly from: string; readonly rule: { readonly name: string } };

function cruise(): readonly Violation[] {
  const { stdout, stderr } = spawnSync(process.execPath, [depcruise, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'packages/policy', 'packages/calendar', 'packages/gates', 'packages/ledger'], { cwd: copy, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (stdout === '') throw new Error(`dependency-cruiser printed nothing: ${stderr}`);
  return (JSON.parse(stdout) as { summary: { violations: readonly Violation[] } }).summary.violations;
}

const planted = [
  { what: 'a gate that reads a file', path: 'packages/gates/src/reads-a-file.ts', text: "import { readFileSync } from 'node:fs';\nexport const planted = readFileSync;\n", rule: 'pure-packages-do-no-io' },
  { what: 'a gate that starts a process', path: 'packages/gates/src/starts-a-process.ts', text: "import { spawn } from 'child_process';\nexport const planted = spawn;\n", rule: 'pure-packages-do-no-io' },
  { what: 'a calendar that opens a socket', path: 'packages/calendar/src/opens-a-socket.ts', text: "import net from 'node:net';\nexport const planted = net;\n", rule: 'pure-packages-do-no-io' },
  { what: 'a policy that asks the network', path: 'packages/policy/src/asks-the-network.ts', text: "import https from 'node:https';\nexport const planted = https;\n", rule: 'pure-packages-do-no-io' },
  { what: 'a ledger that waits', path: 'packages/ledger/src/waits.ts', text: "import { setTimeout } from 'node:timers/promises';\nexport const planted = setTimeout;\n", rule: 'pure-packages-do-no-io' },
  { what: 'a gate that calls GitHub', path: 'packages/gates/src/calls-github.ts', text: "import { Octokit } from '@octokit/rest';\nexport const planted = Octokit;\n", rule: 'pure-packages-use-pure-libraries' },
  { what: 'a policy that knows the calendar', path: 'packages/policy/src/knows-the-calendar.ts', text: "import * as calendar from '../../calendar/src/index.ts';\nexport const planted = calendar;\n", rule: 'one-way-policy' },
  { what: 'a ledger that knows the gates', path: 'packages/ledger/src/knows-the-gates.ts', text: "import * as gates from '../../gates/src/index.ts';\nexport const planted = gates;\n", rule: 'one-way-ledger' },
  { what: 'a gate that gathers', path: 'packages/gates/src/gathers.ts', text: "import { sweep } from '../../pipeline/src/index.ts';\nexport const planted = sweep;\n", rule: 'one-way-gates' },
] as const;

describe('the dependency rules', () => {
  let before: readonly Violation[] = [];
  let after: readonly Violation[] = [];

  beforeAll(() => {
    before = cruise();
    for (const { path, text } of planted) writeFileSync(join(copy, path), text);
    after = cruise();
  });

  it('find nothing in the tree as it is', () => {
    expect(before).toEqual([]);
  });

  it.each(planted)('refuse $what', ({ path, rule }) => {
    expect(after.filter(({ from }) => from === path).map((violation) => violation.rule.name)).toContain(rule);
  });
});
