import { toSeconds, type CommitObject } from '../../git/objects.ts';
import { presentMinimalRepository, repositoryPage, repositoryUrl } from '../../http/present/repository.ts';
import { nodeId, type Schemas } from '../../http/present/schemas.ts';
import { presentUser } from '../../http/present/user.ts';
import type { Job, Repository, Workflow, WorkflowRun, World } from '../../world/world.ts';
import { presentSimpleCommit } from './check.ts';
import { presentPullReference } from './pull-reference.ts';

export function presentWorkflow(url: string, repository: Repository, workflow: Workflow): Schemas['workflow'] {
  const page = repositoryPage(url, repository);
  return {
    id: workflow.id,
    node_id: nodeId('Workflow', workflow.id),
    name: workflow.name,
    path: workflow.path,
    state: workflow.state ?? 'active',
    created_at: toSeconds(repository.createdAt),
    updated_at: toSeconds(repository.createdAt),
    url: `${repositoryUrl(url, repository)}/actions/workflows/${String(workflow.id)}`,
    html_url: `${page}/blob/${repository.defaultBranch}/${workflow.path}`,
    badge_url: `${page}/workflows/${encodeURIComponent(workflow.name)}/badge.svg`,
  };
}

export const runUrl = (url: string, repository: Repository, run: WorkflowRun): string => `${repositoryUrl(url, repository)}/actions/runs/${String(run.id)}`;
export const runPage = (url: string, repository: Repository, run: WorkflowRun): string => `${repositoryPage(url, repository)}/actions/runs/${String(run.id)}`;

export function presentRun(world: World, url: string, repository: Repository, run: WorkflowRun, commit: CommitObject | null): Schemas['workflow-run'] {
  const self = runUrl(url, repository, run);
  const workflow = repository.workflows.get(run.workflow);
  const minimal = presentMinimalRepository(world, url, repository);
  const headRepository = world.repositories.get(run.headRepository);
  const pulls = run.pulls.flatMap((number) => repository.pulls.get(number) ?? []).filter((pull) => pull.state === 'open');
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('WorkflowRun', run.id),
    check_suite_id: run.suite,
    check_suite_node_id: nodeId('CheckSuite', run.suite),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.workflow,
    run_number: run.number,
    run_attempt: run.attempt,
    referenced_workflows: run.referencedWorkflows.map((one) => ({ ...one })),
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: workflow?.id ?? 0,
    url: self,
    html_url: runPage(url, repository, run),
    pull_requests: pulls.map((pull) => presentPullReference(url, repository, pull)),
    created_at: toSeconds(run.createdAt),
    updated_at: toSeconds(run.updatedAt),
    run_started_at: toSeconds(run.startedAt),
    actor: presentUser(url, run.actor),
    triggering_actor: presentUser(url, run.triggeringActor),
    jobs_url: `${self}/jobs`,
    logs_url: `${self}/logs`,
    check_suite_url: `${repositoryUrl(url, repository)}/check-suites/${String(run.suite)}`,
    artifacts_url: `${self}/artifacts`,
    cancel_url: `${self}/cancel`,
    rerun_url: `${self}/rerun`,
    previous_attempt_url: run.attempt > 1 ? `${self}/attempts/${String(run.attempt - 1)}` : null,
    workflow_url: `${repositoryUrl(url, repository)}/actions/workflows/${String(workflow?.id ?? 0)}`,
    head_commit: commit === null ? null : presentSimpleCommit(commit),
    repository: minimal,
    head_repository: headRepository === undefined ? minimal : presentMinimalRepository(world, url, headRepository),
    display_title: commit?.message.split('\n')[0] ?? run.name,
  };
}

type StepState = NonNullable<Schemas['job']['steps']>[number]['status'];

export function presentJob(url: string, repository: Repository, run: WorkflowRun, job: Job): Schemas['job'] {
  const self = repositoryUrl(url, repository);
  return {
    id: job.id,
    run_id: run.id,
    run_url: runUrl(url, repository, run),
    run_attempt: job.attempt,
    node_id: nodeId('CheckRun', job.id),
    head_sha: run.headSha,
    url: `${self}/actions/jobs/${String(job.id)}`,
    html_url: `${runPage(url, repository, run)}/job/${String(job.id)}`,
    status: job.status,
    conclusion: job.conclusion as Schemas['job']['conclusion'],
    created_at: toSeconds(job.startedAt),
    started_at: toSeconds(job.startedAt),
    completed_at: job.completedAt === null ? null : toSeconds(job.completedAt),
    name: job.name,
    steps: job.steps.map((step) => ({
      name: step.name,
      status: step.status as StepState,
      conclusion: step.conclusion,
      number: step.number,
      started_at: toSeconds(step.startedAt),
      completed_at: step.completedAt === null ? null : toSeconds(step.completedAt),
    })),
    check_run_url: `${self}/check-runs/${String(job.id)}`,
    labels: ['ubuntu-latest'],
    runner_id: 1,
    runner_name: 'simulated',
    runner_group_id: 1,
    runner_group_name: 'GitHub Actions',
    workflow_name: run.name,
    head_branch: run.headBranch,
  };
}
