import { describeInstant } from '@sallyport/calendar';
import type { Question } from '../create-gate.ts';
import type { ReleaseFacts } from '../facts/release-facts.ts';
import type { EnvironmentPolicy, HealthPolicy, Policy } from '@sallyport/policy';
import { judgeRollback } from '../promotion/judge-rollback.ts';
import { environmentOf, valueOf } from '../promotion/promotion-facts.ts';
import { zoneOf } from '../promotion/timetable.ts';
import { untrustedTime } from '../promotion/untrusted-time.ts';
import { timeRuling } from '../promotion/waiver.ts';
import type { Waiver } from '../promotion/waiver.ts';
import { missingFact, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { duration, short } from '../wording.ts';
import { watchedHealth } from './watched-health.ts';
import type { WatchedHealth } from './watched-health.ts';
import { whyNotHealthy } from './why-not-healthy.ts';

/** What comes before, how it is watched, and the zone that people read times in. */
type After = NonNullable<EnvironmentPolicy['after']> & { readonly health: HealthPolicy | null; readonly zone: string };
type Occupancy = NonNullable<Extract<ReleaseFacts['occupancy'], { readonly known: unknown }>['known']>;

function afterOf(policy: Policy, facts: ReleaseFacts): After | null {
  const environment = environmentOf(policy, facts);
  if (environment?.after == null) return null;
  return { ...environment.after, health: environmentOf(policy, environment.after)?.health ?? null, zone: zoneOf(policy, environment) };
}

/** Where nobody probes, the deploy's success is the last that is known of its health. */
const healthOf = ({ environment, health }: After, { healthySince }: Occupancy, { probes }: ReleaseFacts, at: number): WatchedHealth =>
  health === null ? { state: 'healthy', since: healthySince, probe: null } : watchedHealth(environment, health, probes, { deployedAt: healthySince, at });

/** Has exactly this build run healthy in the environment before? No override waives that. */
export function healthyBeforeRule(question: Question<ReleaseFacts>): Ruling {
  const { policy, facts, at } = question;
  const after = afterOf(policy, facts);
  if (after === null) return ruling('healthy-before', [], { reason: 'not-applicable', summary: `No environment comes before ${facts.environment}.` });
  const back = rolledBack('healthy-before', question);
  if (back !== null) return back;
  const occupancy = valueOf(facts.occupancy);
  const health = occupancy === null || at === null ? null : healthOf(after, occupancy, facts, at);
  const since = health?.state === 'healthy' ? health.since : (occupancy?.healthySince ?? 0);
  const summary = `${after.environment} runs exactly this build, healthy since ${describeInstant(since, after.zone)}.`;
  const evidence = occupancy === null ? [] : [`${occupancy.environment} runs build ${occupancy.build} by promotion ${occupancy.number}`, ...probeEvidence(health)];
  return ruling('healthy-before', healthFindings(facts, after, at), { summary, evidence });
}

const probeEvidence = (health: WatchedHealth | null): readonly string[] => {
  const probe = health !== null && 'probe' in health ? health.probe : null;
  return probe === null ? [] : [`probe run ${probe.run}, attempt ${probe.attempt}, ended ${new Date(probe.endedAt).toISOString()}: ${probe.healthy ? 'healthy' : 'unhealthy'}`];
};

function healthFindings(facts: ReleaseFacts, after: After, at: number | null): readonly Finding[] {
  const { occupancy, build } = facts;
  const { environment, zone } = after;
  if ('unknown' in occupancy) return [missingFact(`What ${environment} runs`, occupancy.unknown)];
  if ('unknown' in build) return [missingFact('Which build to look for', build.unknown)];
  const wait = (summary: string, what: string): readonly Finding[] => [{ outcome: 'wait', reason: 'not-healthy-before', summary, next: [{ who: 'the gatekeeper', what }] }];
  const runs = occupancy.known;
  if (runs === null) return wait(`${environment} runs nothing that is known to be healthy.`, `promote the build to ${environment} first`);
  if (runs.environment !== environment) return [missingFact(`What ${environment} runs`, `what was read is about ${runs.environment}`)];
  if (runs.build !== build.known.digest) return wait(`${environment} runs build ${short(runs.build)}, not ${short(build.known.digest)}.`, `promote this build to ${environment} first, or release the one that is there`);
  if (at === null) return [untrustedTime(`Whether ${environment} is healthy already`)];
  if (runs.healthySince > at) return wait(`${environment} is dated healthy only from ${describeInstant(runs.healthySince, zone)}, which is still to come.`, 'wait until then');
  return watchedFindings(healthOf(after, runs, facts, at), after);
}

/** What the probes say against it now. */
function watchedFindings(watched: WatchedHealth, { environment, health, zone }: After): readonly Finding[] {
  switch (watched.state) {
    case 'healthy':
      return [];
    case 'unhealthy':
      return [{ outcome: 'wait', reason: 'unhealthy-before', summary: whyNotHealthy(watched, { environment, zone }), next: [{ who: `whoever runs ${environment}`, what: `see what run ${watched.probe.run} found and mend it; the next healthy probe settles this, and the soak starts again with it` }] }];
    case 'silent':
      return [{ outcome: 'wait', reason: 'probe-missing', summary: whyNotHealthy(watched, { environment, zone }), next: [{ who: `whoever runs ${environment}`, what: `let ${health?.workflow ?? 'its probe'} run on the default branch, and find out why it did not; the soak starts again with it` }] }];
    case 'unknown':
      return [watched.finding];
    default:
      return watched satisfies never;
  }
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
  const health = here ? healthOf(after, occupancy, facts, at) : null;
  const findings = health === null ? [notThere(after)] : soakFindings(after, health, at);
  const evidence = health?.state === 'healthy' ? [`healthy since ${new Date(health.since).toISOString()}`, `soak ${after.soakSeconds} s`] : [];
  return timeRuling('soak', findings, { summary: `It has soaked in ${after.environment} for at least ${duration(after.soakSeconds)}.`, evidence }, 'soak', waiver);
}

/** A build that goes back to where it ran was staged and soaked before it came there; what runs in staging now is another matter. */
function rolledBack(rule: string, question: Question<ReleaseFacts>): Ruling | null {
  const verdict = judgeRollback(question);
  if (verdict.state !== 'valid') return null;
  return ruling(rule, [], { reason: 'rollback', summary: `It was healthy in ${question.facts.environment} before, as promotion ${verdict.ranAs.number}.`, evidence: [`rollback ${verdict.rollback.id}`] });
}

function soakFindings({ environment, soakSeconds, zone }: After, health: WatchedHealth, at: number): readonly Finding[] {
  if (health.state === 'unknown') return [health.finding];
  if (health.state !== 'healthy') return [{ outcome: 'wait', reason: 'soaking', summary: `Its soak of ${duration(soakSeconds)} begins again when a probe finds ${environment} healthy.` }];
  const doneAt = health.since + soakSeconds * 1000;
  if (at >= doneAt) return [];
  const summary = `It soaks in ${environment} until ${describeInstant(doneAt, zone)}: ${duration(soakSeconds)} from when it became healthy.`;
  return [{ outcome: 'wait', reason: 'soaking', summary, next: [{ who: `the soak in ${environment}`, what: `wait until it ends, ${describeInstant(doneAt, zone)}` }], recheckAt: doneAt }];
}

const notThere = ({ environment, soakSeconds }: After): Finding => ({ outcome: 'wait', reason: 'soaking', summary: `Its soak of ${duration(soakSeconds)} begins when ${environment} runs it.` });
