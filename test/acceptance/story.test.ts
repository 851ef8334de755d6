import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandPath, runCommand } from './command.ts';

type Line = { readonly kind: string; readonly text?: string; readonly held?: boolean; readonly seen?: string };
type Case = { readonly facts: { readonly gate: string }; readonly decision: { readonly subject: string; readonly outcome: string; readonly inputs: { readonly now: { readonly tzdata?: string } } } };
type Story = { readonly held: boolean; readonly lines: readonly Line[]; readonly cases: readonly Case[]; readonly contractMismatches: readonly unknown[]; readonly ledger: { readonly size: number } };

describe('the story of npm start, from the bundle, under GitHub’s own description', () => {
  let folder = '';
  let story: Story;
  let ended: ReturnType<typeof runCommand>;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-story-test-'));
    ended = runCommand(['demo', '--json', '--contract'], { cwd: folder, env: { TMPDIR: folder } });
    story = JSON.parse(ended.stdout) as Story;
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds in every expectation and says so with its status', () => {
    expect(story.lines.filter(({ kind, held }) => kind === 'expectation' && held !== true)).toEqual([]);
    expect(story.lines.filter(({ kind }) => kind === 'expectation').length).toBeGreaterThanOrEqual(30);
    expect({ status: ended.status, held: story.held }).toEqual({ status: 0, held: true });
  });

  it('matches GitHub’s description in every request and answer', () => {
    expect(story.contractMismatches).toEqual([]);
  });

  it('leaves no file behind', () => {
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps decisions of every gate, each with the time zone database it was made by', () => {
    expect([...new Set(story.cases.map(({ facts }) => facts.gate))].sort()).toEqual(['merge', 'override', 'release', 'stage']);
    expect(story.cases.every(({ decision }) => decision.inputs.now.tzdata !== undefined)).toBe(true);
  });

  it('makes every decision again from its record, to the byte, in other time zones', () => {
    const zones = ['UTC', 'Asia/Kathmandu', 'America/Los_Angeles'];
    const differing = story.cases.flatMap((recorded, index) => {
      const { status, stdout, stderr } = runCommand(['gate', recorded.facts.gate, '--facts', '-', '--check'], { cwd: folder, input: JSON.stringify(recorded), env: { TZ: zones[index % zones.length] ?? 'UTC' } });
      return status === 0 ? [] : [{ subject: recorded.decision.subject, status, stdout, stderr }];
    });
    expect(differing).toEqual([]);
  }, 120_000);

  it('refuses a record in which someone improved the outcome', () => {
    const refused = story.cases.find(({ decision }) => decision.outcome === 'wait');
    const forged = JSON.stringify({ ...refused, decision: { ...refused?.decision, outcome: 'allow' } });
    expect(runCommand(['gate', refused?.facts.gate ?? '', '--facts', '-', '--check'], { cwd: folder, input: forged }).status).toBe(1);
  });
});

describe('the bundle', () => {
  it('prints its help with an example', () => {
    const { status, stdout } = spawnSync(process.execPath, [commandPath, 'gate', 'merge', '--help'], { encoding: 'utf8' });
    expect({ status, example: /sallyport gate merge/.test(stdout) }).toEqual({ status: 0, example: true });
  });

  it('names no file of the machine it was made on', () => {
    expect(readFileSync(commandPath, 'utf8')).not.toContain(import.meta.dirname.split('/test/')[0]);
  });
});
