import { ben, cho, dia, ana, fakeSha, grantOf, headSha, mergeFactsOf, approvedBy, reviewerOf, rollbackOf, runningOf, saturdayAt, thursdayAt, buildDigest, commitBy, buildOf, fakeDigest, healthySince } from '@sallyport/gates/testing';
import { completeList, known, partialList } from '@sallyport/gates';
import type { FactList } from '@sallyport/gates';
import { verifyInclusion } from '@sallyport/ledger';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRecord, ordinaryRelease, releaseOf, reportOf, tagOf, uptoStaging } from './evidence.fixture.ts';
import type { RecordWriter } from './evidence.fixture.ts';
import type { ShownDeployment } from '../ports.ts';
import { readCsv } from './csv-text.ts';
import { valueOf } from './recorded.ts';
import { renderEvidenceCsv } from './render-csv.ts';
import { renderEvidenceHtml } from './render-html.ts';
import type { EvidenceReport } from './report.ts';

let record: RecordWriter;
beforeEach(() => {
  record = createRecord();
});

const codes = ({ exceptions }: EvidenceReport): readonly string[] => exceptions.map(({ code, weight }) => `${weight}: ${code}`);
const said = (text: string): string => expect.stringContaining(text) as string;
const day = 86_400_000;

/** Goes on Thursday under an override that Dia requested and Cho approved; it succeeds. */
async function overriddenRelease(grant: Parameters<RecordWriter['grant']>[1] = {}) {
  const merge = await uptoStaging(record);
  const granted = await record.grant(thursdayAt - 60_000, grant);
  const decision = await record.release(releaseOf(merge, { running: known(runningOf('1.7.0')), grants: completeList([grantOf({ requester: dia, approvers: [cho], ledgerIndex: granted })]) }), thursdayAt);
  await record.intend(1, decision, thursdayAt, { override: '31' });
  await record.end(1, thursdayAt + 300_000);
  return { granted, decision };
}

describe('the row of an ordinary release', () => {
  it('says who approved, what was tested, why then, what ran before, and has nothing to complain of', async () => {
    const { merge, decision, intent } = await ordinaryRelease(record);
    const report = await reportOf(record);
    expect(codes(report)).toEqual([]);
    expect(report.deployments).toMatchObject([
      {
        number: 1,
        kind: 'normal',
        changes: {
          recorded: [
            {
              id: 'acme/shop#12',
              part: 'built',
              title: { notRecorded: said('no titles') },
              requester: { recorded: { login: 'ana' } },
              contributors: { recorded: [{ login: 'ana' }] },
              review: { recorded: { approvals: [{ person: { recorded: { login: 'ben' } }, at: '2026-11-23T11:00:00.000Z' }], head: headSha, tree: fakeSha('7e'), index: merge } },
              tests: { recorded: [{ name: 'unit', conclusion: { recorded: 'success' }, run: 'https://github.example/acme/shop/actions/runs/7000' }] },
              merge: { commit: fakeSha('c1'), at: '2026-11-20T09:00:00.000Z', by: { notRecorded: said('not by whom') } },
            },
          ],
        },
        build: { recorded: { digest: buildDigest, runId: 7100, provenance: { notRecorded: said('required none') } } },
        staging: { recorded: { environment: 'staging', number: 9, soakedSeconds: 4 * 86_400, requiredSeconds: { recorded: 86_400 } } },
        production: { basis: 'rules', decision: { recorded: 'allow' }, index: decision, before: { recorded: { version: '1.7.0' } }, uncovered: { recorded: [] }, outcome: 'succeeded' },
        rollback: null,
        emergency: null,
        proof: { index: intent },
      },
    ]);
  });

  it('has proofs of intent and outcome that verify against nothing but the key', async () => {
    const { intent } = await ordinaryRelease(record);
    const [row] = (await reportOf(record)).deployments;
    expect(verifyInclusion(row?.proof.intent, record.context.keys)).toMatchObject({ ok: true, entry: { index: intent, body: { type: 'promotion-intended', number: 1 } } });
    expect(verifyInclusion(row?.proof.outcome, record.context.keys)).toMatchObject({ ok: true, entry: { body: { type: 'promotion-ended', outcome: 'succeeded' } } });
  });

  it('is the same for the same ledger, to the byte', async () => {
    await ordinaryRelease(record);
    expect(JSON.stringify(await reportOf(record))).toBe(JSON.stringify(await reportOf(record)));
  });
});

describe('openings that were missed', () => {
  it('come with the exceptions, by the time at which they began', async () => {
    await uptoStaging(record);
    const index = await record.miss(saturdayAt);
    await record.miss(saturdayAt, { environment: 'elsewhere' });
    const report = await reportOf(record);
    expect(report.exceptions).toEqual([{ code: 'window-missed', weight: 'attention', promotion: null, at: new Date(saturdayAt).toISOString(), summary: expect.stringMatching(/^The opening from Sat 28 Nov 2026 .* passed, and 1\.8\.0 did not go to production: No gatekeeper run came to a decision while it was open\.$/) as string, indexes: [index] }]);
    const asked = async (from: number, to: number) => codes(await reportOf(record, { period: { from, to } }));
    expect([await asked(saturdayAt, saturdayAt + 1), await asked(saturdayAt + 1, saturdayAt + day), await asked(saturdayAt - day, saturdayAt)]).toEqual([['attention: window-missed'], [], []]);
  });

  it('are on the page and in the CSV file, without being a deployment', async () => {
    await ordinaryRelease(record);
    await record.miss(saturdayAt - day, { reason: '=1+1 <b>' });
    const report = await reportOf(record);
    expect(report.completeness.intended).toBe(1);
    expect(renderEvidenceHtml(report)).toMatch(/<li class="attention"><span class="label">window-missed<\/span> The opening from .*: =1\+1 &lt;b&gt;/);
    const csv = readCsv(renderEvidenceCsv(report));
    if (!csv.ok) throw new Error(csv.problem);
    const [header = [], first = [], second = []] = csv.rows.map(({ cells }) => cells);
    const cell = (cells: readonly string[], name: string) => cells[header.indexOf(name)];
    expect([cell(first, 'exceptions'), cell(first, 'number'), cell(first, 'environment'), cell(first, 'outcome says')]).toEqual(['window-missed', '', 'production', expect.stringContaining('did not go to production: =1+1 <b>')]);
    expect([cell(second, 'exceptions'), cell(second, 'number')]).toEqual(['', '1']);
    expect(csv.rows).toHaveLength(3);
  });
});

describe('the population', () => {
  it.each<[string, Parameters<typeof ordinaryRelease>[1], string, readonly string[]]>([
    ['a failed one', { outcome: 'failed' }, 'failed', ['attention: failed']],
    ['one that was refused at its start', { outcome: 'refused' }, 'refused', ['attention: refused']],
    ['one that was not seen to start', { outcome: 'not-started', startedAt: null, runId: null }, 'not-started', ['problem: not-started']],
    ['an abandoned one', { outcome: 'abandoned', startedAt: null, runId: null }, 'abandoned', ['attention: abandoned']],
    ['one of which nothing was heard', null, 'unknown', ['problem: outcome-unknown']],
  ])('holds %s', async (_name, end, outcome, expected) => {
    await ordinaryRelease(record, end);
    const report = await reportOf(record);
    expect([report.deployments.map(({ production }) => production.outcome), codes(report)]).toEqual([[outcome], expected]);
  });

  it('counts by when it was intended: from the first moment, up to but not at the last', async () => {
    await ordinaryRelease(record);
    const asked = async (from: number, to: number) => (await reportOf(record, { period: { from, to } })).completeness.intended;
    expect([await asked(saturdayAt, saturdayAt + 1), await asked(saturdayAt + 1, saturdayAt + day), await asked(saturdayAt - day, saturdayAt)]).toEqual([1, 0, 0]);
  });

  it('finds a number that the ledger passed over, and an end that nobody intended', async () => {
    const merge = await uptoStaging(record);
    await record.intend(3, await record.release(releaseOf(merge), saturdayAt), saturdayAt);
    await record.end(3, saturdayAt + 1000);
    await record.end(2, saturdayAt + 2000);
    const report = await reportOf(record);
    expect(codes(report)).toEqual(['problem: number-missing', 'problem: end-without-intent']);
    expect([report.completeness.numbers, report.exceptions[0]?.summary]).toEqual(['1 to 3, 2 missing', said('Numbers 1 to 2 were passed over')]);
  });

  it('is compared with the tags, where they were read', async () => {
    await ordinaryRelease(record);
    const compared = async (...tags: ReturnType<typeof tagOf>[]) => codes(await reportOf(record, { shown: { tags, deployments: completeList([]) } }));
    expect(await compared()).toEqual(['problem: tag-missing']);
    expect(await compared(tagOf(1))).toEqual(['problem: tag-disagrees']);
    expect(await compared(tagOf(1), tagOf(7))).toEqual(['problem: tag-disagrees', 'problem: tag-unrecorded']);
  });
});

describe('deployments that GitHub shows', () => {
  const deployment = (changes: object = {}) => ({ id: 1, ref: 'promote/production/1', commit: fakeSha('c1'), createdAt: saturdayAt, ...changes });
  const intact = { ...tagOf(1), message: '' };
  const shownWith = (deployments: FactList<ShownDeployment>) => reportOf(record, { shown: { tags: [intact], deployments } });

  it.each<[string, object, boolean]>([
    ['of a recorded promotion is known', {}, true],
    ['by the full name of its tag is known', { ref: 'refs/tags/promote/production/1' }, true],
    ['of a branch is not', { ref: 'main' }, false],
    ['of a tag at another commit is not', { commit: fakeSha('c2') }, false],
    ['from before the period is not looked at', { ref: 'main', createdAt: saturdayAt - 60 * day }, true],
  ])('one %s', async (_name, changes, isKnown) => {
    await ordinaryRelease(record);
    expect(codes(await shownWith(completeList([deployment(changes)]))).includes('problem: deployment-unrecorded')).toBe(!isKnown);
  });

  it('that may not be read are not counted as none', async () => {
    await ordinaryRelease(record);
    expect((await shownWith(partialList([], 'the deployments may not be read'))).completeness).toMatchObject({ tags: { recorded: 1 }, deployments: { notRecorded: 'the deployments may not be read' } });
  });
});

describe('an override', () => {
  it('is an exception with reason, approver and expiry, and asks for its review', async () => {
    const { granted } = await overriddenRelease();
    const report = await reportOf(record);
    expect(codes(report)).toEqual(['problem: follow-up-missing', 'attention: override']);
    expect(report.deployments[0]).toMatchObject({ kind: 'emergency', emergency: { recorded: { override: '31', reason: 'customer data is readable', advisory: 'CVE-2026-12345', requester: { login: 'dia' }, approvers: [{ login: 'cho' }], index: granted } }, production: { basis: 'override', rules: expect.arrayContaining([expect.objectContaining({ rule: 'window', reason: 'overridden' })]) as unknown } });
    expect(verifyInclusion(report.deployments[0]?.proof.grant, record.context.keys)).toMatchObject({ ok: true, entry: { body: { type: 'override-granted', id: '31' } } });
  });

  it.each<[string, number, { readonly closed: boolean; readonly seenAt: number } | null, string | null]>([
    ['not due yet', 40 * day, null, null],
    ['due, and nobody has looked', day, null, 'follow-up-unknown'],
    ['due after it was last seen open', day, { closed: false, seenAt: thursdayAt + day / 2 }, 'follow-up-unknown'],
    ['seen open after it was due', day, { closed: false, seenAt: saturdayAt }, 'follow-up-overdue'],
    ['seen closed', day, { closed: true, seenAt: saturdayAt }, null],
  ])('whose review is %s', async (_name, dueIn, seen, expected) => {
    await overriddenRelease();
    await record.review('31', thursdayAt + dueIn, thursdayAt + 400_000);
    if (seen !== null) await record.release(releaseOf(1, { running: known(runningOf('1.8.0', buildDigest)), reviewTasks: completeList([{ overrideId: '31', issue: 77, dueAt: thursdayAt + dueIn, closed: seen.closed }]) }), seen.seenAt);
    expect(codes(await reportOf(record))).toEqual([...(expected === null ? [] : [`problem: ${expected}`]), 'attention: override']);
  });

  it('does not take a review for open that could not be read', async () => {
    await overriddenRelease();
    await record.review('31', thursdayAt + day, thursdayAt + 400_000);
    await record.release(releaseOf(1, { reviewTasks: partialList([{ overrideId: '31', issue: 77, dueAt: thursdayAt + day, closed: false }], 'the issue could not be read') }), saturdayAt);
    expect(codes(await reportOf(record))).toEqual(['problem: follow-up-unknown', 'attention: override']);
  });

  it.each<[string, Parameters<RecordWriter['grant']>[1], string]>([
    ['its requester approved', { approvers: [dia] }, 'own-override'],
    ['a contributor approved', { approvers: [ana] }, 'own-override'],
    ['had expired', { expiresAt: new Date(thursdayAt - 1000).toISOString() }, 'grant-missing'],
    ['is for another build', { build: `sha256:${'9'.repeat(64)}` }, 'grant-missing'],
    ['was never granted', { id: '32' }, 'grant-missing'],
  ])('that %s is a problem, whatever the decision said', async (_name, grant, code) => {
    await overriddenRelease(grant);
    expect(codes(await reportOf(record))).toContain(`problem: ${code}`);
  });
});

describe('a rollback', () => {
  it('says to what, from what, who asked and why, and the release before it failed', async () => {
    const { merge } = await ordinaryRelease(record);
    const asked = rollbackOf({}, saturdayAt + day);
    const decision = await record.release(releaseOf(merge, { running: known(runningOf('1.9.0')), rollback: asked }), saturdayAt + day);
    await record.intend(2, decision, saturdayAt + day, { rollback: { id: asked.id, requester: asked.requester, reason: asked.reason, requestedAt: new Date(asked.requestedAt).toISOString() } });
    await record.end(2, saturdayAt + day + 600_000);
    const report = await reportOf(record);
    expect(codes(report)).toEqual(['attention: rollback']);
    expect(report.deployments[1]).toMatchObject({ kind: 'rollback', rollback: { to: '1.8.0', from: { recorded: '1.9.0' }, ranAs: { recorded: 3 }, requester: { login: 'cho' }, reason: 'checkout fails' } });
    expect(report.delivery).toMatchObject({ deployments: 2, changeFail: { count: 1, of: 2 }, rework: { count: 1, of: 2 }, recovery: { failures: 1, recovered: 1, time: { medianSeconds: 86_400 + 300 } } });
  });
});

describe('what the record does not say', () => {
  it.each<[string, (writer: RecordWriter) => Promise<number>]>([
    ['names no decision', async () => 0],
    ['names a decision that waited', (writer) => writer.release(releaseOf(1), thursdayAt)],
    ['names a decision about another environment', (writer) => writer.release(releaseOf(1, { environment: 'staging' }), saturdayAt)],
    ['names a decision about another build', (writer) => writer.release(releaseOf(1, { build: known(buildOf({ digest: fakeDigest('b2') })), occupancy: known({ environment: 'staging', build: fakeDigest('b2'), number: 9, healthySince }) }), saturdayAt)],
    ['names a merge decision', async () => 1],
  ])('a promotion that %s is a problem, and its facts are not recorded', async (_name, decide) => {
    await uptoStaging(record);
    await record.intend(1, await decide(record), saturdayAt);
    await record.end(1, saturdayAt + 1000);
    const report = await reportOf(record);
    expect(codes(report)).toEqual(['problem: decision-missing']);
    expect(report.deployments[0]).toMatchObject({ changes: { notRecorded: said('entry') }, staging: { notRecorded: said('entry') }, production: { decision: { notRecorded: said('entry') }, before: { notRecorded: said('entry') }, rules: [] } });
  });

  it('a merge decision that is about another head covers no change', async () => {
    await record.policy(saturdayAt - 8 * day);
    const other = mergeFactsOf();
    const merge = await record.merge({ ...other, pullRequest: { ...other.pullRequest, number: 13 } }, saturdayAt - 7 * day);
    await record.build(buildDigest, saturdayAt - day);
    await record.intend(1, await record.release(releaseOf(merge), saturdayAt), saturdayAt);
    await record.end(1, saturdayAt + 1000);
    expect(codes(await reportOf(record))).toEqual(['problem: merge-decision-missing']);
  });

  it('facts that this version cannot read are said to be so', async () => {
    const merge = await uptoStaging(record);
    const readable = (await record.read()).state.size;
    await record.release(releaseOf(merge), saturdayAt - 1000);
    const made = (await record.read()).decisionAt(readable);
    if (made === null) throw new Error('The fixture has no decision.');
    const { index: _index, at: _at, ...body } = made;
    const decision = await record.raw({ ...body, facts: { ...body.facts, schema: 2 } }, saturdayAt);
    await record.intend(1, decision, saturdayAt);
    await record.end(1, saturdayAt + 1000);
    const report = await reportOf(record);
    expect(codes(report)).toEqual(['problem: facts-unreadable']);
    expect(report.deployments[0]).toMatchObject({ changes: { notRecorded: said('cannot read') }, production: { decision: { recorded: 'allow' }, before: { notRecorded: said('cannot read') } } });
  });

  it('commits that nobody counted need attention, and commits without a decision are a problem', async () => {
    const merge = await uptoStaging(record);
    await record.intend(1, await record.release(releaseOf(merge, { running: known(null) }), saturdayAt), saturdayAt);
    await record.end(1, saturdayAt + 1000);
    expect(codes(await reportOf(record))).toEqual(['attention: uncovered-commits']);
  });

  it('an empty ledger makes an empty report', async () => {
    await record.policy(saturdayAt);
    const report = await reportOf(record);
    expect(report).toMatchObject({ deployments: [], exceptions: [], repository: { notRecorded: 'no decision names it' }, availability: { notRecorded: said('--outages') }, delivery: { deployments: 0, leadTime: { changes: 0 } } });
  });
});

describe('changes', () => {
  it.each<[string, Parameters<typeof releaseOf>[1], readonly string[]]>([
    ['that landed before come along where nothing had been deployed', { running: known(null) }, ['built 12', 'carried 11']],
    ['that run there already do not come along', { running: known({ ...runningOf('1.7.0'), commit: fakeSha('c0') }) }, ['built 12']],
    ['are not claimed to come along where it is not known what ran', { running: known({ ...runningOf('1.7.0'), commit: fakeSha('dd') }) }, ['built 12']],
  ])('%s', async (_name, facts, expected) => {
    await record.policy(saturdayAt - 8 * day);
    const first = await record.merge(mergeFactsOf({ reviews: completeList([approvedBy(cho)]), reviewers: [reviewerOf(cho)], commits: completeList([commitBy(ana, { coAuthors: [known(ben)] })]) }), saturdayAt - 7 * day);
    await record.build(buildDigest, saturdayAt - day);
    const earlier = releaseOf(first);
    if (!('known' in earlier.landing) || earlier.landing.known.change === null) throw new Error('The fixture has no landing.');
    const { known: landing } = earlier.landing;
    // Seen waiting on Thursday, as a commit of its own.
    await record.release({ ...earlier, landing: known({ ...landing, commit: fakeSha('c0'), change: { ...earlier.landing.known.change, number: 11, mergedAt: earlier.landing.known.change.mergedAt - day } }) }, thursdayAt);
    await record.intend(1, await record.release(releaseOf(first, facts), saturdayAt), saturdayAt);
    await record.end(1, saturdayAt + 1000);
    const [row] = (await reportOf(record)).deployments;
    const changes = valueOf(row?.changes ?? { notRecorded: '' }) ?? [];
    expect(changes.map(({ part, number }) => `${part} ${number}`)).toEqual(expected);
    expect(changes).toMatchObject([{ contributors: { recorded: [{ login: 'ana' }, { login: 'ben' }] } }, { review: { notRecorded: said('no merge decision') } }].slice(0, expected.length));
  });
});
