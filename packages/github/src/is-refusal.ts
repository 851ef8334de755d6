import type { DeployJobAnswer } from './answers/check.ts';

/** How GitHub names a step that uses the deploy action and has no name of its own. */
const asking = /^Run [\w.-]+\/[\w.-]+\/packages\/actions\/deploy@[\w./-]+$/;

/** What the runner adds to a job: it deploys nothing. The names are those of the runner, November 2026. */
const isRunnersOwn = (name: string): boolean => name.startsWith('Post ') || name === 'Complete job';

/**
 * Whether in every one of `attempts` the deploy's question was answered with no, and nothing ran after it. Anything else that ran may have
 * deployed, so then the run counts as failed: a step after the question, or a job that had not ended when it was asked.
 */
export const isRefusal = (jobs: readonly DeployJobAnswer[], attempts: number): boolean =>
  Array.from({ length: attempts }, (_, index) => jobs.filter((job) => job.run_attempt === index + 1)).every(isRefusedAttempt);

function isRefusedAttempt(jobs: readonly DeployJobAnswer[]): boolean {
  const ran = jobs.filter(({ conclusion }) => conclusion !== 'skipped');
  const refused = ran.filter(isRefusedJob);
  const firstAt = Math.min(...refused.map(({ started_at: startedAt }) => startedAt ?? Number.NEGATIVE_INFINITY));
  const others = ran.filter((job) => !refused.includes(job));
  return refused.length > 0 && others.every(({ conclusion, completed_at: endedAt }) => conclusion === 'success' && endedAt !== null && endedAt <= firstAt);
}

function isRefusedJob({ conclusion, steps }: DeployJobAnswer): boolean {
  const inOrder = [...(steps ?? [])].sort((one, other) => one.number - other.number);
  const at = inOrder.findIndex(({ name }) => asking.test(name));
  const question = inOrder[at];
  return conclusion === 'failure' && question?.conclusion === 'failure' && inOrder.slice(at + 1).every((step) => step.conclusion === 'skipped' || isRunnersOwn(step.name));
}
