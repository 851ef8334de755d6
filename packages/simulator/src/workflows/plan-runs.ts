import type { RepositoryEvent, SimulatorContext } from '../context.ts';
import { buildPayload, type Payload } from '../events/payload.ts';
import { readRef, resolveCommit, zeroSha } from '../git/objects.ts';
import type { Actor, Pull, Repository } from '../world/world.ts';
import { makeMergeCommit } from './merge-commit.ts';
import { readWorkflows, registerDefaultWorkflows, registerWorkflow, type FoundWorkflow } from './read-workflows.ts';
import { listensTo, type TriggerFacts } from './triggers.ts';

/** A run that is due, before it is recorded. */
export type RunPlan = {
  readonly repository: Repository;
  readonly found: FoundWorkflow;
  readonly event: string;
  /** GITHUB_SHA: the merge commit for pull_request. */
  readonly sha: string;
  readonly ref: string;
  readonly headSha: string;
  readonly headBranch: string | null;
  readonly pull: Pull | null;
  readonly payload: Payload;
  readonly actor: Actor;
  readonly inputs: Readonly<Record<string, string>>;
};

type Source = { readonly event: string; readonly sha: string; readonly ref: string; readonly headSha: string; readonly headBranch: string | null; readonly pull: Pull | null; readonly facts: TriggerFacts; readonly only?: string; readonly inputs?: Readonly<Record<string, string>> };

/**
 * Which workflows an event starts, on which commit and from which commit's file.
 * Source: GitHub, "Events that trigger workflows", November 2026.
 */
export async function planRuns(context: SimulatorContext, repository: Repository, event: RepositoryEvent, actor: Actor): Promise<readonly RunPlan[]> {
  await registerDefaultWorkflows(context, repository);
  const payload = await buildPayload(context, repository, event, actor);
  const plans: RunPlan[] = [];
  for (const source of await sourcesOf(context, repository, event)) {
    for (const found of await readWorkflows(repository, source.sha)) {
      if (source.only !== undefined && source.only !== found.path) continue;
      if (found.reading.kind === 'workflow' ? !listensTo(found.reading.file, source.facts) : source.event !== 'push') continue;
      if (registerWorkflow(context, repository, found).state?.startsWith('disabled') === true) continue;
      plans.push({ repository, found, event: source.event, sha: source.sha, ref: source.ref, headSha: source.headSha, headBranch: source.headBranch, pull: source.pull, payload, actor, inputs: source.inputs ?? {} });
    }
  }
  return plans;
}

async function sourcesOf(context: SimulatorContext, repository: Repository, event: RepositoryEvent): Promise<readonly Source[]> {
  switch (event.kind) {
    case 'push': {
      if (event.after === zeroSha) return [];
      const sha = await resolveCommit(repository.objects, event.after);
      const name = event.ref.replace(/^refs\/(heads|tags)\//, '');
      return sha === null ? [] : [{ event: 'push', sha, ref: event.ref, headSha: sha, headBranch: name, pull: null, facts: { event: 'push', action: null, ref: event.ref } }];
    }
    case 'pull_request':
      return [...(await ofMergeCommit(context, repository, event.number, 'pull_request', event.action)), ...(await ofTarget(repository, event.number, event.action))];
    case 'pull_request_review':
      return ofMergeCommit(context, repository, event.number, 'pull_request_review', event.action);
    case 'workflow_dispatch': {
      const ref = await fullRef(repository, event.ref);
      const sha = ref === null ? null : await resolveCommit(repository.objects, ref);
      if (ref === null || sha === null) return [];
      const name = ref.replace(/^refs\/(heads|tags)\//, '');
      return [{ event: event.kind, sha, ref, headSha: sha, headBranch: name, pull: null, facts: { event: event.kind, action: null, ref: null }, only: event.workflow, inputs: event.inputs }];
    }
    case 'schedule':
      return ofDefaultBranch(repository, { event: event.kind, action: null, ref: null }, event.workflow);
    case 'workflow_run': {
      const run = repository.runs.find((one) => one.id === event.run);
      if (run === undefined) return [];
      const facts = { event: event.kind, action: event.action, ref: run.headBranch === null ? null : `refs/heads/${run.headBranch}`, workflowName: repository.workflows.get(run.workflow)?.name ?? run.name };
      return ofDefaultBranch(repository, facts);
    }
    case 'merge_group': {
      const { headSha, headRef, baseRef } = event.group;
      return [{ event: event.kind, sha: headSha, ref: headRef, headSha, headBranch: headRef.slice('refs/heads/'.length), pull: null, facts: { event: event.kind, action: event.action, ref: baseRef } }];
    }
    case 'issues':
    case 'issue_comment':
      return ofDefaultBranch(repository, { event: event.kind, action: event.action, ref: null });
    default:
      return event satisfies never;
  }
}

async function ofDefaultBranch(repository: Repository, facts: TriggerFacts, only?: string): Promise<readonly Source[]> {
  const ref = `refs/heads/${repository.defaultBranch}`;
  const sha = await readRef(repository.objects, ref);
  return sha === null ? [] : [{ event: facts.event, sha, ref, headSha: sha, headBranch: repository.defaultBranch, pull: null, facts, ...(only === undefined ? {} : { only }) }];
}

async function ofMergeCommit(context: SimulatorContext, repository: Repository, number: number, event: string, action: string): Promise<readonly Source[]> {
  const pull = repository.pulls.get(number);
  if (pull === undefined) return [];
  const sha = pull.merged?.sha ?? (await makeMergeCommit(repository, pull, context.clock.now()));
  if (sha === null) return [];
  return [{ event, sha, ref: `refs/pull/${String(number)}/merge`, headSha: pull.head.sha, headBranch: pull.head.ref, pull, facts: { event, action, ref: `refs/heads/${pull.base.ref}` } }];
}

/** pull_request_target always runs the default branch's file and commit (GitHub changelog, December 2025). */
async function ofTarget(repository: Repository, number: number, action: string): Promise<readonly Source[]> {
  const pull = repository.pulls.get(number);
  if (pull === undefined) return [];
  const sources = await ofDefaultBranch(repository, { event: 'pull_request_target', action, ref: `refs/heads/${pull.base.ref}` });
  return sources.map((source) => ({ ...source, headSha: pull.head.sha, headBranch: pull.head.ref, pull }));
}

async function fullRef(repository: Repository, name: string): Promise<string | null> {
  if (name.startsWith('refs/')) return name;
  for (const candidate of [`refs/heads/${name}`, `refs/tags/${name}`]) if ((await readRef(repository.objects, candidate)) !== null) return candidate;
  return null;
}
