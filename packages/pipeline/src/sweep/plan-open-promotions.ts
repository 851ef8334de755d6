import { digestOf, duration, mainObjection } from '@sallyport/gates';
import type { EnvironmentPolicy } from '@sallyport/policy';
import { openPromotions, promotionsTo, rollbackIn } from '../ledger-state.ts';
import type { PromotionEnd, RecordedPromotion } from '../ledger-state.ts';
import type { DeployRun, PromotionTag } from '../ports.ts';
import { parseTagMessage, renderTagMessage } from '../promotion-tag.ts';
import { isSilent } from '../silent-deploy.ts';
import { neverStarts, startBy, startWithinSeconds } from '../start-deadline.ts';
import { decidePromotion } from './decide-promotion.ts';
import type { PromotionAnswer } from './decide-promotion.ts';
import type { Draft } from './draft.ts';
import type { View } from './view.ts';

/**
 * Takes every promotion that was intended and has no end one step further: makes its tag if the gate still allows it,
 * gives it up if not, or records how its deploy ended. This is also how a sweep that died is resumed.
 */
export async function planOpenPromotions(view: View, environment: EnvironmentPolicy, draft: Draft): Promise<void> {
  const open = openPromotions(view.state, environment.name);
  const tags = view.tags.get(environment.name) ?? [];
  noteStrangers(view, environment, tags, draft);
  for (const promotion of open) {
    const tag = tags.find(({ name }) => name === promotion.tag);
    if (tag === undefined) await planMissingTag(view, environment, promotion, draft);
    else await planTagged(view, environment, { promotion, tag }, draft);
  }
}

async function planTagged(view: View, environment: EnvironmentPolicy, { promotion, tag }: { readonly promotion: RecordedPromotion; readonly tag: PromotionTag }, draft: Draft): Promise<void> {
  if (agrees(tag, promotion)) await planOutcome(view, environment, promotion, draft);
  else draft.note({ code: 'tag-disagrees', message: `${tag.name} does not carry what the ledger intends at entry ${promotion.index}. Nothing more goes to ${environment.name} until someone with the tag ruleset's rights has looked at it.` });
}

/** A tag nobody intended starts nothing (the deploy asks the ledger), but somebody could make it. */
function noteStrangers(view: View, environment: EnvironmentPolicy, tags: readonly PromotionTag[], draft: Draft): void {
  const intended = new Set(promotionsTo(view.state, environment.name).map(({ tag }) => tag));
  for (const { name } of tags) {
    if (!intended.has(name)) draft.note({ code: 'tag-unknown', message: `${name} exists but the ledger never intended it. Its deploy is refused; check who may create promotion tags.` });
  }
}

function agrees(tag: PromotionTag, promotion: RecordedPromotion): boolean {
  const message = parseTagMessage(tag.message);
  return tag.commit === promotion.commit && message !== null && message.build === promotion.build && message.number === promotion.number && message.intentIndex === promotion.index;
}

async function planMissingTag(view: View, environment: EnvironmentPolicy, promotion: RecordedPromotion, draft: Draft): Promise<void> {
  if (view.at > startBy(environment, promotion.at)) return planLateTag(view, environment, promotion, draft);
  const build = view.state.builds.get(promotion.build);
  const { decision, facts } = await askAgain(view, environment, promotion);
  if (decision.outcome === 'unknown' || build === undefined) {
    draft.decide(decision, facts);
    return;
  }
  if (decision.outcome !== 'allow') {
    // Another gatekeeper may have made it since the tags were listed, when the gate still allowed it; its deploy may be on its way.
    const tag = (await view.outside.promotions.listTags(environment.name)).find(({ name }) => name === promotion.tag);
    if (tag !== undefined) return planTagged(view, environment, { promotion, tag }, draft);
    draft.decide(decision, facts);
    recordEnd(draft, promotion, { outcome: 'abandoned', reason: 'the gate no longer allows it and its tag was never made', runId: null, startedAt: null, endedAt: view.at });
    return;
  }
  const made = view.ledger.entries[promotion.decisionIndex];
  const { checkpoint } = view.ledger;
  if (made?.body.type !== 'decision-made' || checkpoint === null) {
    draft.note({ code: 'tag-disagrees', message: `Entry ${promotion.index} intends ${promotion.tag} by the decision in entry ${promotion.decisionIndex}, but that is no decision. No tag is made.` });
    return;
  }
  draft.effect({ effect: 'create-tag', tag: promotion.tag, commit: promotion.commit, message: renderTagMessage(promotion, build, digestOf(made.body.decision), checkpoint), taggedAt: promotion.at });
}

/** Whether it may start, as its deploy would be told now. */
function askAgain(view: View, environment: EnvironmentPolicy, promotion: RecordedPromotion): Promise<PromotionAnswer> {
  const newest = promotionsTo(view.state, environment.name).at(-1)?.number ?? promotion.number;
  const asking = { for: 'start', number: promotion.number, tag: promotion.tag, intended: true, ended: false, newest } as const;
  const rollback = rollbackIn(promotion);
  return decidePromotion(view, { environment, build: promotion.build, asking, ...(rollback === undefined ? {} : { rollback }) });
}

/** A deploy that the tag would start now is refused as late. A run that is there all the same had a tag, which is gone. */
async function planLateTag(view: View, environment: EnvironmentPolicy, promotion: RecordedPromotion, draft: Draft): Promise<void> {
  const found = await view.outside.promotions.findDeploy(promotion.tag, promotion.commit, environment.workflow);
  if ('unknown' in found || found.known !== null) return planOutcome(view, environment, promotion, draft);
  if (!neverStarts(environment, promotion.at, view.at)) {
    draft.note({ code: 'deploy-pending', message: `The tag of ${promotion.tag} was not made in time. The promotion is over when no run of it is seen.` });
    return;
  }
  recordEnd(draft, promotion, { outcome: 'abandoned', reason: `its tag was not made within ${duration(startWithinSeconds(environment))}`, runId: null, startedAt: null, endedAt: view.at });
}

async function planOutcome(view: View, environment: EnvironmentPolicy, promotion: RecordedPromotion, draft: Draft): Promise<void> {
  const found = await view.outside.promotions.findDeploy(promotion.tag, promotion.commit, environment.workflow);
  if ('unknown' in found) {
    noteUnreadable(environment, promotion, found.unknown, draft);
    return;
  }
  const run = found.known;
  if (run === null) {
    planUnstarted(view, environment, promotion, draft);
    return;
  }
  switch (run.state) {
    case 'succeeded':
      recordEnd(draft, promotion, endOf(run, view.at, 'succeeded', asRun(run)));
      return;
    case 'failed':
      return planFailure(view, environment, { promotion, run }, draft);
    case 'waiting':
    case 'running':
      draft.note(
        isSilent(promotion.at, view.at)
          ? { code: 'deploy-silent', message: `The deploy of ${promotion.tag} has not ended in an hour; it is ${run.state}: ${run.url} Nothing more goes to ${environment.name} until it ends. Let it end, or cancel the run, which is then recorded as failed; after that let a newer build go, or ask for \`/rollback ${environment.name} …\`.` }
          : { code: 'deploy-pending', message: `The deploy of ${promotion.tag} is ${run.state}: ${run.url}` },
      );
      return;
    default:
      run.state satisfies never;
  }
}

const noteUnreadable = (environment: EnvironmentPolicy, promotion: RecordedPromotion, why: string, draft: Draft): void =>
  draft.note({ code: 'deploy-unreadable', message: `The deploy of ${promotion.tag} could not be read: ${why}. Nothing more goes to ${environment.name} until it can.` });

/** Its number is used up when it is over, so a run that comes later is refused (P11). */
function planUnstarted(view: View, environment: EnvironmentPolicy, promotion: RecordedPromotion, draft: Draft): void {
  const within = duration(startWithinSeconds(environment));
  if (neverStarts(environment, promotion.at, view.at)) {
    recordEnd(draft, promotion, { outcome: 'not-started', reason: `its tag started no run of ${environment.workflow} within ${within}`, runId: null, startedAt: null, endedAt: view.at });
    return;
  }
  draft.note({ code: 'deploy-pending', message: `${promotion.tag} waits for its run of ${environment.workflow}. Without one within ${within} the promotion is over.` });
}

/** A deploy that was only told no has changed nothing, so it is no failure, and its build is decided on again. */
async function planFailure(view: View, environment: EnvironmentPolicy, { promotion, run }: { readonly promotion: RecordedPromotion; readonly run: DeployRun }, draft: Draft): Promise<void> {
  const refused = await view.outside.promotions.wasRefused(run);
  if ('unknown' in refused) {
    noteUnreadable(environment, promotion, refused.unknown, draft);
    return;
  }
  if (!refused.known) {
    recordEnd(draft, promotion, endOf(run, view.at, 'failed', asRun(run)));
    return;
  }
  const { decision, facts } = await askAgain(view, environment, promotion);
  draft.decide(decision, facts);
  const objection = mainObjection(decision);
  const why = objection === null ? 'The gate has no objection any more; the summary of the run has the one that it had' : objection.summary.replace(/\.$/, '');
  recordEnd(draft, promotion, endOf(run, view.at, 'refused', `${asRun(run)}. ${why}`));
}

const asRun = ({ id, attempt }: DeployRun): string => `run ${id}, attempt ${attempt}`;

const endOf = (run: DeployRun, at: number, outcome: End['outcome'], reason: string): End => ({ outcome, reason, runId: run.id, startedAt: run.startedAt, endedAt: run.endedAt ?? at });

type End = { readonly outcome: PromotionEnd['outcome']; readonly reason: string; readonly runId: number | null; readonly startedAt: number | null; readonly endedAt: number };

function recordEnd(draft: Draft, promotion: RecordedPromotion, end: End): void {
  const { environment, number, build } = promotion;
  draft.record({
    key: `promotion-end:${environment}:${number}`,
    body: { type: 'promotion-ended', environment, number, build, outcome: end.outcome, reason: end.reason, runId: end.runId, startedAt: end.startedAt === null ? null : iso(end.startedAt), endedAt: iso(end.endedAt) },
  });
}

const iso = (at: number): string => new Date(at).toISOString();
