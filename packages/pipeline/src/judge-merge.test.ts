import { completeList } from '@sallyport/gates';
import type { MergeFacts } from '@sallyport/gates';
import { approvedBy, baseSha, ben, fakeSha, headSha, headTree, instantOf, mergeFactsOf, proofFrom, runOf } from '@sallyport/gates/testing';
import { appendEntries, readLedger } from '@sallyport/ledger';
import { testContext } from '@sallyport/ledger/testing';
import { describe, expect, it } from 'vitest';
import { failWithoutPolicy, judgeMerge, runMergeGate } from './judge-merge.ts';
import type { LedgerWriter } from './ledger-access.ts';
import { readState } from './ledger-state.ts';
import { atHead } from './merge-target.ts';
import type { MergeCheck, MergeTarget, Outside } from './ports.ts';
import { readPolicy } from './read-policy.ts';

const policyText = 'version: 1\nmerge:\n  tests: [{ check: unit, workflow: .github/workflows/ci.yml }]\n';
const at = instantOf('2026-11-23T12:00:00Z');
const commit = fakeSha('ca');
const groupSha = fakeSha('9a');
const ref = `gh-readonly-queue/main/pr-12-${baseSha}`;
const queued: MergeTarget = { pullRequest: 12, group: { ref, headSha: groupSha, baseSha } };

/** The queue's group, merged from head and base, its tests green. */
const groupFacts = (): Partial<MergeFacts> => ({
  group: { ref, headSha: groupSha, treeSha: headTree, baseSha, proof: proofFrom(headSha) },
  runs: completeList([runOf({ event: 'merge_group', headSha: groupSha, headBranch: ref, pullRequests: null })]),
  checks: completeList(mergeFactsOf().checks.items.map((check) => ({ ...check, headSha: groupSha }))),
});

function scene({ text = policyText }: { readonly text?: string | null } = {}) {
  const context = testContext();
  const published: Parameters<MergeCheck['publish']>[0][] = [];
  const asked: string[] = [];
  let reading = { at, after: (): void => undefined };
  let facts: MergeFacts | null = mergeFactsOf({ reviews: completeList([approvedBy(ben)]) });
  const ledger: LedgerWriter = { read: () => readLedger(context.store, context), append: (entries, { at: when, ifSize }) => appendEntries({ ...context, at: new Date(when).toISOString() }, entries, ifSize === undefined ? {} : { ifSize }) };
  const outside = {
    clock: {
      read: () => {
        const { at: now, after } = reading;
        after();
        return Promise.resolve({ serverAt: now, localAt: now });
      },
    },
    policy: { readPolicyFile: () => Promise.resolve({ path: '.github/sallyport.yml', text }), findCommit: () => Promise.resolve(void asked.push('findCommit')).then(() => commit) },
    changes: { gatherMergeFacts: async (_target: MergeTarget, policy: Promise<unknown>) => (void asked.push('facts'), (await policy) === null ? null : facts) },
    mergeCheck: { publish: (check: Parameters<MergeCheck['publish']>[0]) => Promise.resolve(void published.push(check)).then(() => ({ id: 1, url: '' })) },
  } as unknown as Outside;
  const run = (target: MergeTarget = atHead(12)) => runMergeGate(outside, readPolicy(outside.policy), target, { openLedger: () => ledger, render: ({ subject }) => ({ title: subject, summary: subject }) });
  return {
    outside,
    asked,
    run,
    shows: (changes: Partial<MergeFacts> | null) => void (facts = changes === null ? null : mergeFactsOf(changes)),
    /** `after` happens once this time was read. */
    clockSays: (now: number, after: () => void = () => undefined) => void (reading = { at: now, after }),
    posted: () => published.map(({ headSha: on, decision }) => `${decision?.outcome ?? 'failed'} on ${on === headSha ? 'head' : on === groupSha ? 'group' : on}`),
    recorded: async () => {
      const check = await ledger.read();
      return check.state === 'broken' ? ['broken'] : readState(check).decisions.map(({ outcome, facts: { group } }) => `${outcome} ${group === null ? 'head' : 'group'}`);
    },
    size: async () => {
      const check = await ledger.read();
      return check.state === 'broken' ? -1 : check.head.size;
    },
  };
}

const pullRequest = (changes: Partial<MergeFacts['pullRequest']>): Partial<MergeFacts> => ({ pullRequest: { ...mergeFactsOf().pullRequest, ...changes } });
const refused: Partial<MergeFacts> = { reviews: completeList([]) };

describe('runMergeGate', () => {
  it('records a yes with its policy, then posts it on the head', async () => {
    const { run, posted, recorded, size } = scene();
    expect(await run()).toMatchObject({ state: 'decided', decision: { outcome: 'allow' } });
    expect([posted(), await recorded(), await size()]).toEqual([['allow on head'], ['allow head'], 2]);
  });

  it('judges a group on its own, records it beside the head, and posts it on the group (T12)', async () => {
    const { run, shows, posted, recorded } = scene();
    await run();
    shows(groupFacts());
    expect(await run(queued)).toMatchObject({ decision: { outcome: 'allow' } });
    expect([posted(), await recorded()]).toEqual([['allow on head', 'allow on group'], ['allow head', 'allow group']]);
  });

  it('looks up the commit of the policy only when it is recorded', async () => {
    const { run, shows, asked } = scene();
    shows(refused);
    await run();
    expect(asked).toEqual(['facts']);
    shows({});
    await run();
    await run();
    expect(asked).toEqual(['facts', 'facts', 'findCommit', 'facts']);
  });

  it('records what takes an earlier yes back, once, and posts it each time', async () => {
    const { run, shows, posted, recorded } = scene();
    await run();
    shows(refused);
    await run();
    await run();
    const [yes, ...later] = posted();
    expect([yes, later.length, later.every((one) => one !== 'allow on head')]).toEqual(['allow on head', 2, true]);
    expect((await recorded()).length).toBe(2);
  });

  it('refuses both heads when they are shared, whichever is judged last (T11)', async () => {
    const { run, shows, posted } = scene();
    await run();
    shows({ sharedHead: completeList([13]) });
    await run();
    shows({ ...pullRequest({ number: 13 }), sharedHead: completeList([12]) });
    await run(atHead(13));
    expect(posted()).toEqual(['allow on head', 'deny on head', 'deny on head']);
  });

  it('leaves what has landed as it was decided', async () => {
    const { run, shows, posted, recorded } = scene();
    await run();
    shows(pullRequest({ state: 'merged' }));
    await run();
    expect([posted(), await recorded()]).toEqual([['allow on head'], ['allow head']]);
  });

  it('posts nothing on a pull request into a branch nobody guards', async () => {
    const { run, shows, posted } = scene();
    shows(pullRequest({ base: { ref: 'topic', sha: baseSha } }));
    await run();
    expect(posted()).toEqual([]);
  });

  it('takes back the yes of one that was pointed at such a branch, every time it looks (A08)', async () => {
    const { run, shows, posted, recorded } = scene();
    await run();
    shows(pullRequest({ base: { ref: 'topic', sha: baseSha } }));
    await run();
    await run();
    expect([posted(), await recorded()]).toEqual([['allow on head', 'deny on head', 'deny on head'], ['allow head', 'deny head']]);
  });

  it('judges anew for another branch, whatever was decided for the first (A08)', async () => {
    const { run, shows, posted, recorded } = scene({ text: `${policyText}  into: [main, release]\n` });
    await run();
    shows({ ...pullRequest({ base: { ref: 'release', sha: baseSha } }), runs: completeList([runOf({ pullRequests: [{ number: 12, base: 'release' }] })]) });
    await run();
    expect([posted(), await recorded()]).toEqual([['allow on head', 'allow on head'], ['allow head', 'allow head']]);
  });

  it('judges again instead of posting over what somebody found later', async () => {
    const { run, shows, posted, recorded, clockSays } = scene();
    await run();
    shows(refused);
    clockSays(at + 5000);
    await run();
    // A slow judgement from before: its clock is behind what is recorded, and when asked again it sees the refusal too.
    shows({});
    clockSays(at + 1000, () => { shows(refused); clockSays(at + 9000); });
    await run();
    expect([posted().at(-1), await recorded()]).toEqual(['wait on head', ['allow head', 'wait head']]);
  });

  it('gives way, and posts nothing, when others are quicker again and again', async () => {
    const { run, shows, posted, recorded, clockSays } = scene();
    clockSays(at + 5000);
    await run();
    shows(refused);
    clockSays(at + 1000);
    expect(await run()).toEqual({ state: 'overtaken', number: 12 });
    expect([posted(), await recorded()]).toEqual([['allow on head'], ['allow head']]);
  });

  it('says that there is no such pull request', async () => {
    const { run, shows, posted } = scene();
    shows(null);
    expect(await run()).toEqual({ state: 'no-pull-request', number: 12 });
    expect(posted()).toEqual([]);
  });

  it.each([
    ['missing', null, 'policy-missing'],
    ['not valid', 'version: 2\n', 'policy-invalid'],
  ])('judges nothing by a policy that is %s', async (_name, text, state) => {
    const { run, posted, size } = scene({ text });
    expect(await run()).toMatchObject({ state });
    expect([posted(), await size()]).toEqual([[], 0]);
  });

  it('ends with the failure of gathering when the policy cannot be read either', async () => {
    const { outside } = scene();
    const policy = { ...outside.policy, readPolicyFile: () => Promise.reject(new Error('no policy')) };
    const changes = { ...outside.changes, gatherMergeFacts: () => Promise.reject(new Error('no facts')) };
    await expect(judgeMerge({ ...outside, policy, changes }, atHead(12))).rejects.toThrow(/no (policy|facts)/);
  });
});

describe('failWithoutPolicy', () => {
  it('fails the check and names every error with its place', async () => {
    const { outside } = scene();
    const published: { readonly decision: unknown; readonly summary: string }[] = [];
    const reading = await readPolicy({ readPolicyFile: () => Promise.resolve({ path: 'sallyport.yml', text: 'version: 2\nmerge: { tests: [] }\n' }) });
    if (reading.state === 'valid') throw new Error('it must not be valid');
    await failWithoutPolicy({ ...outside, mergeCheck: { publish: (check) => Promise.resolve(void published.push(check)).then(() => ({ id: 1, url: '' })) } }, headSha, reading);
    expect(published).toMatchObject([{ decision: null, summary: expect.stringMatching(/sallyport\.yml:1:10: [\s\S]*sallyport\.yml:2:17: /) as string }]);
  });
});

