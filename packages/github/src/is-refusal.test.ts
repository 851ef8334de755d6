import { describe, expect, it } from 'vitest';
import type { DeployJobAnswer } from './answers/check.ts';
import { isRefusal } from './is-refusal.ts';

type Step = NonNullable<DeployJobAnswer['steps']>[number];

const asks = 'Run sallyport/sallyport/packages/actions/deploy@0123456789abcdef';
const steps = (...given: readonly (readonly [string, string | null])[]): Step[] => given.map(([name, conclusion], index) => ({ name, conclusion, number: index + 1 }));
const refusedSteps = steps(['Set up job', 'success'], ['Run actions/checkout@v6', 'success'], [asks, 'failure'], ['Run node deploy.mjs', 'skipped'], [`Post ${asks}`, 'success'], ['Complete job', 'success']);

const jobOf = (change: Partial<DeployJobAnswer> = {}): DeployJobAnswer => ({ run_attempt: 1, conclusion: 'failure', started_at: 1000, completed_at: 2000, steps: refusedSteps, ...change });
const before = jobOf({ conclusion: 'success', started_at: 500, completed_at: 900, steps: steps(['Run echo', 'success']) });

describe('a deploy counts as refused', () => {
  it.each<[string, readonly DeployJobAnswer[], number]>([
    ['when its question failed and what follows was skipped', [jobOf()], 1],
    ['when a job ended well before it', [before, jobOf()], 1],
    ['when a job after it was skipped', [jobOf(), jobOf({ conclusion: 'skipped', steps: [] })], 1],
    ['when every job that asked was refused', [jobOf(), jobOf({ started_at: 1500 })], 1],
    ['when every attempt was', [jobOf(), jobOf({ run_attempt: 2 })], 2],
    ['whatever order GitHub lists the steps in', [jobOf({ steps: refusedSteps.toReversed() })], 1],
  ])('%s', (_name, jobs, attempts) => {
    expect(isRefusal(jobs, attempts)).toBe(true);
  });
});

const change = (index: number, conclusion: string | null): Step[] => refusedSteps.map((step, at) => (at === index ? { ...step, conclusion } : step));

describe('a deploy may have changed something', () => {
  it.each<[string, readonly DeployJobAnswer[], number]>([
    ['when nothing is known of its jobs', [], 1],
    ['when no job asked', [before], 1],
    ['when its question was answered with yes', [jobOf({ steps: change(2, 'success') })], 1],
    ['when its question was cancelled', [jobOf({ steps: change(2, 'cancelled') })], 1],
    ['when its question was never reached', [jobOf({ steps: change(2, 'skipped') })], 1],
    ['when its question has no conclusion', [jobOf({ steps: change(2, null) })], 1],
    ['when a step ran after the question', [jobOf({ steps: change(3, 'failure') })], 1],
    ['when a step ran after it with success, as with `always()`', [jobOf({ steps: change(3, 'success') })], 1],
    ['when the step has a name that only looks like it', [jobOf({ steps: refusedSteps.map((step) => ({ ...step, name: step.name.replace('Run sallyport', 'Run: sallyport') })) })], 1],
    ['when the job was cancelled', [jobOf({ conclusion: 'cancelled' })], 1],
    ['when no steps are told', [jobOf({ steps: null })], 1],
    ['when the beginning of the job is not told', [before, jobOf({ started_at: null })], 1],
    ['when a job ran after it', [jobOf(), jobOf({ conclusion: 'success', started_at: 2100, completed_at: 2200, steps: [] })], 1],
    ['when a job ran beside it', [jobOf(), { ...before, completed_at: 1001 }], 1],
    ['when a job beside it was let in', [jobOf(), jobOf({ steps: change(2, 'success') })], 1],
    ['when a job before it failed', [{ ...before, conclusion: 'failure' }, jobOf()], 1],
    ['when an earlier attempt was let in', [jobOf({ steps: change(2, 'success') }), jobOf({ run_attempt: 2 })], 2],
    ['when an earlier attempt is not told', [jobOf({ run_attempt: 2 })], 2],
    ['when the last attempt is not told', [jobOf()], 2],
  ])('%s', (_name, jobs, attempts) => {
    expect(isRefusal(jobs, attempts)).toBe(false);
  });
});
