import { localDate } from '@sallyport/calendar';
import type { Instant } from '@sallyport/calendar';
import type { Question } from '../create-gate.ts';
import type { NextStep } from '../decision.ts';
import type { ScheduleFact } from '../facts/schedule-facts.ts';
import type { Finding } from '../ruling.ts';
import { short } from '../wording.ts';
import { judgeRollback } from './judge-rollback.ts';
import { environmentOf, valueOf } from './promotion-facts.ts';
import type { PromotionFacts } from './promotion-facts.ts';
import { zoneOf } from './timetable.ts';

type Asked = Question<PromotionFacts>;
type Calendar = { readonly text: (at: Instant) => string; readonly opening: Instant | null };

/**
 * What keeps a build waiting that a release manager plans: no opening was named, another one, or for another build. Where the policy
 * releases automatically, a named opening only puts the release off, and one that has passed says nothing any more.
 */
export function scheduleFindings(question: Asked, { text, opening }: Calendar): readonly Finding[] {
  const { facts, at } = question;
  const required = isRequired(question);
  const schedule = scheduleOf(question);
  const steps = [planAgain(question, opening)];
  if (schedule === null) return required ? [{ outcome: 'wait', reason: 'not-scheduled', summary: `A release manager says when ${facts.environment} is released, and no opening was named yet.`, next: steps }] : [];
  const { build, from, to, by } = schedule;
  const meant = `${by.login} scheduled ${build === null ? 'the release' : short(build)} for ${text(from)}`;
  // Without a trusted time the window's own finding says so.
  if (at === null) return [];
  if (at >= to) return required ? [{ outcome: 'wait', reason: 'schedule-missed', summary: `${meant}. That opening ended ${text(to)} without a release; it is not made up for.`, next: steps }] : [];
  if (build !== null && build !== valueOf(facts.build)?.digest) return required ? [{ outcome: 'wait', reason: 'scheduled-other-build', summary: `${meant}, not this build.`, next: steps }] : [];
  return at < from ? [{ outcome: 'wait', reason: 'scheduled-later', summary: `${meant}.`, next: [{ who: 'the schedule', what: `wait until ${text(from)}`, effort: 'wait' }], recheckAt: from }] : [];
}

/** A sentence for a window that is open: whose plan this is. Empty where nobody's is. */
export function scheduledFor(question: Asked): string {
  const schedule = scheduleOf(question);
  return schedule !== null && isNow(schedule, question) ? ` ${schedule.by.login} scheduled the release for it.` : '';
}

export function scheduleEvidence(question: Asked): readonly string[] {
  const schedule = scheduleOf(question);
  return schedule === null ? [] : [`schedule ${schedule.id} by ${schedule.by.login}`];
}

const isNow = ({ from, to }: ScheduleFact, { at }: Asked): boolean => at !== null && at >= from && at < to;

/** An incident is not planned: a rollback that somebody asked for goes by its own rules. */
function scheduleOf(question: Asked): ScheduleFact | null {
  return judgeRollback(question).state === 'valid' ? null : (question.facts.schedule ?? null);
}

/** Facts from before schedules were gathered hold none; policyEnforcedRule speaks of them. */
function isRequired(question: Asked): boolean {
  const { policy, facts } = question;
  return environmentOf(policy, facts)?.promote === 'scheduled' && facts.schedule !== undefined && judgeRollback(question).state !== 'valid';
}

function planAgain({ policy, facts }: Asked, opening: Instant | null): NextStep {
  const environment = environmentOf(policy, facts);
  const date = opening === null || environment === null ? '<date>' : localDate(zoneOf(policy, environment), opening);
  return { who: 'someone with the maintain role', what: 'name the opening on the release issue', command: `/schedule ${facts.environment} ${date}`, effort: 'click' };
}
