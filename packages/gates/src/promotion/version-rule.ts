import semver from 'semver';
import type { Question } from '../create-gate.ts';
import { missingFact, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { judgeRollback } from './judge-rollback.ts';
import type { RollbackVerdict } from './judge-rollback.ts';
import { valueOf } from './promotion-facts.ts';
import type { PromotionFacts } from './promotion-facts.ts';

/** Is the build newer than what runs, or has somebody asked by name to go back to it? Order is semver's (semver.org 2.0.0, section 11). */
export function versionRule(question: Question<PromotionFacts>): Ruling {
  const { facts } = question;
  const running = valueOf(facts.running);
  const version = valueOf(facts.build)?.version ?? 'The build';
  const summary = running === null ? `Nothing was promoted to ${facts.environment} before.` : `${version} is not older than ${running.version}, which runs in ${facts.environment}.`;
  const evidence = running === null ? [] : [`${facts.environment} runs ${running.version}, build ${running.build}, promotion ${running.number}`];
  const verdict = judgeRollback(question);
  const found = findings(facts);
  if (verdict.state === 'none') return ruling('version', found, { summary, evidence });
  if (verdict.state === 'invalid') return ruling('version', verdict.findings, { summary, evidence });
  // Only that it is older is what a rollback is for.
  const others = found.filter(({ reason }) => reason !== 'older-version');
  return ruling('version', others, { reason: 'rollback', summary: saysBack(verdict, running?.version ?? null), evidence: [...evidence, `rollback ${verdict.rollback.id}`, `ran as promotion ${verdict.ranAs.number}`] });
}

type Valid = Extract<RollbackVerdict, { readonly state: 'valid' }>;

function saysBack({ rollback: { requester, reason }, ranAs }: Valid, running: string | null): string {
  const from = running === null ? '' : ` from ${running}`;
  const why = reason === '' ? '' : `: ${reason}`;
  return `${requester.login} asked to return${from} to ${ranAs.version}, which ran here as promotion ${ranAs.number}${why}.`;
}

function findings(facts: PromotionFacts): readonly Finding[] {
  if ('unknown' in facts.running) return [missingFact(`What ${facts.environment} runs`, facts.running.unknown)];
  if ('unknown' in facts.build) return [missingFact('The version of the build', facts.build.unknown)];
  const running = facts.running.known;
  const { version, digest } = facts.build.known;
  if (semver.valid(version) === null) return [notSemver(version)];
  if (running === null) return [];
  if (running.build === digest) return facts.asking.for === 'promotion' ? [alreadyRunning(version, facts.environment)] : [];
  if (semver.valid(running.version) === null) return [notSemver(running.version)];
  return semver.lt(version, running.version) ? [older(version, running.version, facts.environment)] : [];
}

const notSemver = (version: string): Finding => ({
  outcome: 'unknown',
  reason: 'version-not-semver',
  summary: `${version} is not a semantic version, so it cannot be told which build is newer.`,
  next: [{ who: 'a developer', what: 'register the build with a version such as 1.8.0 or 1.8.0-rc.3' }],
});

const alreadyRunning = (version: string, environment: string): Finding => ({ outcome: 'deny', reason: 'already-running', summary: `${environment} already runs this build (${version}).` });

const older = (version: string, running: string, environment: string): Finding => ({
  outcome: 'deny',
  reason: 'older-version',
  summary: `${version} is older than ${running}, which runs in ${environment}. Going back is asked for by name.`,
  next: [{ who: 'someone with the maintain role', what: `ask for a rollback to ${version} in ${environment}`, command: `sallyport rollback ${version} --environment ${environment}`, effort: 'click' }],
});
