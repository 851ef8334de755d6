import type { Fact } from '@sallyport/gates';
import { describe, expect, it } from 'vitest';
import type { RecordedDecision } from '../ledger-state.ts';
import type { History, HistoryCommit, Landing } from '../ports.ts';
import { auditBranch } from './audit-branch.ts';

const sha = (name: string): string => Buffer.from(name).toString('hex').padEnd(40, '0');
const mergedAt = Date.UTC(2026, 10, 24, 12);
const commitOf = (name: string, parents: readonly string[], tree = `tree of ${name}`): HistoryCommit => ({ sha: sha(name), parents: parents.map(sha), tree: sha(tree), author: 'ana', committedAt: mergedAt - 5000 });
const changeOf = (number: number, head: string): NonNullable<Landing['change']> => ({ number, headSha: sha(head), mergedAt });

type Made = { readonly number: number; readonly head: string; readonly tree: string; readonly commits?: readonly string[]; readonly outcome?: RecordedDecision['outcome']; readonly at?: number };

const madeOf = ({ number, head, tree, commits = [head], outcome = 'allow', at = mergedAt - 1000 }: Made, index: number): RecordedDecision => ({
  type: 'decision-made',
  gate: 'merge',
  subject: `acme/shop#${number}`,
  outcome,
  decision: {},
  facts: { pullRequest: { number, base: { ref: 'main' }, head: { sha: sha(head), treeSha: sha(tree) } }, group: null, commits: { items: commits.map((name) => ({ sha: sha(name) })), complete: true } },
  index,
  at,
});

type World = { readonly tip: string; readonly commits: readonly HistoryCommit[]; readonly changes?: Readonly<Record<string, Fact<Landing['change']>>>; readonly decisions?: readonly Made[]; readonly missing?: string };

async function audit({ tip, commits, changes = {}, decisions = [], missing }: World) {
  const asked: string[] = [];
  const history: History = {
    findTipAt: () => Promise.resolve({ unknown: 'GitHub forgot' }),
    listHistory: () => Promise.resolve({ tip: sha(tip), commits: missing === undefined ? { complete: true, items: commits } : { complete: false, items: commits, missing } }),
    findChange: (commit) => Promise.resolve(void asked.push(commit)).then(() => Object.entries(changes).find(([name]) => sha(name) === commit)?.[1] ?? { known: null }),
  };
  const question = { branch: 'main', into: ['main'], state: { decisions: decisions.map(madeOf) } };
  const found = await auditBranch(history, { ...question, since: { ref: 'v1' } });
  return { ...found, asked, told: found.findings.map(({ commit, reason, pullRequest }) => `${Buffer.from(commit.replace(/(?:00)+$/, ''), 'hex').toString()} ${reason}${pullRequest === null ? '' : ` #${pullRequest}`}`), byDate: () => auditBranch(history, { ...question, since: { at: mergedAt } }) };
}

const judged: Made = { number: 12, head: 'y', tree: 'good', commits: ['x', 'y'] };
const merged = [commitOf('m', ['old', 'y'], 'good'), commitOf('y', ['x']), commitOf('x', ['old'])];

describe('auditBranch', () => {
  it.each<[string, World, readonly string[]]>([
    ['a merge of exactly what was allowed', { tip: 'm', commits: merged, changes: { m: { known: changeOf(12, 'y') } }, decisions: [judged] }, []],
    ['a squash of exactly what was allowed', { tip: 's', commits: [commitOf('s', ['old'], 'good')], changes: { s: { known: changeOf(12, 'y') } }, decisions: [judged] }, []],
    ['a branch moved forward onto an allowed head', { tip: 'y', commits: [commitOf('y', ['x'], 'good'), commitOf('x', ['old'])], changes: { y: { known: changeOf(12, 'y') } }, decisions: [judged] }, []],
    ['a merge turned round, whose other side had landed', { tip: 'm', commits: [commitOf('m', ['y', 's'], 'good'), commitOf('y', ['x']), commitOf('x', ['old']), commitOf('s', ['old'], 'fine')], changes: { m: { known: changeOf(12, 'y') }, s: { known: changeOf(11, 'h') } }, decisions: [judged, { number: 11, head: 'h', tree: 'fine' }] }, []],
    ['a direct push (T17)', { tip: 'd', commits: [commitOf('d', ['old'])] }, ['d no-pull-request']],
    ['a direct push below what was allowed', { tip: 's', commits: [commitOf('s', ['d'], 'good'), commitOf('d', ['old'])], changes: { s: { known: changeOf(12, 'y') } }, decisions: [judged] }, ['d no-pull-request']],
    ['one commit of an allowed change pushed without the rest', { tip: 'x', commits: [commitOf('x', ['old'])], decisions: [judged] }, ['x no-pull-request']],
    ['a merge past the gate (T17)', { tip: 'm', commits: merged, changes: { m: { known: changeOf(12, 'y') } } }, ['m no-merge-decision #12', 'y ungated-commit', 'x ungated-commit']],
    ['a merge against a refusal', { tip: 'm', commits: merged, changes: { m: { known: changeOf(12, 'y') } }, decisions: [judged, { ...judged, outcome: 'deny' }] }, ['m merge-not-allowed #12']],
    ['a decision that came after the merge', { tip: 'm', commits: merged, changes: { m: { known: changeOf(12, 'y') } }, decisions: [{ ...judged, at: mergedAt + 1 }] }, ['m no-merge-decision #12']],
    ['an evil merge (T18)', { tip: 'm', commits: [commitOf('m', ['old', 'y'], 'evil'), ...merged.slice(1)], changes: { m: { known: changeOf(12, 'y') } }, decisions: [judged] }, ['m landed-tree-differs #12']],
    ['a commit smuggled in by a third parent', { tip: 'm', commits: [commitOf('m', ['old', 'y', 'e'], 'good'), ...merged.slice(1), commitOf('e', ['old'])], changes: { m: { known: changeOf(12, 'y') } }, decisions: [judged] }, ['e ungated-commit']],
    ['a landing nobody can tell', { tip: 'm', commits: [commitOf('m', ['old'])], changes: { m: { unknown: 'two pull requests' } } }, ['m fact-missing']],
  ])('finds %s', async (_name, world, told) => {
    expect((await audit(world)).told).toEqual(told);
  });

  it('says of each finding who, when, how it came and what to do', async () => {
    const { findings } = await audit({ tip: 'm', commits: merged, changes: { m: { known: changeOf(12, 'y') } } });
    expect(findings[0]).toMatchObject({ commit: sha('m'), landedAs: sha('m'), author: 'ana', at: mergedAt, pullRequest: 12, outcome: 'deny' });
    expect(findings[1]).toMatchObject({ commit: sha('y'), landedAs: sha('m'), at: mergedAt - 5000, pullRequest: null });
    for (const { summary, next } of findings) expect([summary, next.length > 0]).toEqual([expect.stringMatching(/\.$/), true]);
  });

  it('asks about landings, and about brought commits only when no decision names them', async () => {
    expect((await audit({ tip: 'm', commits: merged, changes: { m: { known: changeOf(12, 'y') } }, decisions: [judged] })).asked).toEqual([sha('m')]);
  });

  it('does not call a cut list clean', async () => {
    expect(await audit({ tip: 'm', commits: [], missing: 'GitHub counts 300 commits and gave 250' })).toMatchObject({ findings: [], missing: ['GitHub counts 300 commits and gave 250'] });
  });

  it('does not guess where a date was', async () => {
    const { byDate } = await audit({ tip: 'd', commits: [commitOf('d', ['old'])] });
    expect(await byDate()).toMatchObject({ from: null, commits: 0, missing: ['GitHub forgot'] });
  });
});
