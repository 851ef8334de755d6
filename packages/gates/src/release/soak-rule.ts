import { describeInstant } from '@sallyport/calendar';
import type { Question } from '../create-gate.ts';
import type { ReleaseFacts } from '../facts/release-facts.ts';
import type { EnvironmentPolicy, Policy } from '@sallyport/policy';
import { judgeRollback } from '../promotion/judge-rollback.ts';
import { environmentOf, valueOf } from '../promotion/promotion-facts.ts';
import { zoneOf } from '../promotion/timetable.ts';
import { untrustedTime } from '../promotion/untrusted-time.ts';
import { timeRuling } from '../promotion/waiver.ts';
import type { Waiver } from '../promotion/waiver.ts';
import { missingFact, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { duration, short } from '../wording.ts';

/** What comes before, and the zone that people read times in. */
type After = NonNullable<EnvironmentPolicy['after']> & { readonly zone: string };

function afterOf(policy: Policy, facts: ReleaseFacts): After | null {
  const environment = environmentOf(policy, facts);
  return environment?.after == null ? null : { ...environment.after, zone: zoneOf(policy, environment) };
}

/** Has exactly this build run healthy in the environment before? No override waives that. */
export function healthyBeforeRule(question: Question<ReleaseFacts>): Ruling {
  const { policy, facts, at } = question;
  const after = afterOf(policy, facts);
  if (after === null) return ruling('healthy-before', [], { reason: 'not-applicable', summary: `No environment comes before ${facts.environment}.` });
  const back = rolledBack('healthy-before', question);
  if (back !== null) return back;
  const occupancy = valueOf(facts.occupancy);
  const summary = `${after.environment} runs exactly this build, healthy since ${describeInstant(occupancy?.healthySince ?? 0, after.zone)}.`;
  const evidence = occupancy === null ? [] : [`${occupancy.environment} runs build ${occupancy.build} by promotion ${occupancy.number}`];
  return ruling('healthy-before', healthFindings(facts, after, at), { summary, evidence });
}

function healthFindings({ occupancy, build }: ReleaseFacts, { environment, zone }: After, at: number | null): readonly Finding[] {
  if ('unknown' in occupancy) return [missingFact(`What ${environment} runs`, occupancy.unknown)];
  if ('unknown' in build) return [missingFact('Which build to look for', build.unknown)];
  const wait = (summary: string, what: string): readonly Finding[] => [{ outcome: 'wait', reason: 'not-healthy-before', summary, next: [{ who: 'the gatekeeper', what }] }];
  const runs = occupancy.known;
  if (runs === null) return wait(`${environment} runs nothing that is known to be healthy.`, `promote the build to ${environment} first`);
  if (runs.environment !== environment) return [missingFact(`What ${environment} runs`, `what was read is about ${runs.environment}`)];
  if (runs.build !== build.known.digest) return wait(`${environment} runs build ${short(runs.build)}, not ${short(build.known.digest)}.`, `promote this build to ${environment} first, or release the one that is there`);
  if (at === null) return [untrustedTime(`Whether ${environment} is healthy already`)];
  return runs.healthySince > at ? wait(`${environment} is dated healthy only from ${describeInstant(runs.healthySince, zone)}, which is still to come.`, 'wait until then') : [];
}

/** Has it run there for the whole soak time? */
export function soakRule(question: Question<ReleaseFacts>, waiver: Waiver | null): Ruling {
  const { policy, facts, at } = question;
  const after = afterOf(policy, facts);
  const occupancy = valueOf(facts.occupancy);
  if (after === null) return ruling('soak', [], { reason: 'not-applicable', summary: `No environment comes before ${facts.environment}.` });
  const back = rolledBack('soak', question);
  if (back !== null) return back;
  if ('unknown' in facts.occupancy) return ruling('soak', [missingFact('How long the build has soaked', facts.occupancy.unknown)], { summary: '' });
  if (at === null) return ruling('soak', [untrustedTime('How long the build has soaked')], { summary: '' });
  const here = occupancy !== null && occupancy.build === valueOf(facts.build)?.digest;
  const findings = here ? soakFindings(after, occupancy.healthySince, at) : [notThere(after)];
  const evidence = here ? [`healthy since ${new Date(occupancy.healthySince).toISOString()}`, `soak ${after.soakSeconds} s`] : [];
  return timeRuling('soak', findings, { summary: `It has soaked in ${after.environment} for at least ${duration(after.soakSeconds)}.`, evidence }, 'soak', waiver);
}

/** A build that goes back to where it ran was staged and soaked before it came there; what runs in staging now is another matter. */
function rolledBack(rule: string, question: Question<ReleaseFacts>): Ruling | null {
  const verdict = judgeRollback(question);
  if (verdict.state !== 'valid') return null;
  return ruling(rule, [], { reason: 'rollback', summary: `It was healthy in ${question.facts.environment} before, as promotion ${verdict.ranAs.number}.`, evidence: [`rollback ${verdict.rollback.id}`] });
}

function soakFindings({ environment, soakSeconds, zone }: After, healthySince: number, at: number): readonly Finding[] {
  const doneAt = healthySince + soakSeconds * 1000;
  if (at >= doneAt) return [];
  const summary = `It soaks in ${environment} until ${describeInstant(doneAt, zone)}: ${duration(soakSeconds)} from when it became healthy.`;
  return [{ outcome: 'wait', reason: 'soaking', summary, next: [{ who: `the soak in ${environment}`, what: `wait until it ends, ${describeInstant(doneAt, zone)}` }], recheckAt: doneAt }];
}

const notThere = ({ environment, soakSeconds }: After): Finding => ({ outcome: 'wait', reason: 'soaking', summary: `Its soak of ${duration(soakSeconds)} begins when ${environment} runs it.` });
