import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandGate } from './gate-under-test.ts';
import { main } from './main.ts';
import type { Report } from './report.ts';
import { runScenario } from './run-scenario.ts';
import { attackedCase, readSuite } from './scenario.ts';

const root = join(import.meta.dirname, '../..');
const suite = readSuite(import.meta.dirname);
const first = suite.scenarios.find(({ id }) => id === 'M01.1');
if (first === undefined) throw new Error('there is no scenario M01.1');

/** A gate in a line of another program: `answer` is an expression over the case `c`. */
const program = (answer: string): string => `"${process.execPath}" -e 'let t = ""; process.stdin.on("data", (d) => (t += d)).on("end", () => { const c = JSON.parse(t); process.stdout.write(${answer}); })'`;

async function run(...argv: readonly string[]): Promise<{ readonly status: number; readonly out: string }> {
  let out = '';
  const status = await main(argv, root, { write: (text) => void (out += text), colour: false, now: () => 0 });
  return { status, out };
}

describe('another gate', () => {
  it.each([
    ['that allows everything is found out', 'JSON.stringify({ outcome: "allow" })', ['expected wait, got allow']],
    ['that refuses everything is found out', 'JSON.stringify({ outcome: "wait" })', ['the decision has no rule review', 'without the attack: expected allow, got wait']],
    ['that says no JSON gave no answer', '"yes"', ['no decision on standard output; it says "yes"', 'without the attack: no decision on standard output; it says "yes"']],
    ['is given policy, facts and time', 'JSON.stringify({ outcome: [typeof c.policy, c.facts.gate, c.now.serverAt].join(" ") })', ['expected wait, got string merge 2026-11-23T12:00:00Z', 'without the attack: expected allow, got string merge 2026-11-23T12:00:00Z']],
  ])('%s', async (_name, answer, misses) => {
    expect((await runScenario(suite, first, commandGate(program(answer)))).misses).toEqual(misses);
  });

  it('is compared by outcomes alone when asked so', async () => {
    const byAuthors = 'JSON.stringify({ outcome: c.facts.reviews.items[0].reviewer.known.id === 199 ? "wait" : "allow" })';
    expect((await runScenario(suite, first, commandGate(program(byAuthors)), 'outcomes')).misses).toEqual([]);
  });

  it('is told which gate is meant', async () => {
    const stage = suite.scenarios.find(({ facts }) => facts === 'stage');
    if (stage === undefined) throw new Error('there is no scenario of the stage gate');
    const answer = await commandGate(`${program('JSON.stringify({ outcome: process.argv[1] })')} {gate}`)(attackedCase(suite, stage));
    expect(answer.outcome).toBe('stage');
  });
});

describe('the command line', () => {
  it('prints a line for each row, and the counts last', async () => {
    const { status, out } = await run('--facts-only');
    expect(out.split('\n').filter((line) => /^[A-Z]\d\d /.test(line))).toHaveLength(suite.rows.length);
    expect(out).toContain(`${suite.rows.length} attacks, ${suite.scenarios.length} scenarios on facts`);
    expect(out).not.toContain('\u001b');
    expect(status).toBe(0);
  });

  it('prints the same as JSON', async () => {
    const { counts } = JSON.parse((await run('--facts-only', '--json')).out) as Report;
    expect(counts).toEqual({ rows: suite.rows.length, onFacts: suite.scenarios.length, onParts: 0, onGitHub: 0, misses: 0 });
  });

  it('prints the document of a scenario, with and without the attack', async () => {
    const [attack, twin] = await Promise.all([run('--expand', first.id), run('--expand', first.id, '--twin')]);
    expect(JSON.parse(attack.out)).toEqual(attackedCase(suite, first));
    expect(twin.out).not.toBe(attack.out);
  });

  it.each([
    ['an option that there is none of', ['--gates', 'x']],
    ['a scenario that there is none of', ['--expand', 'M99.1']],
  ])('refuses %s', async (_name, argv) => {
    expect((await run(...argv)).status).toBe(2);
  });
});
