import fc from 'fast-check';
import type { Policy, TestPolicy } from '@sallyport/policy';
import { completeList, known, unknown } from '../facts/fact.ts';
import type { Fact } from '../facts/fact.ts';
import type { ChangedFileFact, CheckFact, CommitFact, InstigationFact, MergeFacts, MergeProofFact, PushFact, QueueGroupFact, ReviewFact, RunFact, StatusFact } from '../facts/merge-facts.ts';
import type { Person, Role } from '../facts/shared.ts';
import { baseSha, checkOf, commitBy, fileOf, headSha, headTree, instigationBy, mergeFactsOf, proofFrom, pushBy, pushedAt, reviewBy, reviewerOf, runOf, statusOf } from './merge-facts-of.ts';
import { ana, ben, cho, dia, eli, fakeSha, robot } from './people.ts';
import { ciWorkflow, policyOf, unitTest } from './policy.ts';

/** A merge question: a policy and facts about one pull request. */
export type MergeCase = { readonly policy: Policy; readonly facts: MergeFacts };

const people = [ana, ben, cho, dia, eli];
const anyone = fc.constantFrom(...people);
/** Those who mostly write; the others mostly review, so that many changes may merge. */
const writer = fc.constantFrom(ana, ana, ana, ana, ben);

/** Something good eleven times out of twelve: many parts have to be good at once for a yes. */
const mostly = <T>(good: fc.Arbitrary<T>, bad: fc.Arbitrary<T>): fc.Arbitrary<T> => fc.oneof({ weight: 15, arbitrary: good }, { weight: 1, arbitrary: bad });
const mostlyBe = <T>(good: T, ...bad: readonly T[]): fc.Arbitrary<T> => mostly(fc.constant(good), fc.constantFrom(...bad));
const mostlyKnown = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Fact<T>> => fc.oneof({ weight: 60, arbitrary: value.map(known<T>) }, { weight: 1, arbitrary: fc.constant(unknown('it was not read')) });

const olderHeads = [fakeSha('01'), fakeSha('02'), fakeSha('03')];
const minute = 60_000;

/** The head branch moved once an hour or in the same second; the last movement made the head. */
const pushes = fc.array(fc.record({ actor: mostlyKnown(writer), kind: fc.constantFrom<PushFact['kind']>('push', 'push', 'force-push', 'other'), gap: fc.constantFrom(0, 1000, 60 * minute) }), { minLength: 1, maxLength: 3 }).map((moves) =>
  moves.map(({ actor, kind, gap }, index): PushFact => {
    const back = moves.length - 1 - index;
    return pushBy(ana, { actor, kind: index === 0 ? 'creation' : kind, before: index === 0 ? baseSha : (olderHeads[index - 1] ?? baseSha), after: back === 0 ? headSha : (olderHeads[index] ?? headSha), pushedAt: pushedAt - back * (gap + 60 * minute) - (back === 0 ? 0 : gap % minute) });
  }),
);

const signature: fc.Arbitrary<CommitFact['signature']> = mostlyKnown(mostlyBe({ verified: true, reason: 'valid' }, { verified: false, reason: 'unsigned' }, { verified: true, reason: 'unverified_email' }));
const commits = (shas: readonly string[], maxLength: number) =>
  fc
    .array(fc.record({ author: writer, committer: writer, coAuthors: fc.array(mostlyKnown(writer), { maxLength: 1 }), byMachine: mostlyBe(false, true), unknownAuthor: mostlyBe(false, true), committedByGitHub: mostlyBe(false, true), signature }), { minLength: shas.length === 0 ? 0 : 1, maxLength })
    .map((drafts) => drafts.map(({ author, committer, byMachine, unknownAuthor, ...rest }, index) => commitBy(author, { ...rest, author: unknownAuthor ? unknown('it belongs to no account') : known(byMachine ? robot : author), committer: known(committer), sha: shas[index] ?? fakeSha(`c${index}`) })));
const formerCommits = fc.array(writer, { maxLength: 1 }).map((authors) => authors.map((author, index) => commitBy(author, { sha: fakeSha(`f${index}`), signature: known({ verified: true, reason: 'valid' }) })));

const instigations: fc.Arbitrary<readonly InstigationFact[]> = fc.array(fc.record({ by: mostlyKnown(writer), machine: fc.constantFrom<Person | null>(robot, robot, null) }), { maxLength: 2 }).map((drafts) => drafts.map(({ by, machine }) => instigationBy(ana, { person: by, machine })));

type ReviewDraft = { readonly by: Person; readonly state: ReviewFact['state']; readonly behind: number; readonly delay: number; readonly commitId: 'bound' | 'head' | 'none'; readonly dismissedBy: Person; readonly elsewhere: boolean; readonly gone: boolean };
const reviewDraft: fc.Arbitrary<ReviewDraft> = fc.record({
  by: fc.constantFrom(ben, cho, cho, dia, dia, eli, eli, ana, robot),
  state: mostlyBe<ReviewFact['state']>('approved', 'changes-requested', 'commented', 'dismissed'),
  behind: fc.constantFrom(0, 0, 0, 1, 2),
  delay: mostly(fc.constant(10 * minute), fc.constantFrom(0, 1000, minute - 1000, minute, 5 * minute)),
  commitId: mostlyBe<ReviewDraft['commitId']>('bound', 'head', 'none'),
  dismissedBy: anyone,
  elsewhere: mostlyBe(false, true),
  gone: mostlyBe(false, true),
});
function reviewFrom({ by, state, behind, delay, commitId, dismissedBy, elsewhere, gone }: ReviewDraft, index: number, moves: readonly PushFact[]): ReviewFact {
  const bound = moves.at(-1 - Math.min(behind, moves.length - 1));
  const ids = { bound: bound?.after ?? headSha, head: headSha, none: null };
  return reviewBy(by, { id: 100 + index, state, submittedAt: (bound?.pushedAt ?? pushedAt) + delay + index * 1000, commitId: ids[commitId], dismissedBy: state === 'dismissed' ? known(dismissedBy) : null, pullRequest: elsewhere ? 13 : 12, ...(gone ? { reviewer: unknown('it was not read') } : {}) });
}

const roles = fc.tuple(...people.map((person) => fc.record({ role: mostlyBe<Role>('write', 'admin', 'read', 'other', 'none'), inTeam: mostlyBe(true, false), known: mostlyBe(true, false) }).map(({ role, inTeam, known: isKnown }) => ({ ...reviewerOf(person, role, inTeam ? ['acme/platform'] : []), ...(isKnown ? {} : { role: unknown('it was not read') }) }))));

const carryOver: fc.Arbitrary<readonly MergeProofFact[]> = fc.array(fc.tuple(fc.constantFrom(...olderHeads), mostlyKnown(mostlyBe<string | null>(headTree, fakeSha('77'), null))), { maxLength: 2 }).map((drafts) => drafts.map(([from, tree]) => proofFrom(from, { tree })));

const file: fc.Arbitrary<ChangedFileFact> = fc.record({ path: mostlyBe('src/cart.ts', 'infra/prod.tf', ciWorkflow, '.gitmodules', 'docs/a.md'), kind: mostly<ChangedFileFact['kind']>(fc.constant(known('file' as const)), fc.constantFrom(null, known('executable' as const), known('symlink' as const), known('submodule' as const), unknown('it was not read'))), target: mostlyKnown(mostlyBe<string | null>('src/b.ts', 'infra', null)) }).map(({ path, kind, target }) => fileOf(path, { kind, ...(kind !== null && 'known' in kind && kind.known === 'symlink' ? { target } : {}) }));

type Conclusion = CheckFact['conclusion'];
type RunDraft = { readonly attempt: number; readonly past: readonly Conclusion[]; readonly last: Conclusion; readonly event: string; readonly branch: string; readonly running: boolean; readonly changed: boolean; readonly mine: boolean };
const conclusion = mostlyBe<Conclusion>('success', 'failure', 'skipped', 'neutral', null);
const runDraft: fc.Arbitrary<RunDraft> = fc.record({ attempt: fc.constantFrom(1, 1, 1, 2, 3), past: fc.array(fc.constantFrom<Conclusion>('failure', 'success'), { maxLength: 1 }), last: conclusion, event: mostlyBe('pull_request', 'push', 'merge_group'), branch: mostlyBe('topic', 'other'), running: mostlyBe(false, true), changed: mostlyBe(false, true), mine: mostlyBe(true, false) });

function testsFrom(drafts: readonly RunDraft[], group: QueueGroupFact | null): { readonly runs: readonly RunFact[]; readonly checks: readonly CheckFact[] } {
  const judged = group === null ? {} : { headSha: group.headSha, headBranch: group.ref };
  const runs = drafts.map(({ attempt, event, branch, running, changed, mine }, index) =>
    runOf({ id: 7000 + index, attempt, event, headBranch: branch, definedByBase: known(!changed), pullRequests: mine ? [{ number: 12, base: 'main' }] : [{ number: 13, base: 'main' }], ...(running ? { status: 'in-progress', conclusion: null } : {}), ...(group === null ? {} : { ...judged, event: event === 'pull_request' ? 'merge_group' : event, pullRequests: null }) }),
  );
  const checks = drafts.flatMap(({ attempt, past, last }, index) => {
    const job = { run: 7000 + index };
    const older = attempt === 1 ? [] : past.map((ended, number) => checkOf({ id: 8000 + index * 10 + number, headSha: group?.headSha ?? headSha, conclusion: ended, job: known({ ...job, attempt: 1 }) }));
    return [...older, checkOf({ id: 8009 + index * 10, headSha: group?.headSha ?? headSha, conclusion: last, job: known({ ...job, attempt }), ...(last === null ? { status: 'in-progress' } : {}) })];
  });
  return { runs, checks };
}

const statuses = fc.array(fc.record({ by: mostlyBe(eli, ben), state: mostlyBe<StatusFact['state']>('success', 'failure', 'pending') }), { maxLength: 2 }).map((drafts) => drafts.map(({ by, state }, index) => statusOf({ id: 8500 + index, context: 'sign-off', creator: known(by), state })));

const group: fc.Arbitrary<QueueGroupFact | null> = fc.oneof(
  { weight: 5, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.tuple(mostlyKnown(mostlyBe<string | null>(fakeSha('72'), headTree, null)), mostlyBe(headSha, fakeSha('01'))).map(([tree, from]) => ({ ref: 'gh-readonly-queue/main/pr-12', headSha: fakeSha('9f'), treeSha: fakeSha('72'), baseSha: fakeSha('bb'), proof: proofFrom(from, { onto: fakeSha('bb'), tree }) })) },
);

const baseMoves = mostly(fc.constant<readonly number[]>([]), fc.array(fc.constantFrom(-24 * 60, -1, 1, 30), { maxLength: 2 })).map((offsets) => offsets.map((offset) => ({ kind: 'retargeted' as const, movedAt: pushedAt + offset * minute })));

const codeOwners: fc.Arbitrary<MergeFacts['codeOwners']> = mostlyKnown(fc.constantFrom(null, { path: '.github/CODEOWNERS', text: '* @dia\n/infra/ @eli\n', accounts: [{ login: 'dia', person: known(dia) }, { login: 'eli', person: known(eli) }] }));

const signOff: TestPolicy = { check: 'sign-off', from: 'status', creator: eli.id, paths: null, attempts: null };
const tests: fc.Arbitrary<readonly TestPolicy[]> = fc.constantFrom([unitTest], [unitTest], [unitTest], [{ ...unitTest, attempts: 2 }], [unitTest, { ...unitTest, check: 'links', paths: ['docs/**'] }], [unitTest, signOff]);

/** Policies that differ in everything the merge gate reads. */
export const generatedPolicy: fc.Arbitrary<Policy> = fc.record({ tests, approvals: fc.constantFrom(1, 1, 1, 2), sensitive: fc.constantFrom([], [{ paths: ['infra/**'], approvals: 1, team: 'acme/platform' }]), codeOwners: fc.constantFrom('ignored' as const, 'ignored' as const, 'ignored' as const, 'required' as const), signatures: fc.constantFrom('ignored' as const, 'ignored' as const, 'required' as const), people: fc.constantFrom([], [], [{ name: 'Ana', accounts: [ana.id, eli.id] }]), machines: fc.constantFrom([], [{ name: 'updates', account: robot.id }]) }).map(({ tests: its, ...review }) => {
  const policy = policyOf();
  return { ...policy, merge: { ...policy.merge, tests: its, review: { ...policy.merge.review, ...review } } };
});

/** Facts of every kind, most of them fine: a good part of them may merge. Ids are different, lists are complete. */
export const generatedFacts: fc.Arbitrary<MergeFacts> = fc
  .record({ pushes, commits: commits([headSha], 3), formerCommits, instigations, drafts: fc.array(reviewDraft, { minLength: 1, maxLength: 5 }), reviewers: roles, carryOver, files: fc.array(file, { minLength: 1, maxLength: 3 }), runs: fc.array(runDraft, { minLength: 1, maxLength: 2 }), statuses, group, baseMoves, codeOwners, requested: mostly(fc.constant<readonly Person[]>([]), fc.array(anyone, { maxLength: 1 })), sharedHead: mostlyBe<readonly number[]>([], [13]), draft: mostlyBe(false, true) })
  .map((draft) => {
    const tested = testsFrom(draft.runs, draft.group);
    const { pullRequest } = mergeFactsOf();
    return mergeFactsOf({
      pullRequest: { ...pullRequest, draft: draft.draft, requestedReviewers: draft.requested },
      group: draft.group,
      baseMoves: completeList(draft.baseMoves),
      sharedHead: completeList(draft.sharedHead),
      commits: completeList(draft.commits),
      formerCommits: completeList(draft.formerCommits),
      pushes: completeList(draft.pushes),
      instigations: completeList(draft.instigations),
      reviews: completeList(draft.drafts.map((review, index) => reviewFrom(review, index, draft.pushes))),
      reviewers: draft.reviewers,
      carryOver: completeList(draft.carryOver),
      runs: completeList(tested.runs),
      checks: completeList(tested.checks),
      statuses: completeList(draft.statuses.map((status) => ({ ...status, headSha: draft.group?.headSha ?? headSha }))),
      files: completeList(draft.files.map((changed, index) => ({ ...changed, path: index === 0 ? changed.path : `${index}/${changed.path}` }))),
      codeOwners: draft.codeOwners,
      candidates: completeList(people),
    });
  });

export const generatedMerge: fc.Arbitrary<MergeCase> = fc.record({ policy: generatedPolicy, facts: generatedFacts });
