import { parsePolicy } from '@sallyport/policy';
import { describe, expect, it } from 'vitest';
import { placeOfProbe } from './place-of-probe.ts';
import type { ProbingRun } from './place-of-probe.ts';

const parsed = parsePolicy(`version: 1
repository: acme/shop
merge: { tests: [{ check: unit, workflow: .github/workflows/ci.yml }] }
environments:
  staging: {}
  production:
    after: { environment: staging }
    health: { workflow: .github/workflows/probe.yml, every: 15m }
`);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const { policy } = parsed;
const probe: ProbingRun = { workflow: '.github/workflows/probe.yml', event: 'schedule', ref: 'refs/heads/main', defaultBranch: 'main' };
const deploy: ProbingRun = { workflow: '.github/workflows/deploy.yml', event: 'push', ref: 'refs/tags/promote/production/3', defaultBranch: 'main' };

describe('what a run finds is recorded', () => {
  it.each<[string, ProbingRun, string]>([
    ['as a probe, by the schedule', probe, 'probe'],
    ['as a probe, by hand', { ...probe, event: 'workflow_dispatch' }, 'probe'],
    ['as a probe, after another run', { ...probe, event: 'workflow_run' }, 'probe'],
    ['with the deploy that it is part of', deploy, 'deploy'],
    ['nowhere, of another branch', { ...probe, event: 'workflow_dispatch', ref: 'refs/heads/try' }, 'nowhere'],
    ['nowhere, of a tag of the branch’s name', { ...probe, event: 'workflow_dispatch', ref: 'refs/tags/main' }, 'nowhere'],
    ['nowhere, by a push', { ...probe, event: 'push' }, 'nowhere'],
    ['nowhere, of another workflow', { ...probe, workflow: '.github/workflows/other.yml' }, 'nowhere'],
    ['nowhere, in the deploy to another environment', { ...deploy, ref: 'refs/tags/promote/staging/3' }, 'nowhere'],
    ['nowhere, in a deploy by hand', { ...deploy, event: 'workflow_dispatch', ref: 'refs/heads/main' }, 'nowhere'],
  ])('%s', (_name, run, recordedAs) => {
    expect(placeOfProbe(policy, 'production', run)).toMatchObject({ recordedAs });
  });

  it('nowhere, where nobody watches, and says what to write', () => {
    expect(placeOfProbe(policy, 'staging', probe)).toEqual({ recordedAs: 'nowhere', why: 'The policy does not say that staging is watched, and this run is of .github/workflows/probe.yml. Write `health: { workflow: .github/workflows/probe.yml, every: 15m }` under environments.staging.' });
  });

  it('of no environment that the policy does not have', () => {
    expect(placeOfProbe(policy, 'moon', probe)).toBeNull();
  });
});
