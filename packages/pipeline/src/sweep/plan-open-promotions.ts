import { digestOf } from '@sallyport/gates';
import type { EnvironmentPolicy } from '@sallyport/policy';
import { openPromotions, promotionsTo, rollbackIn } from '../ledger-state.ts';
import type { RecordedPromotion } from '../ledger-state.ts';
import type { DeployRun, PromotionTag } from '../ports.ts';
import { parseTagMessage, renderTagMessage } from '../promotion-tag.ts';
import { isSilent } from '../silent-deploy.ts';
import { decidePromotion } from './decide-promotion.ts';
import type { Draft } from './draft.ts';
import type { View } from './view.ts';

/**
 * Takes every promotion that was intended and has no end one step further: makes its tag if the gate still allows it,
 * gives it up if not, or records how its deploy ended. This is also how a sweep that died is resumed.
 */
export async function planOpenPromotions(view: View, environment: EnvironmentPolicy, draft: Draft): Promise<void> {
  const open = openPromotions(view.state, environment.name);
  const tags = await view.outside.promotions.listTags(environment.name);
  noteStrangers(view, environment, tags, draft);
  for (const promotion of open) {
    const tag = tags.find(({ name }) => name === promotion.tag);
    if (tag === undefined) await planMissingTag(view, environment, promotion, draft);
    else if (agrees(tag, promotion)) await planOutcome(view, environment, promotion, draft);
    else draft.note({ code: 'tag-disagrees', message: `${tag.name} does not carry what the ledger intends at entry ${promotion.index}. Nothing more goes to ${environment.name} until someone with the tag ruleset's rights has looked at it.` });
  }
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
  const build = view.state.builds.get(promotion.build);
  const newest = promotionsTo(view.state, environment.name).at(-1)?.number ?? promotion.number;
  const asking = { for: 'start', number: promotion.number, tag: promotion.tag, intended: true, ended: false, newest } as const;
  const rollback = rollbackIn(promotion);
  const { decision, facts } = await decidePromotion(view, { environment, build: promotion.build, asking, ...(rollback === undefined ? {} : { rollback }) });
  if (decision.outcome === 'unknown' || build === undefined) {
    draft.decide(decision, facts);
    return;
  }
  if (decision.outcome !== 'allow') {
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

async function planOutcome(view: View, environment: EnvironmentPolicy, promotion: RecordedPromotion, draft: Draft): Promise<void> {
  const found = await view.outside.promotions.findDeploy(promotion.tag, promotion.commit, environment.workflow);
  if ('unknown' in found) {
    draft.note({ code: 'deploy-unreadable', message: `The deploy of ${promotion.tag} could not be read: ${found.unknown}. Nothing more goes to ${environment.name} until it can.` });
    return;
  }
  const run = found.known;
  if (run === null) {
    const silent = isSilent(promotion.at, view.at);
    draft.note(
      silent
        ? { code: 'deploy-silent', message: `${promotion.tag} has started no run of ${environment.workflow} in an hour. Nothing more goes to ${environment.name} until a run of it ends. See that the workflow is enabled and is in the tagged commit.` }
        : { code: 'deploy-pending', message: `${promotion.tag} waits for its run of ${environment.workflow}.` },
    );
    return;
  }
  const outcome = endOf(run);
  if (outcome === null) {
    draft.note(
      isSilent(promotion.at, view.at)
        ? { code: 'deploy-silent', message: `The deploy of ${promotion.tag} has not ended in an hour; it is ${run.state}: ${run.url} Nothing more goes to ${environment.name} until it ends. Let it end, or cancel the run, which is then recorded as failed; after that let a newer build go, or ask for \`/rollback ${environment.name} …\`.` }
        : { code: 'deploy-pending', message: `The deploy of ${promotion.tag} is ${run.state}: ${run.url}` },
    );
    return;
  }
  recordEnd(draft, promotion, { outcome, reason: `run ${run.id}, attempt ${run.attempt}`, runId: run.id, startedAt: run.startedAt, endedAt: run.endedAt ?? view.at });
}

function endOf(run: DeployRun): 'succeeded' | 'failed' | null {
  switch (run.state) {
    case 'succeeded':
    case 'failed':
      return run.state;
    case 'waiting':
    case 'running':
      return null;
    default:
      return run.state satisfies never;
  }
}

type End = { readonly outcome: 'succeeded' | 'failed' | 'abandoned'; readonly reason: string; readonly runId: number | null; readonly startedAt: number | null; readonly endedAt: number };

function recordEnd(draft: Draft, promotion: RecordedPromotion, end: End): void {
  const { environment, number, build } = promotion;
  draft.record({
    key: `promotion-end:${environment}:${number}`,
    body: { type: 'promotion-ended', environment, number, build, outcome: end.outcome, reason: end.reason, runId: end.runId, startedAt: end.startedAt === null ? null : iso(end.startedAt), endedAt: iso(end.endedAt) },
  });
}

const iso = (at: number): string => new Date(at).toISOString();
