import type { InclusionProof } from '@sallyport/ledger';
import type { ReleaseFacts, StageFacts } from '@sallyport/gates';
import type { RecordedPromotion } from '../ledger-state.ts';
import { promotionsTo } from '../ledger-state.ts';
import { describeChange, fromFact, mergeDecisionOf } from './describe-change.ts';
import { describeEmergency } from './describe-emergency.ts';
import type { BuildEvidence, Deployment } from './deployment.ts';
import { policyDigest, rulesOf } from './evidence-record.ts';
import type { EvidenceRecord, Landed } from './evidence-record.ts';
import { iso, secondsBetween } from './iso.ts';
import { decisionOf } from './promotion-decision.ts';
import type { PromotionDecision } from './promotion-decision.ts';
import { notRecorded, recorded } from './recorded.ts';
import type { Recorded } from './recorded.ts';

export type Proofs = (index: number) => InclusionProof | null;

/** The row of one promotion. Throws RangeError when `proofOf` cannot prove its intent, which a verified ledger always can. */
export function describeDeployment(record: EvidenceRecord, promotion: RecordedPromotion, proofOf: Proofs): Deployment {
  const decision = decisionOf(record, promotion);
  const landings = landingsBrought(record, promotion, decision);
  const grant = promotion.override === null ? null : (record.state.grants.get(promotion.override) ?? undefined);
  const row = {
    environment: promotion.environment,
    number: promotion.number,
    tag: promotion.tag,
    kind: promotion.rollback !== undefined ? ('rollback' as const) : promotion.override !== null ? ('emergency' as const) : ('normal' as const),
    changes: changesOf(record, decision, landings),
    build: buildOf(record, promotion, decision),
    staging: stagingOf(record, promotion, decision),
    production: productionOf(record, promotion, decision),
    rollback: rollbackOf(promotion, decision),
    emergency: grant === null ? null : grant === undefined ? notRecorded(`override ${promotion.override ?? ''} is not recorded as granted`) : recorded(describeEmergency(record, grant)),
  };
  const intent = proofOf(promotion.index);
  if (intent === null) throw new RangeError(`Entry ${promotion.index} cannot be proved from this ledger.`);
  const entries = entriesOf(record, promotion, decision, landings);
  return { ...row, proof: { index: promotion.index, entries, intent, outcome: promotion.end === null ? null : proofOf(promotion.end.index), grant: grant == null ? null : proofOf(grant.ledgerIndex) } };
}

const because = (decision: PromotionDecision): string => ('problem' in decision ? decision.problem : 'the decision does not say');

/**
 * What a promotion brought, newest first: the landing that was built, and those between it and what ran before. A branch only moves
 * forward, so what landed on it earlier is in what landed later.
 */
function landingsBrought(record: EvidenceRecord, { rollback }: RecordedPromotion, decision: PromotionDecision): readonly Landed[] {
  const facts = decision.state === 'stands' ? decision.facts : null;
  const landing = facts !== null && 'known' in facts.landing ? facts.landing.known : null;
  if (landing === null || landing.change === null || facts === null) return [];
  const built: Landed = { ...landing, change: landing.change };
  const since = rollback === undefined ? mergedAfter(record, facts) : null;
  if (since === null) return [built];
  const carried = record.landings().filter(({ commit, branch, change }) => commit !== built.commit && branch === built.branch && change.mergedAt > since && change.mergedAt <= built.change.mergedAt);
  return [built, ...carried.toSorted((a, b) => b.change.mergedAt - a.change.mergedAt)];
}

/** When what ran before had landed; -Infinity when nothing ran, null when the record does not say. */
function mergedAfter(record: EvidenceRecord, { running }: ReleaseFacts | StageFacts): number | null {
  if (!('known' in running)) return null;
  const ran = running.known;
  if (ran === null) return -Infinity;
  return record.landings().find(({ commit }) => commit === ran.commit)?.change.mergedAt ?? null;
}

function changesOf(record: EvidenceRecord, decision: PromotionDecision, landings: readonly Landed[]): Deployment['changes'] {
  if (decision.state !== 'stands') return notRecorded(because(decision));
  if (landings.length === 0) return notRecorded('the decision knows no pull request by which the commit landed');
  const { owner, name } = decision.facts.repository;
  return recorded(landings.map((landing, place) => describeChange(record, landing, `${owner}/${name}`, place === 0 ? 'built' : 'carried')));
}

function buildOf({ state, policyOf }: EvidenceRecord, promotion: RecordedPromotion, decision: PromotionDecision): Deployment['build'] {
  const build = state.builds.get(promotion.build);
  if (build === undefined) return notRecorded(`no build ${promotion.build} is registered`);
  const { version, digest, commit, artifacts, workflow, runId, release, at, index } = build;
  const required = decision.state === 'stands' ? policyOf(decision.made)?.build.provenance : undefined;
  return recorded({ version, digest, commit, artifacts, workflow, runId, release, registeredAt: iso(at), index, provenance: provenanceOf(decision, required) });
}

function provenanceOf(decision: PromotionDecision, required: 'required' | 'none' | undefined): BuildEvidence['provenance'] {
  if (decision.state !== 'stands') return notRecorded(because(decision));
  const { provenance } = decision.facts;
  if (provenance === undefined) return notRecorded(required === 'none' ? 'the policy in force required none, so none was checked' : 'the decision did not look at any');
  if ('unknown' in provenance) return notRecorded(provenance.unknown);
  const found = provenance.known;
  if (found.state !== 'verified') return notRecorded(`it was ${found.state}`);
  const { signer, run, signedAt, bundle, trustRoot } = found;
  return recorded({ signer, run, signedAt: iso(signedAt), bundle, trustRoot });
}

function stagingOf(record: EvidenceRecord, { environment }: RecordedPromotion, decision: PromotionDecision): Deployment['staging'] {
  if (decision.state !== 'stands') return notRecorded(because(decision));
  if (decision.facts.gate === 'stage') return notRecorded(`${environment} comes after no other environment`);
  const { occupancy } = decision.facts;
  if ('unknown' in occupancy) return notRecorded(occupancy.unknown);
  if (occupancy.known === null) return notRecorded('the environment before this one ran nothing that was known to be healthy');
  const { environment: before, number, healthySince, build } = occupancy.known;
  if ('known' in decision.facts.build && build !== decision.facts.build.known.digest) return notRecorded(`${before} ran another build when it was decided`);
  const startedAt = promotionsTo(record.state, before).find((one) => one.number === number)?.end?.startedAt ?? null;
  const required = record.policyOf(decision.made)?.environments.find(({ name }) => name === environment)?.after?.soakSeconds;
  return recorded({
    environment: before,
    number,
    startedAt: startedAt === null ? notRecorded('when the deploy there started is not recorded') : recorded(iso(Date.parse(startedAt))),
    healthySince: iso(healthySince),
    soakedSeconds: secondsBetween(healthySince, decision.made.at),
    requiredSeconds: required === undefined ? notRecorded('the policy that it was decided by is not recorded') : recorded(required),
  });
}

function productionOf(record: EvidenceRecord, promotion: RecordedPromotion, decision: PromotionDecision): Deployment['production'] {
  const { end } = promotion;
  const made = decision.state === 'missing' ? null : decision.made;
  const policy = made === null ? null : policyDigest(made);
  return {
    intendedAt: iso(promotion.at),
    decidedAt: made === null ? notRecorded(because(decision)) : recorded(iso(made.at)),
    decision: made === null ? notRecorded(because(decision)) : recorded(made.outcome),
    index: promotion.decisionIndex,
    policy: policy === null ? notRecorded('the decision names no policy') : recorded(policy),
    basis: promotion.rollback !== undefined ? 'rollback' : promotion.override !== null ? 'override' : 'rules',
    rules: made === null ? [] : rulesOf(made).map(({ rule, outcome, reason, summary }) => ({ rule, outcome, reason, summary })),
    before: beforeOf(decision),
    uncovered: uncoveredOf(decision),
    startedAt: instantOf(end?.startedAt ?? null, end === null ? 'no end of the deploy is recorded' : 'the deploy never started, or its start is not recorded'),
    endedAt: instantOf(end?.endedAt ?? null, 'no end of the deploy is recorded'),
    outcome: end?.outcome ?? 'unknown',
    says: end?.reason ?? 'nothing is recorded after the intent: no outcome is known',
    runId: end?.runId ?? null,
    by: onWhoseWord(record, promotion),
  };
}

const instantOf = (text: string | null, why: string): Recorded<string> => (text === null ? notRecorded(why) : recorded(iso(Date.parse(text))));

function beforeOf(decision: PromotionDecision): Deployment['production']['before'] {
  if (decision.state !== 'stands') return notRecorded(because(decision));
  const running = fromFact(decision.facts.running);
  if ('notRecorded' in running || running.recorded === null) return running as Recorded<null>;
  const { version, build, number, since } = running.recorded;
  return recorded({ version, build, number, since: iso(since) });
}

function uncoveredOf(decision: PromotionDecision): Deployment['production']['uncovered'] {
  if (decision.state !== 'stands') return notRecorded(because(decision));
  const { ungated, running } = decision.facts;
  if (!ungated.complete) return notRecorded(ungated.missing);
  if (ungated.items.length === 0 && 'known' in running && running.known === null) return notRecorded('nothing ran there before, so there was nothing to count commits from');
  return recorded(ungated.items);
}

function onWhoseWord({ state }: EvidenceRecord, { override, rollback }: RecordedPromotion): string {
  if (rollback !== undefined) return `the gatekeeper, because ${rollback.requester.login} asked for a rollback`;
  if (override === null) return 'the gatekeeper, by the rules of the policy';
  const grant = state.grants.get(override);
  if (grant === undefined) return `the gatekeeper, under override ${override}`;
  return `the gatekeeper, under override ${override}: requested by ${grant.requester.login}, approved by ${grant.approvers.map(({ login }) => login).join(', ')}`;
}

function rollbackOf({ rollback, version }: RecordedPromotion, decision: PromotionDecision): Deployment['rollback'] {
  if (rollback === undefined) return null;
  const facts = decision.state === 'stands' ? decision.facts : null;
  const ranAs = facts?.rollback === undefined ? notRecorded(because(decision)) : fromFact(facts.rollback.ranAs);
  const before = beforeOf(decision);
  return {
    to: version,
    ranAs: 'notRecorded' in ranAs ? ranAs : ranAs.recorded === null ? notRecorded('the decision found no earlier success of this build there') : recorded(ranAs.recorded.number),
    from: 'notRecorded' in before ? before : before.recorded === null ? notRecorded('nothing ran there') : recorded(before.recorded.version),
    requester: rollback.requester,
    reason: rollback.reason,
    requestedAt: iso(Date.parse(rollback.requestedAt)),
  };
}

function entriesOf(record: EvidenceRecord, promotion: RecordedPromotion, decision: PromotionDecision, landings: readonly Landed[]): Deployment['proof']['entries'] {
  const { state } = record;
  const merges = landings.flatMap((landing) => {
    const made = mergeDecisionOf(record, landing);
    return made === null ? [] : [{ what: `merge decision of #${landing.change.number}`, index: made.index }];
  });
  const build = state.builds.get(promotion.build);
  const grant = promotion.override === null ? undefined : state.grants.get(promotion.override);
  const granted = grant === undefined ? null : (record.ledger.entries[grant.ledgerIndex]?.body ?? null);
  const review = promotion.override === null ? undefined : state.reviews.get(promotion.override);
  const staged = stagedEntry(record, decision);
  return [
    ...merges,
    ...(build === undefined ? [] : [{ what: 'build', index: build.index }]),
    ...(staged === null ? [] : [{ what: 'healthy in staging', index: staged }]),
    ...(granted?.type === 'override-granted' ? [{ what: 'decision to grant the override', index: granted.decisionIndex }] : []),
    ...(grant === undefined ? [] : [{ what: 'override granted', index: grant.ledgerIndex }]),
    ...(decision.state === 'missing' ? [] : [{ what: 'decision to promote', index: promotion.decisionIndex }]),
    { what: 'intent', index: promotion.index },
    ...(promotion.end === null ? [] : [{ what: 'outcome', index: promotion.end.index }]),
    ...(review === undefined ? [] : [{ what: 'review opened', index: review.index }]),
  ];
}

function stagedEntry({ state }: EvidenceRecord, decision: PromotionDecision): number | null {
  const occupancy = decision.state === 'stands' && decision.facts.gate === 'release' && 'known' in decision.facts.occupancy ? decision.facts.occupancy.known : null;
  if (occupancy === null) return null;
  return promotionsTo(state, occupancy.environment).find(({ number }) => number === occupancy.number)?.end?.index ?? null;
}
