import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandPath, runCommand, startCommand } from './command.ts';

type Line = { readonly kind: string; readonly text?: string; readonly held?: boolean; readonly seen?: string };
type Case = { readonly facts: { readonly gate: string }; readonly decision: { readonly subject: string; readonly outcome: string; readonly inputs: { readonly now: { readonly tzdata?: string } } } };
type Story = { readonly held: boolean; readonly lines: readonly Line[]; readonly cases: readonly Case[]; readonly contractMismatches: readonly unknown[]; readonly ledger: { readonly size: number } };

const zones = ['UTC', 'Asia/Kathmandu', 'America/Los_Angeles'];
/** This one, and those that `npm run replay:nodes` names. */
const nodes = [process.execPath, ...(process.env['SALLYPORT_NODES']?.split(delimiter) ?? [])];

describe('the story of npm start, from the bundle, under GitHub’s own description', () => {
  let folder = '';
  let story: Story;
  let ended: ReturnType<typeof runCommand>;
  /** Where the auditor works: a clone of main and of the ledger's branch, made while the story's GitHub still ran. */
  let auditor = '';
  let online: readonly ReturnType<typeof runCommand>[];
  let compared: ReturnType<typeof runCommand>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-story-test-'));
    auditor = mkdtempSync(join(tmpdir(), 'sallyport-auditor-test-'));
    const playing = startCommand(['demo', '--json', '--contract', '--keep'], { cwd: folder, env: { TMPDIR: folder } });
    const [, api = '', token = ''] = await playing.said(/GITHUB_API_URL=(\S+) GITHUB_TOKEN=(\S+)/);
    const [, url = ''] = await playing.said(/git clone (\S+)\n/);
    for (const branch of ['main', 'sallyport-ledger']) expect(spawnSync('git', ['clone', '--quiet', '--branch', branch, url, join(auditor, branch)], { encoding: 'utf8' })).toMatchObject({ status: 0 });
    online = zones.map((TZ) => runCommand(['replay', '--json', '--no-cache'], { cwd: auditor, env: { TZ, GITHUB_API_URL: api, GITHUB_TOKEN: token, GITHUB_REPOSITORY: 'acme/shop' } }));
    compared = runCommand(['evidence', '--from', '2026-12-01', '--to', '2026-12-31', '--format', 'json', '--no-cache'], { cwd: auditor, env: { GITHUB_API_URL: api, GITHUB_TOKEN: token, GITHUB_REPOSITORY: 'acme/shop' } });
    ended = await playing.interrupt();
    story = JSON.parse(ended.stdout) as Story;
  }, 300_000);
  afterAll(() => {
    for (const made of [folder, auditor]) rmSync(made, { recursive: true, force: true });
  });

  const offline = (command: readonly string[], TZ = 'UTC', node = process.execPath) => runCommand([...command, '--directory', 'sallyport-ledger', '--policy', 'main/.github/sallyport.yml', '--repo', 'acme/shop', '--json'], { cwd: auditor, env: { TZ }, node });

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
    const differing = story.cases.flatMap((recorded, index) => {
      const { status, stdout, stderr } = runCommand(['gate', recorded.facts.gate, '--facts', '-', '--check'], { cwd: folder, input: JSON.stringify(recorded), env: { TZ: zones[index % zones.length] ?? 'UTC' } });
      return status === 0 ? [] : [{ subject: recorded.decision.subject, status, stdout, stderr }];
    });
    expect(differing).toEqual([]);
  }, 120_000);

  it('makes every decision of its ledger again with replay, online and from a clone, in three time zones and on every Node that is named', () => {
    const expected = { size: story.ledger.size, from: 0, to: story.ledger.size - 1, findings: [] };
    const fromClone = nodes.flatMap((node) => zones.map((zone) => offline(['replay'], zone, node)));
    expect(fromClone).toHaveLength(nodes.length * zones.length);
    for (const { status, stdout, stderr } of [...online, ...fromClone]) {
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const replayed = JSON.parse(stdout) as { readonly decisions: number; readonly same: number };
      expect(replayed).toMatchObject(expected);
      expect(replayed.decisions).toBeGreaterThanOrEqual(5);
      expect(replayed.same).toBe(replayed.decisions);
    }
    expect(new Set(online.map(({ stdout }) => stdout)).size).toBe(1);
    // Each says which time zone database it has, and these differ; nothing else does.
    const said = fromClone.map(({ stdout }) => ({ ...(JSON.parse(stdout) as Record<string, unknown>), tzdata: 'any' }));
    expect(said).toEqual(said.map(() => said[0]));
  }, 120_000);

  it('finds every promotion tag of its ledger on GitHub, and no other', () => {
    expect(compared.status).toBe(0);
    const report = JSON.parse(compared.stdout) as { readonly completeness: unknown; readonly exceptions: readonly { readonly code: string }[] };
    expect(report.completeness).toEqual({ intended: 2, numbers: '1 to 2, none missing', tags: { recorded: 2 }, deployments: { recorded: expect.any(Number) as number } });
    expect(report.exceptions.filter(({ code }) => /^(?:tag|deployment)-/.test(code))).toEqual([]);
  });

  it('proves an entry of its ledger to whoever has the policy', () => {
    const proof = runCommand(['ledger', 'proof', '1', '--directory', 'sallyport-ledger', '--policy', 'main/.github/sallyport.yml', '--repo', 'acme/shop'], { cwd: auditor });
    expect(proof.status).toBe(0);
    expect(runCommand(['ledger', 'verify-proof', '-', '--policy', 'main/.github/sallyport.yml'], { cwd: auditor, input: proof.stdout })).toMatchObject({ status: 0, stdout: expect.stringContaining('in the ledger  github.com/acme/shop/sallyport') as string });
  });

  it('answers an auditor’s five questions from the evidence of its ledger, the same in three time zones', () => {
    const asked = ['evidence', '--from', '2026-12-01', '--to', '2026-12-31', '--format'];
    const made = zones.map((TZ) => ['json', 'html', 'csv'].map((format) => runCommand([...asked, format, '--directory', 'sallyport-ledger', '--policy', 'main/.github/sallyport.yml', '--repo', 'acme/shop'], { cwd: auditor, env: { TZ } })));
    expect(made.flat().map(({ status }) => status)).toEqual(Array.from({ length: 9 }, () => 0));
    expect(new Set(made.map((formats) => formats.map(({ stdout }) => stdout).join(''))).size).toBe(1);
    const [json = '', page = ''] = (made[0] ?? []).map(({ stdout }) => stdout);
    const report = JSON.parse(json) as { readonly exceptions: readonly { readonly code: string }[]; readonly deployments: readonly Record<string, unknown>[] };
    expect(report.deployments).toHaveLength(2);
    expect(report.exceptions.map(({ code }) => code)).toEqual(['follow-up-unknown', 'uncovered-commits', 'override']);
    const login = (name: string) => expect.objectContaining({ login: name }) as unknown;
    const [fix, ordinary] = report.deployments;
    // Who approved, what was tested, why outside the window, what ran before.
    expect(fix).toMatchObject({
      kind: 'emergency',
      changes: { recorded: [{ id: 'acme/shop#3', review: { recorded: { approvals: [{ person: { recorded: login('ben') } }] } }, tests: { recorded: [{ name: 'unit', conclusion: { recorded: 'success' } }, { name: 'integration', conclusion: { recorded: 'success' } }] } }, { id: 'acme/shop#1', part: 'carried' }] },
      emergency: { recorded: { advisory: 'GHSA-9f4x-2v7m-5c3p', requester: login('lena'), approvers: [login('lou')] } },
      production: { before: { recorded: null }, rules: expect.arrayContaining([expect.objectContaining({ rule: 'window', reason: 'overridden' })]) as unknown },
    });
    expect(ordinary).toMatchObject({ kind: 'normal', changes: { recorded: [{ id: 'acme/shop#6', review: { recorded: { approvals: [{ person: { recorded: login('ada') } }] } } }] }, production: { basis: 'rules', before: { recorded: { version: '1.8.1-rc.2' } } } });
    // Prove it: every proof on the page, as it is copied from there.
    const proofs = [...page.matchAll(/<pre tabindex="0">(\{.*?)<\/pre>/g)].map(([, text = '']) => text.replaceAll('&quot;', '"'));
    const verified = proofs.map((input) => runCommand(['ledger', 'verify-proof', '-', '--policy', 'main/.github/sallyport.yml'], { cwd: auditor, input }));
    expect(verified.map(({ status }) => status)).toEqual([0, 0, 0, 0, 0]);
    expect(verified.map(({ stdout }) => /promotion-intended|promotion-ended|override-granted/.exec(stdout)?.[0])).toEqual(['promotion-intended', 'promotion-ended', 'override-granted', 'promotion-intended', 'promotion-ended']);
  }, 120_000);

  it('makes nothing again from a ledger in which someone edited a fact', () => {
    const entries = runCommand(['ledger', 'export', '--directory', 'sallyport-ledger', '--policy', 'main/.github/sallyport.yml', '--repo', 'acme/shop'], { cwd: auditor }).stdout.trimEnd().split('\n');
    const index = entries.findIndex((entry) => entry.includes('"type":"decision-made"'));
    const file = join(auditor, `sallyport-ledger/entries/0/${index}.json`);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"complete":true', '"complete":false'));
    const { status, stderr } = offline(['replay']);
    writeFileSync(file, text);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(`at entry ${index}`) as string });
  });

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
