import { toSeconds, type CommitObject } from '../../git/objects.ts';
import { presentApp } from '../../http/present/app.ts';
import { fullNameOf, presentMinimalRepository, repositoryUrl } from '../../http/present/repository.ts';
import { nodeId, type Schemas } from '../../http/present/schemas.ts';
import type { CheckRun, CheckSuite, Repository, World } from '../../world/world.ts';
import { presentPullReference } from './pull-reference.ts';

type CheckConclusion = Schemas['check-run']['conclusion'];

export function presentCheckRun(world: World, url: string, repository: Repository, check: CheckRun): Schemas['check-run'] {
  const self = `${repositoryUrl(url, repository)}/check-runs/${String(check.id)}`;
  const { title, summary, text, annotations } = check.output;
  return {
    id: check.id,
    name: check.name,
    node_id: nodeId('CheckRun', check.id),
    head_sha: check.headSha,
    external_id: check.externalId,
    url: self,
    html_url: `${url}/${repository.owner}/${repository.name}/runs/${String(check.id)}`,
    details_url: check.detailsUrl,
    status: check.status,
    conclusion: check.conclusion as CheckConclusion,
    started_at: toSeconds(check.startedAt),
    completed_at: check.completedAt === null ? null : toSeconds(check.completedAt),
    output: { title, summary, text, annotations_count: annotations.length, annotations_url: `${self}/annotations` },
    check_suite: { id: check.suite },
    app: appOf(world, url, check.app),
    pull_requests: pullsOf(url, repository, check.headSha),
  };
}

export function presentCheckSuite(world: World, url: string, repository: Repository, suite: CheckSuite, commit: CommitObject): Schemas['check-suite'] {
  const self = `${repositoryUrl(url, repository)}/check-suites/${String(suite.id)}`;
  const checks = repository.checkRuns.filter((check) => check.suite === suite.id);
  const { status, conclusion } = suiteState(checks);
  return {
    id: suite.id,
    node_id: nodeId('CheckSuite', suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    status,
    conclusion,
    url: self,
    before: null,
    after: suite.headSha,
    pull_requests: pullsOf(url, repository, suite.headSha),
    app: appOf(world, url, suite.app),
    repository: presentMinimalRepository(world, url, repository),
    created_at: toSeconds(suite.createdAt),
    updated_at: toSeconds(Math.max(suite.createdAt, ...checks.map((check) => check.completedAt ?? check.startedAt))),
    head_commit: presentSimpleCommit(commit),
    latest_check_runs_count: checks.length,
    check_runs_url: `${self}/check-runs`,
  };
}

/** GitHub's order of what weighs most in a suite. */
const worstFirst = ['failure', 'timed_out', 'action_required', 'cancelled', 'success', 'neutral', 'skipped'] as const;

function suiteState(checks: readonly CheckRun[]): Pick<Schemas['check-suite'], 'status' | 'conclusion'> {
  if (checks.length === 0) return { status: 'queued', conclusion: null };
  if (checks.some((check) => check.status !== 'completed')) return { status: checks.every((check) => check.status === 'queued') ? 'queued' : 'in_progress', conclusion: null };
  return { status: 'completed', conclusion: worstFirst.find((one) => checks.some((check) => check.conclusion === one)) ?? 'neutral' };
}

export function presentSimpleCommit(commit: CommitObject): Schemas['simple-commit'] {
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: toSeconds(commit.committer.at),
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}

function appOf(world: World, url: string, id: number): Schemas['nullable-integration'] {
  const app = world.apps.get(id);
  return app === undefined ? null : presentApp(url, app);
}

function pullsOf(url: string, repository: Repository, sha: string): Schemas['pull-request-minimal'][] {
  return [...repository.pulls.values()].filter((pull) => pull.state === 'open' && pull.head.sha === sha && pull.head.repository === fullNameOf(repository)).map((pull) => presentPullReference(url, repository, pull));
}
