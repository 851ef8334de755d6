import fc from 'fast-check';
import { decideMerge, decision, parseFacts, sealPlain } from '@sallyport/gates';
import type { ClockReading, Decision, MergeFacts, Sealed } from '@sallyport/gates';
import { clockAt, mondayAt, sealFacts } from '@sallyport/gates/testing';
import type { Policy } from '@sallyport/policy';
import { generatedMerge } from '../../packages/gates/src/testing/generated-merges.fixture.ts';
import { brokenConditions } from '../../packages/gates/src/testing/necessary-conditions.ts';
import { destroyers } from './destroyers.ts';
import { garbage, mutateDocument } from './mutate-document.ts';
import { randomFrom } from './random.ts';
import type { Random } from './random.ts';
import { smallest } from './smallest.ts';

export type FuzzOptions = { readonly documents: number; readonly seconds: number; readonly seed: number; /** Milliseconds that pass. */ readonly clock: () => number; /** Only the documents whose number divided by `of` leaves `rest`; all when absent. */ readonly share?: { readonly rest: number; readonly of: number } };

/** What went wrong with a document, and what made it; `document` is as small as it could be made. */
export type FuzzFailure = { readonly seed: number; readonly number: number; readonly what: string; readonly changes: readonly string[]; readonly document: string };

export type FuzzReport = { readonly documents: number; readonly refused: number; readonly outcomes: Readonly<Record<Decision['outcome'], number>>; readonly milliseconds: number; readonly failures: readonly FuzzFailure[] };

type Base = { readonly policy: Sealed<Policy>; readonly text: string; readonly allowed: boolean };
type Trial = { readonly policy: Sealed<Policy>; readonly document: unknown; readonly changes: readonly string[]; /** It lacks something that no change may lack. */ readonly hopeless: boolean };

const now: ClockReading = clockAt(mondayAt);
const enough = 5;

/**
 * Asks the merge gate about documents made from valid ones by a few changes each, and about garbage, until there were enough
 * or the time is over. Nothing may throw, and nothing be allowed that lacks what a change must have.
 */
export function fuzzGates({ documents, seconds, seed, clock, share = { rest: 0, of: 1 } }: FuzzOptions): FuzzReport {
  const bases = basesFrom(seed);
  const started = clock();
  const outcomes = { allow: 0, wait: 0, deny: 0, unknown: 0 };
  const failures: FuzzFailure[] = [];
  let refused = 0;
  let tried = 0;
  for (let number = share.rest; number < documents && failures.length < enough; number += share.of, tried += 1) {
    if (tried % 256 === 0 && clock() - started > seconds * 1000) break;
    const trial = trialOf(bases, randomFrom(seed * 1_000_003 + number));
    const answer = ask(trial);
    if (answer.outcome === null) refused += 1;
    else outcomes[answer.outcome] += 1;
    if (answer.wrong !== null) failures.push(failureOf(trial, answer.wrong, seed, number));
  }
  return { documents: tried, refused, outcomes, milliseconds: clock() - started, failures };
}

/** Half of them may merge: only those can go wrong. */
function basesFrom(seed: number): readonly [Base, ...Base[]] {
  const bases = fc.sample(generatedMerge, { seed, numRuns: 1500 }).map(({ policy, facts }): Base => {
    const sealed = sealPlain(policy);
    const document = sealFacts(facts);
    return { policy: sealed, text: JSON.stringify(document.document), allowed: decideMerge(sealed, { ...document, value: facts }, now).outcome === 'allow' };
  });
  const yes = bases.filter(({ allowed }) => allowed).slice(0, 128);
  const [first, ...rest] = [...yes, ...bases.filter(({ allowed }) => !allowed).slice(0, 128)];
  if (first === undefined || yes.length === 0) throw new Error('no generated change may merge, so fuzzing would prove nothing');
  return [first, ...rest];
}

function trialOf(bases: readonly [Base, ...Base[]], random: Random): Trial {
  const base = random.pick(bases);
  const kind = random.below(16);
  if (kind === 0) return { policy: base.policy, document: garbage(random), changes: ['garbage'], hopeless: true };
  const document = JSON.parse(base.text) as Record<string, unknown>;
  const destroyed = kind < 6 ? random.pick(destroyers) : null;
  destroyed?.destroy(document as never);
  // What was destroyed stays so: further changes could mend it.
  const changes = destroyed === null ? Array.from({ length: random.below(4) === 0 ? 4 : 1 }, () => mutateDocument(document, random)) : [destroyed.name];
  return { policy: base.policy, document, changes, hopeless: destroyed !== null };
}

type Answer = { readonly outcome: Decision['outcome'] | null; readonly wrong: string | null };

function ask({ policy, document, hopeless }: Pick<Trial, 'policy' | 'document' | 'hopeless'>): Answer {
  try {
    const read = parseFacts('merge', document);
    if (!read.ok) return { outcome: null, wrong: read.problems.length === 0 ? 'refused without a problem' : null };
    const made = decideMerge(policy, read.facts, now);
    return { outcome: made.outcome, wrong: wrongWith(made, policy.value, read.facts.value, hopeless) };
  } catch (error) {
    return { outcome: null, wrong: `thrown: ${error instanceof Error ? error.message : String(error)}` };
  } finally {
    if ('polluted' in {}) throw new Error('a prototype was changed');
  }
}

function wrongWith(made: Decision, policy: Policy, facts: MergeFacts, hopeless: boolean): string | null {
  if (made.outcome !== 'allow') return made.rules.some(({ outcome }) => outcome === made.outcome) ? null : 'an outcome that no rule gives';
  if (hopeless) return 'allowed although something was destroyed';
  const broken = brokenConditions(policy, facts);
  if (broken.length > 0) return `allowed, and yet not: ${broken.join(', ')}`;
  return decision.safeEncode(made).success ? null : 'a decision that its own schema refuses';
}

function failureOf(trial: Trial, what: string, seed: number, number: number): FuzzFailure {
  const { policy, hopeless } = trial;
  const same = (document: unknown): boolean => ask({ policy, document, hopeless }).wrong === what;
  return { seed, number, what, changes: trial.changes, document: JSON.stringify(hopeless ? trial.document : smallest(trial.document, same)) };
}
