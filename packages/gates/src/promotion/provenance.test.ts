import { describe, expect, test } from 'vitest';
import { completeList, known, unknown } from '../facts/fact.ts';
import type { ProvenanceFact } from '../facts/provenance.ts';
import { ask, buildDigest, buildOf, buildWorkflow, fakeDigest, fakeSha, grantOf, otherDigest, policyOf, releaseFactsOf, ruleOf, saturdayAt, saidOf, stageFactsOf, thursdayAt } from '../testing/index.ts';

const policy = policyOf({ build: { workflow: buildWorkflow, provenance: 'required' } });
const signer = `https://github.com/acme/shop/${buildWorkflow}@refs/heads/main`;
type Verified = Extract<ProvenanceFact, { readonly state: 'verified' }>;
const verified = (changes: Partial<Verified> = {}): Verified => ({ state: 'verified', build: buildDigest, bundle: fakeDigest('5b'), signer, repository: 5000, commit: buildOf().commit, run: 'https://github.com/acme/shop/actions/runs/7100/attempts/1', signedAt: saturdayAt - 86_400_000, trustRoot: fakeDigest('70'), ...changes });

describe('provenance that the policy requires', () => {
  test('is enforced: a verified one lets the build go, and the record says who signed', () => {
    for (const facts of [stageFactsOf({ provenance: known(verified()) }), releaseFactsOf({ provenance: known(verified()) })]) {
      const made = ask(facts, { at: saturdayAt, policy });
      expect(made.outcome).toBe('allow');
      expect(ruleOf(made, 'build').evidence).toEqual(expect.arrayContaining([`signed by ${signer}`, 'https://github.com/acme/shop/actions/runs/7100/attempts/1', `signature bundle ${fakeDigest('5b')}`, `trust root ${fakeDigest('70')}`]));
    }
  });

  test.each<[string, ProvenanceFact, string]>([
    ['there is none', { state: 'missing', build: buildDigest }, 'provenance-missing'],
    ['it is refused', { state: 'refused', build: buildDigest, code: 'other-repository', problem: 'It was signed in https://github.com/evil/shop; expected is https://github.com/acme/shop.' }, 'provenance-refused'],
    ['it is of another build', verified({ build: otherDigest }), 'provenance-other-build'],
    ['there is none of another build', { state: 'missing', build: otherDigest }, 'provenance-other-build'],
    ['it was gathered for another workflow', verified({ signer: signer.replace('build.yml', 'release.yml') }), 'provenance-refused'],
    ['it was gathered for another branch', verified({ signer: `${signer}-2` }), 'provenance-refused'],
    ['it was gathered for another repository', verified({ repository: 6000 }), 'provenance-refused'],
    ['it was gathered for another commit', verified({ commit: fakeSha('c0') }), 'provenance-refused'],
  ])('denies when %s, also under an override (L4)', (_name, provenance, reason) => {
    const made = ask(stageFactsOf({ provenance: known(provenance) }), { at: saturdayAt, policy });
    expect(ruleOf(made, 'build')).toMatchObject({ outcome: 'deny', reason });
    expect(saidOf(made, 'build')).toMatchSnapshot();
    const urgent = ask(releaseFactsOf({ provenance: known(provenance), grants: completeList([grantOf()]) }), { at: thursdayAt, policy });
    expect(urgent.outcome).toBe('deny');
    expect(ruleOf(urgent, 'build').reason).toBe(reason);
  });

  test('is unknown when it could not be read', () => {
    const made = ask(stageFactsOf({ provenance: unknown('GitHub answered 500') }), { at: saturdayAt, policy });
    expect(ruleOf(made, 'build')).toMatchObject({ outcome: 'unknown', reason: 'fact-missing', summary: 'The provenance of the build is not known: GitHub answered 500.' });
    expect(made.outcome).toBe('unknown');
  });

  test('is unknown in facts that nobody gathered it for, as it was before it was gathered', () => {
    const made = ask(stageFactsOf(), { at: saturdayAt, policy });
    expect(made.outcome).toBe('unknown');
    expect(ruleOf(made, 'policy-enforced')).toMatchObject({ outcome: 'unknown', reason: 'not-enforced' });
  });
});

test('provenance means nothing to a policy that requires none', () => {
  const made = ask(stageFactsOf({ provenance: known({ state: 'missing', build: buildDigest }) }), { at: saturdayAt });
  expect(made.outcome).toBe('allow');
  expect(ruleOf(made, 'build').evidence).toEqual(ruleOf(ask(stageFactsOf(), { at: saturdayAt }), 'build').evidence);
});
