import { describe, expect, test } from 'vitest';
import type { AnyFacts } from './decide.ts';
import { completeList } from './facts/fact.ts';
import { parseFacts } from './parse-facts.ts';
import { ask, cho, grantOf, overrideApprovalBy, overrideFactsOf, policyOf, releaseFactsOf, saturdayAt, sealFacts, stageFactsOf, thursdayAt } from './testing/index.ts';
import { cut, forget, isObject, variants } from './testing/variants.ts';
import type { Change } from './testing/variants.ts';

const policy = policyOf();

/** Cases that are allowed, with their time. The merge gate has laws of its own beside its rules. */
const allowed: readonly (readonly [string, AnyFacts, number])[] = [
  ['stage', stageFactsOf(), saturdayAt],
  ['release', releaseFactsOf({ recentDeploySeconds: completeList([60, 70, 80]) }), saturdayAt],
  ['release under an override', releaseFactsOf({ grants: completeList([grantOf()]) }), thursdayAt],
  ['override', overrideFactsOf({ approvals: completeList([overrideApprovalBy(cho)]) }), thursdayAt],
];

const rename: Change = (part) => (isObject(part) && typeof part['login'] === 'string' ? { ...part, login: `renamed-${part['login']}` } : undefined);

function decideDocument(document: unknown, at: number) {
  const read = parseFacts('any', document);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return ask(read.facts.value, { at, policy });
}

describe('no gate', () => {
  test.each(allowed)('allows when any one fact is unknown (%s)', (_name, facts, at) => {
    expect(ask(facts, { at, policy }).outcome).toBe('allow');
    const documents = variants(sealFacts(facts).document, forget).map(([, document]) => document);
    expect(documents.length).toBeGreaterThan(2);
    for (const document of documents) expect(decideDocument(document, at).outcome).not.toBe('allow');
  });

  test.each(allowed)('allows when any one list it decides by is cut short (%s)', (_name, facts, at) => {
    const documents = variants(sealFacts(facts).document, cut).map(([, document]) => document);
    const yes = documents.filter((document) => decideDocument(document, at).outcome === 'allow');
    // A window that is overridden needs no fit.
    const harmless = facts.gate === 'release' && at === thursdayAt ? 1 : 0;
    expect(yes).toHaveLength(harmless);
  });

  test.each(allowed)('decides differently for the same inputs, or by names (%s)', (_name, facts, at) => {
    const renamed = variants(sealFacts(facts).document, rename).map(([, document]) => document);
    const made = ask(facts, { at, policy });
    expect(JSON.stringify(ask(facts, { at, policy }))).toBe(JSON.stringify(made));
    for (const document of renamed) {
      const again = decideDocument(document, at);
      expect([again.outcome, ...again.rules.map(({ reason }) => reason)]).toEqual([made.outcome, ...made.rules.map(({ reason }) => reason)]);
    }
  });
});
