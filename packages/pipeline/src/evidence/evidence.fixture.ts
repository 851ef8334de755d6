import { decideMerge, decideRelease, grant as grantFact, mergeFacts, releaseFacts, seal, sealPlain } from '@sallyport/gates';
import type { ClockReading, MergeFacts, ReleaseFacts } from '@sallyport/gates';
import { cho, decisionOf, dia, buildDigest, changeOf, fakeDigest, fakeSha, grantOf, healthySince, landingOf, mergeFactsOf, releaseFactsOf, saturdayAt } from '@sallyport/gates/testing';
import { appendEntries, readLedger } from '@sallyport/ledger';
import type { EntryBody, NewEntry } from '@sallyport/ledger';
import { testContext } from '@sallyport/ledger/testing';
import { parsePolicy } from '@sallyport/policy';
import * as z from 'zod';
import type { PromotionTag } from '../ports.ts';
import { decisionEntry } from '../sweep/draft.ts';
import { buildEvidenceReport } from './build-report.ts';
import type { EvidenceQuestion } from './build-report.ts';
import { readEvidenceRecord } from './evidence-record.ts';
import { evidenceReport } from './report.ts';
import type { EvidenceReport } from './report.ts';

export const policyText = `version: 1
repository: acme/shop
merge:
  into: [main]
  tests:
    - { check: unit, workflow: .github/workflows/ci.yml }
build: { workflow: .github/workflows/build.yml, provenance: none }
environments:
  staging: { rollback: window }
  production:
    after: { environment: staging, soak: 24h }
    window: saturday-morning
    override: security-fix
    rollback: anytime
windows:
  saturday-morning: { zone: America/Los_Angeles, days: [saturday], from: "06:00", to: "12:00" }
overrides:
  security-fix:
    approvers: { team: acme/security-leads, approvals: 1 }
    requires: [reason, advisory]
    waives: [window, soak]
`;

const policy = parsePolicy(policyText);
if (!policy.ok) throw new Error('The policy of the fixture is not valid.');
const sealed = sealPlain(policy.policy);
const at = (instant: number): string => new Date(instant).toISOString();
const clock = (instant: number): ClockReading => ({ serverAt: instant, localAt: instant });

type Ended = Extract<EntryBody, { type: 'promotion-ended' }>;
type Intended = Extract<EntryBody, { type: 'promotion-intended' }>;

/** A ledger that is written entry by entry, its decisions made by the real gates. Every writer gives the index of what it wrote. */
export function createRecord() {
  const context = testContext();
  let size = 0;
  const write = async (entry: NewEntry, when: number): Promise<number> => {
    await appendEntries({ ...context, at: at(when) }, [entry]);
    return size++;
  };
  return {
    context,
    raw: (body: EntryBody, when: number) => write({ key: `raw:${size}`, body }, when),
    policy: (when: number) => write({ key: `policy:${sealed.digest}`, body: { type: 'policy-adopted', digest: sealed.digest, commit: fakeSha('5c'), text: policyText } }, when),
    merge: (facts: MergeFacts, when: number) => {
      const given = seal(mergeFacts, facts);
      return write(decisionEntry(decideMerge(sealed, given, clock(when)), given, size), when);
    },
    release: (facts: ReleaseFacts, when: number) => {
      const given = seal(releaseFacts, facts);
      return write(decisionEntry(decideRelease(sealed, given, clock(when)), given, size), when);
    },
    build: (digest: string, when: number, changes: Partial<Extract<EntryBody, { type: 'build-registered' }>> = {}) =>
      write({ key: `build:${digest}`, body: { type: 'build-registered', digest, version: '1.8.0', commit: fakeSha('c1'), artifacts: [{ name: 'shop.tar', digest: fakeDigest('a1'), sizeBytes: 1024 }], workflow: '.github/workflows/build.yml', runId: 7100, release: 'build/1.8.0', ...changes } }, when),
    intend: (number: number, decisionIndex: number, when: number, changes: Partial<Intended> = {}) =>
      write({ key: `promotion:production:${number}`, body: { type: 'promotion-intended', environment: 'production', number, tag: `promote/production/${number}`, build: buildDigest, version: '1.8.0', commit: fakeSha('c1'), decisionIndex, override: null, ...changes } }, when),
    end: (number: number, when: number, changes: Partial<Ended> = {}) =>
      write({ key: `promotion-end:production:${number}`, body: { type: 'promotion-ended', environment: 'production', number, build: buildDigest, outcome: 'succeeded', reason: 'run 9, attempt 1', runId: 9, startedAt: at(when - 60_000), endedAt: at(when), ...changes } }, when),
    grant: (when: number, changes: Partial<Extract<EntryBody, { type: 'override-granted' }>> = {}) => {
      const { consumedBy: _consumedBy, ledgerIndex: _ledgerIndex, ...terms } = z.encode(grantFact, grantOf({ requester: dia, approvers: [cho] }, when));
      return write({ key: `override:${terms.id}`, body: { type: 'override-granted', ...terms, approvers: [...terms.approvers], waives: [...terms.waives], decisionIndex: 0, ...changes } }, when);
    },
    miss: (when: number, changes: Partial<Extract<EntryBody, { type: 'window-missed' }>> = {}) =>
      write({ key: `window-missed:${changes.environment ?? 'production'}:${when}`, body: { type: 'window-missed', environment: 'production', build: buildDigest, from: at(when), to: at(when + 6 * 3_600_000), reason: 'No gatekeeper run came to a decision while it was open.', ...changes } }, when + 7 * 3_600_000),
    review: (override: string, dueAt: number, when: number) => write({ key: `review:${override}`, body: { type: 'review-opened', override, issue: 77, dueAt: at(dueAt) } }, when),
    async read() {
      const ledger = await readLedger(context.store, context);
      if (ledger.state === 'broken') throw new Error('The ledger of the fixture is broken.');
      return readEvidenceRecord(ledger);
    },
  };
}

export type RecordWriter = ReturnType<typeof createRecord>;

/** Facts of a release whose landing leans on the merge decision in entry `merge`. */
export const releaseOf = (merge: number, changes: Partial<ReleaseFacts> = {}): ReleaseFacts => releaseFactsOf({ landing: { known: landingOf({ change: changeOf({ decision: decisionOf({ ledgerIndex: merge }) }) }) }, ...changes });

/** Ana's change, approved by Ben, built, and healthy in staging since Tuesday: everything before its release. Gives the index of the merge decision. */
export async function uptoStaging(record: RecordWriter, merge: MergeFacts = mergeFactsOf()): Promise<number> {
  await record.policy(saturdayAt - 8 * 86_400_000);
  const index = await record.merge(merge, saturdayAt - 7 * 86_400_000);
  await record.build(buildDigest, healthySince - 3_600_000);
  return index;
}

/** The ordinary case: decided on Saturday in the window, intended as #1, and succeeded five minutes later. */
export async function ordinaryRelease(record: RecordWriter, changes: Partial<Ended> | null = {}): Promise<{ readonly merge: number; readonly decision: number; readonly intent: number }> {
  const merge = await uptoStaging(record);
  const decision = await record.release(releaseOf(merge), saturdayAt);
  const intent = await record.intend(1, decision, saturdayAt);
  if (changes !== null) await record.end(1, saturdayAt + 300_000, changes);
  return { merge, decision, intent };
}

export const november = { from: Date.parse('2026-11-01T07:00:00Z'), to: Date.parse('2026-12-01T08:00:00Z') };

/** The report on November, checked against its own schema. */
export async function reportOf(record: RecordWriter, changes: Partial<EvidenceQuestion> = {}): Promise<EvidenceReport> {
  const report = buildEvidenceReport(await record.read(), { environment: 'production', period: november, zone: 'America/Los_Angeles', outages: null, shown: null, ...changes });
  return evidenceReport.parse(JSON.parse(JSON.stringify(report)));
}

export const tagOf = (number: number, changes: Partial<PromotionTag> = {}): PromotionTag => ({ name: `promote/production/${number}`, number, commit: fakeSha('c1'), message: '', ...changes });

