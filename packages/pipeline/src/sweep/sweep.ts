import { trustedTime } from '@sallyport/gates';
import type { ClockReading } from '@sallyport/gates';
import type { VerifiedLedger } from '@sallyport/ledger';
import type { Policy } from '@sallyport/policy';
import { adoptPolicy } from '../adopt-policy.ts';
import { calendarsAt } from '../gather-calendars.ts';
import type { LedgerWriter } from '../ledger-access.ts';
import { readState } from '../ledger-state.ts';
import type { Outside, RepositoryFact } from '../ports.ts';
import { explainMissing, policyErrors, readPolicy } from '../read-policy.ts';
import type { CurrentPolicy, PolicyMissing } from '../read-policy.ts';
import { describeFault } from '../require-intact.ts';
import { applyEffect } from './apply-effect.ts';
import { startDraft } from './draft.ts';
import { findInconsistencies } from './find-inconsistencies.ts';
import type { Effect, MadeDecision, Note, RoundPlan } from './effect.ts';
import { planCommands } from './plan-commands.ts';
import { planCourtesies } from './plan-courtesies.ts';
import { planDrift } from './plan-drift.ts';
import { planForms } from './plan-forms.ts';
import { planMissedWindow } from './plan-missed-windows.ts';
import { planNewPromotion } from './plan-new-promotion.ts';
import { planNotices } from './plan-notices.ts';
import { planOpenPromotions } from './plan-open-promotions.ts';
import { planOverrides } from './plan-overrides.ts';
import { planRollbacks } from './plan-rollbacks.ts';
import { planReviews } from './plan-reviews.ts';
import { tellPeople } from './tell-people.ts';
import type { Told } from './tell-people.ts';
import type { View } from './view.ts';

/** Each round takes every promotion at most one step; more than this means two gatekeepers are racing without end. */
const maximumRounds = 12;

export type SweepReport = {
  readonly state: 'swept' | 'planned' | 'clock-untrusted' | 'ledger-broken' | 'unsettled' | PolicyMissing['state'];
  readonly effects: readonly Effect[];
  /** The last decision on each question, in the order they were first made. */
  readonly decisions: readonly MadeDecision[];
  readonly notes: readonly Note[];
  readonly problems: readonly string[];
  readonly now: ClockReading;
};

export type SweepOptions = {
  /** Print, don't do: one round's plan, and nothing applied. */
  readonly dryRun: boolean;
  readonly openLedger: (policy: CurrentPolicy, repository: RepositoryFact) => LedgerWriter;
  /** Told of each effect just before it is applied. */
  readonly onEffect?: (effect: Effect) => void;
};

/**
 * The gatekeeper's one job: look at the repository, decide, do what follows, and look again until nothing follows.
 * Safe to run at any time, twice at once, and after a crash at any point (L7).
 */
export async function sweep(outside: Outside, options: SweepOptions): Promise<SweepReport> {
  const done: Effect[] = [];
  const decisions = new Map<string, MadeDecision>();
  for (let round = 0; round < maximumRounds; round += 1) {
    const looked = await look(outside, options);
    if (!('view' in looked)) return { ...looked, effects: done, decisions: [...decisions.values()], notes: [] };
    const plan = await planRound(looked.view);
    for (const made of plan.decisions) decisions.set(JSON.stringify([made.decision.gate, made.decision.subject, made.rollback]), made);
    const finish = (state: SweepReport['state'], effects: readonly Effect[]): SweepReport => ({ state, effects, decisions: [...decisions.values()], notes: plan.notes, problems: [], now: looked.view.now });
    if (options.dryRun) return finish('planned', [...plan.effects, ...(plan.effects.length === 0 ? [...(await plan.courtesies()), ...(await planNotices(looked.view, plan.decisions))] : [])]);
    if (plan.effects.length === 0) {
      const told = await tellPeople(looked, await plan.courtesies(), options.onEffect);
      const noticed = await giveNotices(outside, looked, { told, decisions: plan.decisions }, options);
      return { ...finish('swept', [...done, ...told.effects, ...noticed.effects]), notes: [...plan.notes, ...told.notes, ...noticed.notes] };
    }
    done.push(...(await applyPlan(looked, plan, options)));
  }
  return { state: 'unsettled', effects: done, decisions: [...decisions.values()], notes: [], problems: [`The sweep did not settle in ${maximumRounds} rounds; the next one goes on from here.`], now: await outside.clock.read() };
}

async function applyPlan({ view, ledger }: Looked, plan: RoundPlan, options: SweepOptions): Promise<readonly Effect[]> {
  const done: Effect[] = [];
  for (const effect of plan.effects) {
    options.onEffect?.(effect);
    const applied = await applyEffect(view.outside, ledger, effect, view.at);
    if (applied === 'stale') return done;
    done.push(effect);
  }
  return done;
}

/** After everything else, because they belong on the release issues, one of which may just have been opened. */
async function giveNotices(outside: Outside, looked: Looked, { told, decisions }: { readonly told: Told; readonly decisions: readonly MadeDecision[] }, options: SweepOptions): Promise<Told> {
  const nothing: Told = { effects: [], notes: [], brokeOff: told.brokeOff };
  if (told.brokeOff) return nothing;
  const now = told.effects.some(({ effect }) => effect === 'open-release') ? await look(outside, options) : looked;
  return 'view' in now ? tellPeople(now, await planNotices(now.view, decisions), options.onEffect) : nothing;
}

type Looked = { readonly view: View; readonly ledger: LedgerWriter };
type CannotLook = Pick<SweepReport, 'state' | 'problems' | 'now'>;

async function look(outside: Outside, options: SweepOptions): Promise<Looked | CannotLook> {
  const [now, repository, reading] = await Promise.all([outside.clock.read(), outside.changes.repository(), readPolicy(outside.policy)]);
  const at = trustedTime(now);
  if (at === null) {
    return { state: 'clock-untrusted', now, problems: ["GitHub's clock could not be read, or this machine's is more than a minute off. Nothing is decided without a trusted time."] };
  }
  if (reading.state !== 'valid') return { state: reading.state, now, problems: [explainMissing(reading, 'nothing is decided'), ...policyErrors(reading)] };
  const { current } = reading;
  const ledger = options.openLedger(current, repository);
  const tags = await listTags(outside, current.sealed.value);
  const check = await readLedger(ledger, tags, current.sealed.value.ledger.keys);
  if ('problems' in check) return { state: 'ledger-broken', now, problems: check.problems };
  const calendars = calendarsAt(outside.calendars, current.sealed.value, now);
  return { ledger, view: { outside, now, at, repository, policy: current, calendars, tags, ledger: check, state: readState(check), unreadCommands: null } };
}

/** The ledger as it is, where it is intact and knows what the tags remember. */
async function readLedger(ledger: LedgerWriter, tags: View['tags'], keys: readonly string[]): Promise<VerifiedLedger | { readonly problems: readonly string[]; readonly mayBeStale: boolean }> {
  const read = async () => {
    const check = await ledger.read();
    if (check.state === 'broken') return { problems: check.faults.map(describeFault), mayBeStale: false };
    const problems = findInconsistencies(check, tags, keys);
    return problems.length === 0 ? check : { problems, mayBeStale: true };
  };
  const first = await read();
  // GitHub may answer from where the last entries have not arrived yet: what is gone is gone at the second look too.
  return 'problems' in first && first.mayBeStale ? read() : first;
}

async function listTags({ promotions }: Outside, { environments }: Policy): Promise<View['tags']> {
  return new Map(await Promise.all(environments.map(async ({ name }) => [name, await promotions.listTags(name)] as const)));
}

async function planRound(looked: View): Promise<RoundPlan> {
  const draft = startDraft(looked.state);
  for (const entry of await adoptPolicy(looked.outside.policy, looked.state, looked.policy)) draft.record(entry);
  const { issues, handled, missing } = await planCommands(looked, draft);
  const forms = await planForms(looked, draft);
  const view: View = { ...looked, unreadCommands: missing };
  const finish = (): RoundPlan => {
    const plan = draft.finish();
    return { ...plan, courtesies: () => planCourtesies(view, issues, { decisions: plan.decisions, forms }) };
  };
  // What people have asked for is in force before anything else is decided.
  if (handled + forms.handled > 0) return finish();
  await planOverrides(view, forms.open, draft);
  const rollbacks = await view.outside.desk.listRollbacks();
  if (!rollbacks.complete) draft.note({ code: 'request-unreadable', message: rollbacks.missing });
  // Last environment first: what is on its way out of staging is settled before staging takes something new.
  for (const environment of [...view.policy.sealed.value.environments].reverse()) {
    await planOpenPromotions(view, environment, draft);
    await planRollbacks(view, environment, rollbacks.items, draft);
    await planNewPromotion(view, environment, draft);
    await planMissedWindow(view, environment, draft);
    await planDrift(view, environment, draft);
  }
  planReviews(view, draft);
  return finish();
}
