import type { RepositoryEvent, SimulatorContext } from '../context.ts';
import { readCommit, zeroSha } from '../git/objects.ts';
import { presentComment, presentIssue } from '../http/present/issue.ts';
import { presentSimplePull } from '../http/present/pull.ts';
import { presentRepository } from '../http/present/repository.ts';
import { presentReview } from '../http/present/review.ts';
import { presentUser } from '../http/present/user.ts';
import type { Actor, Repository } from '../world/world.ts';
import { presentSimpleCommit } from '../workflows/present/check.ts';
import { presentRun, presentWorkflow } from '../workflows/present/run.ts';
import { examples } from './generated/examples.ts';

export type Payload = Readonly<Record<string, unknown>>;

/** The event as a workflow finds it at GITHUB_EVENT_PATH: GitHub's example of that webhook with the simulated values laid over. */
export async function buildPayload(context: SimulatorContext, repository: Repository, event: RepositoryEvent, actor: Actor): Promise<Payload> {
  const { world } = context;
  const url = context.url();
  const common = { repository: presentRepository(world, url, repository), sender: presentUser(url, actor.user) };
  const part = (example: unknown, ours: object): object => ({ ...(typeof example === 'object' ? example : {}), ...ours });
  const base = examples[event.kind] ?? {};
  switch (event.kind) {
    case 'push':
      return { ...base, ...common, ...(await pushValues(repository, event)), pusher: { name: actor.user.login } };
    case 'pull_request':
      return { ...base, ...common, action: event.action, number: event.number, pull_request: part(base['pull_request'], pullValues(context, repository, event.number)) };
    case 'pull_request_review': {
      const pull = repository.pulls.get(event.number);
      const review = pull?.reviews.find((one) => one.id === event.review);
      const presented = pull === undefined || review === undefined ? {} : presentReview(url, repository, pull, review);
      return { ...base, ...common, action: event.action, review: part(base['review'], presented), pull_request: part(base['pull_request'], pullValues(context, repository, event.number)) };
    }
    case 'issues':
    case 'issue_comment': {
      const issue = repository.issues.get(event.number);
      if (issue === undefined) return { ...base, ...common, action: event.action };
      const values = { ...base, ...common, action: event.action, issue: part(base['issue'], presentIssue(world, url, repository, issue)) };
      const comment = event.kind === 'issue_comment' ? issue.comments.find((one) => one.id === event.comment) : undefined;
      return comment === undefined ? values : { ...values, comment: part(base['comment'], presentComment(url, repository, issue, comment)) };
    }
    case 'merge_group': {
      const { headSha, headRef, baseSha, baseRef } = event.group;
      const commit = await readCommit(repository.objects, headSha);
      const group = { head_sha: headSha, head_ref: headRef, base_sha: baseSha, base_ref: baseRef, head_commit: commit === null ? null : presentSimpleCommit(commit) };
      return { ...base, ...common, action: event.action, merge_group: group };
    }
    case 'workflow_run': {
      const run = repository.runs.find((one) => one.id === event.run);
      if (run === undefined) return { ...base, ...common, action: event.action };
      const workflow = repository.workflows.get(run.workflow);
      const commit = await readCommit(repository.objects, run.headSha);
      return { ...base, ...common, action: event.action, workflow_run: part(base['workflow_run'], presentRun(world, url, repository, run, commit)), workflow: workflow === undefined ? null : presentWorkflow(url, repository, workflow) };
    }
    case 'workflow_dispatch':
      return { ...base, ...common, inputs: event.inputs, ref: event.ref, workflow: event.workflow };
    case 'schedule':
      return { ...common, schedule: event.cron, workflow: event.workflow };
    default:
      return event satisfies never;
  }
}

function pullValues(context: SimulatorContext, repository: Repository, number: number): object {
  const pull = repository.pulls.get(number);
  const issue = repository.issues.get(number);
  return pull === undefined || issue === undefined ? {} : { ...presentSimplePull(context.world, context.url(), repository, pull, issue), merged: pull.merged !== null };
}

async function pushValues(repository: Repository, event: { readonly ref: string; readonly before: string; readonly after: string }): Promise<object> {
  const commit = await readCommit(repository.objects, event.after);
  const head = commit === null ? null : presentSimpleCommit(commit);
  return { ref: event.ref, before: event.before, after: event.after, created: event.before === zeroSha, deleted: event.after === zeroSha, head_commit: head, commits: head === null ? [] : [head] };
}
