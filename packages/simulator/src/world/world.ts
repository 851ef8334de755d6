import type { App, Conversion, Secret, SecretStore, Team, Token, User } from './accounts.ts';
import type { ObjectStore } from '../git/object-store.ts';

export type * from './accounts.ts';

/**
 * Everything the simulated GitHub knows, apart from what git itself holds (objects and refs live in real bare repositories).
 * Plain mutable records, changed only by the operations beside this file. Instants are epoch milliseconds.
 */
export type World = {
  readonly users: Map<string, User>;
  readonly teams: Map<string, Team>;
  readonly apps: Map<number, App>;
  readonly tokens: Map<string, Token>;
  readonly repositories: Map<string, Repository>;
  /** By login; the account itself is among the users. */
  readonly organizations: Map<string, Organization>;
  /** By the code that the browser brought back. */
  readonly conversions: Map<string, Conversion>;
  nextId: number;
};

/** What GitHub holds of an organisation beside its account. */
export type Organization = {
  readonly login: string;
  plan: string;
  /** Numbers of the people who own it: admins of all that it has. */
  readonly owners: Set<number>;
  /** Its secrets for Actions; `repositories` are `owner/name`. */
  readonly secrets: Map<string, Secret & { readonly repositories: 'all' | 'private' | ReadonlySet<string> }>;
  readonly rulesets: Ruleset[];
  readonly createdAt: number;
};

export type RoleName = 'read' | 'triage' | 'write' | 'maintain' | 'admin';

/** Key in `World.repositories`: `owner/name`. */
export type Repository = {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
  /** The bare repository on disk. */
  readonly gitDir: string;
  /** What that repository holds, read through one git process. */
  readonly objects: ObjectStore;
  readonly createdAt: number;
  readonly collaborators: Map<number, RoleName>;
  readonly pulls: Map<number, Pull>;
  readonly issues: Map<number, Issue>;
  readonly activity: Activity[];
  readonly statuses: CommitStatus[];
  readonly checkSuites: CheckSuite[];
  readonly checkRuns: CheckRun[];
  readonly workflows: Map<string, Workflow>;
  readonly runs: WorkflowRun[];
  readonly rulesets: Ruleset[];
  readonly ruleSuites: RuleSuite[];
  readonly environments: Map<string, Environment>;
  readonly deployments: Deployment[];
  readonly releases: Release[];
  /** The repository's setting: a release that is published from now on keeps its files as they are. Its tag is not locked here. */
  immutableReleases: boolean;
  /** What GitHub says of commits' signatures; a commit that is not listed is unsigned. */
  readonly signatures: Map<string, Signature>;
  /** Trees (full SHAs) whose recursive listing GitHub cuts short. */
  readonly truncatedTrees: Set<string>;
  readonly visibility: 'private' | 'public';
  /** Nothing of it may be changed any more. */
  archived: boolean;
  /** Groups of the merge queue, oldest first. */
  readonly queue: MergeGroup[];
  /** `owner/name` of the repository it was forked from. */
  readonly parent: string | null;
  readonly actions: ActionsSettings;
  /** By name in lower case. A label that only an issue bears is none of these, and looks as GitHub makes it. */
  readonly labels: Map<string, Label>;
  /** Repository-level secrets; environment secrets are on the environment. */
  readonly secrets: SecretStore;
  /** The organisation that owns it; null when a person does. */
  readonly organization: Organization | null;
  nextNumber: number;
};

/** The repository's settings of GitHub Actions. */
export type ActionsSettings = {
  enabled: boolean;
  allowed: 'all' | 'local_only' | 'selected';
  shaPinningRequired: boolean;
  /** What `selected` allows beside the owner's own actions; `patterns` as in `owner/name@ref`, with `*`, and `!` before what is not allowed. */
  selected: { readonly githubOwned: boolean; readonly verified: boolean; readonly patterns: readonly string[] };
  /** What a job's token may do when no `permissions` are declared. */
  defaultToken: 'read' | 'write';
  /** Whether a job's token may make and approve pull requests. */
  mayApprove: boolean;
};

export type Label = { readonly id: number; readonly name: string; readonly color: string; readonly description: string | null };

/** One pull request on its way through the merge queue; refs are full. */
export type MergeGroup = { readonly number: number; readonly headRef: string; readonly headSha: string; readonly baseRef: string; readonly baseSha: string; readonly by: User };

export type Signature = { readonly verified: boolean; readonly reason: string; readonly verifiedAt: number };

export type Actor = { readonly user: User; readonly app: number | null };

/** Pull requests share numbers with issues; `comments` and `labels` live on the issue of the same number. */
export type Pull = {
  readonly id: number;
  readonly number: number;
  readonly author: User;
  draft: boolean;
  state: 'open' | 'closed';
  merged: { readonly at: number; readonly by: User; readonly sha: string; readonly method: 'merge' | 'squash' | 'rebase' } | null;
  base: { ref: string; sha: string };
  head: { readonly ref: string; sha: string; readonly repository: string };
  readonly createdAt: number;
  updatedAt: number;
  readonly reviews: Review[];
  readonly requestedReviewers: User[];
  readonly timeline: TimelineEvent[];
  /** Comments on lines of the change. */
  readonly remarks: Remark[];
};
export type Remark = { readonly id: number; readonly user: User; readonly body: string; readonly path: string; readonly commitId: string; readonly createdAt: number };

export type Review = {
  readonly id: number;
  readonly user: User;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  body: string;
  commitId: string | null;
  readonly submittedAt: number;
};

export type TimelineEvent = { readonly id: number; readonly event: string; readonly actor: User | null; readonly createdAt: number; readonly data: Readonly<Record<string, unknown>> };

export type Issue = {
  readonly id: number;
  readonly number: number;
  readonly author: User;
  title: string;
  body: string;
  state: 'open' | 'closed';
  readonly labels: Set<string>;
  readonly assignees: User[];
  readonly createdAt: number;
  updatedAt: number;
  closedAt: number | null;
  readonly comments: Comment[];
  readonly isPull: boolean;
  /** Only people with write access may comment. */
  locked?: boolean;
  /** When its text was last changed; only GraphQL tells. */
  bodyEditedAt?: number;
};
export type Comment = { readonly id: number; readonly user: User; body: string; readonly createdAt: number; updatedAt: number; reactions?: Reaction[] };
export type Reaction = { readonly id: number; readonly user: User; readonly content: string; readonly createdAt: number };

export type Activity = { readonly id: number; readonly ref: string; readonly before: string; readonly after: string; readonly actor: User | null; readonly timestamp: number; readonly type: 'push' | 'force_push' | 'branch_creation' | 'branch_deletion' | 'pr_merge' | 'merge_queue_merge' };

export type CommitStatus = { readonly id: number; readonly sha: string; readonly context: string; readonly state: 'error' | 'failure' | 'pending' | 'success'; readonly description: string | null; readonly targetUrl: string | null; readonly creator: User; readonly createdAt: number };
export type CheckSuite = { readonly id: number; readonly headSha: string; readonly headBranch: string | null; readonly app: number; readonly createdAt: number };
export type CheckRun = {
  readonly id: number;
  readonly suite: number;
  readonly headSha: string;
  readonly app: number;
  name: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  externalId: string;
  detailsUrl: string;
  startedAt: number;
  completedAt: number | null;
  output: { title: string | null; summary: string | null; text: string | null; annotations: readonly unknown[] };
  /** The workflow job it stands for; null for checks made through the API. */
  readonly job: number | null;
};

export type Workflow = { readonly id: number; readonly path: string; name: string; /** Only an active one starts runs; absent is active. */ state?: 'active' | 'disabled_manually' | 'disabled_inactivity' };
export type WorkflowRun = {
  readonly id: number;
  readonly number: number;
  readonly workflow: string;
  readonly name: string;
  readonly event: string;
  readonly headSha: string;
  /** Branch name, or the tag's name for tag pushes. */
  readonly headBranch: string | null;
  /** `refs/heads/…` or `refs/tags/…`: what the jobs see as GITHUB_REF. */
  readonly ref: string;
  readonly suite: number;
  attempt: number;
  status: 'queued' | 'in_progress' | 'completed' | 'waiting';
  conclusion: string | null;
  readonly actor: User;
  triggeringActor: User;
  readonly createdAt: number;
  updatedAt: number;
  startedAt: number;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly jobs: Job[];
  /** Jobs of earlier attempts that this one did not run again. */
  carriedJobs: readonly number[];
  readonly pastAttempts: Attempt[];
  readonly pulls: readonly number[];
  /** `owner/name` of the repository the head is in: another one for a fork's pull request. */
  readonly headRepository: string;
  /** Called workflows, as `owner/name/path@ref` with the commit they came from. */
  readonly referencedWorkflows: readonly { readonly path: string; readonly sha: string; readonly ref?: string }[];
  /** Why the workflow file could not be run at all (conclusion `startup_failure`). */
  startupError?: string;
};
/** How an earlier attempt of a run ended. */
export type Attempt = Pick<WorkflowRun, 'attempt' | 'status' | 'conclusion' | 'triggeringActor' | 'startedAt' | 'updatedAt' | 'carriedJobs'>;
export type Job = {
  readonly id: number;
  /** Key in the workflow file. */
  readonly key: string;
  readonly name: string;
  readonly attempt: number;
  status: 'queued' | 'in_progress' | 'completed' | 'waiting';
  conclusion: string | null;
  startedAt: number;
  completedAt: number | null;
  readonly steps: { readonly name: string; readonly number: number; status: string; conclusion: string | null; startedAt: number; completedAt: number | null }[];
  /** Everything the job printed, secrets masked. */
  log: string;
  /** Step summary in Markdown. */
  summary: string;
};

export type Ruleset = {
  readonly id: number;
  name: string;
  target: 'branch' | 'tag';
  enforcement: 'active' | 'disabled' | 'evaluate';
  bypassActors: readonly { readonly actorId: number; readonly actorType: 'Integration' | 'Team' | 'RepositoryRole' | 'OrganizationAdmin' | 'DeployKey' | 'User' | 'EnterpriseOwner'; /** `exempt`: the rules are not even asked. */ readonly bypassMode: 'always' | 'pull_request' | 'exempt' }[];
  conditions: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  rules: readonly { readonly type: string; readonly parameters?: Readonly<Record<string, unknown>> }[];
  /** Set on an organisation's ruleset: whose it is, and the names of the repositories it covers. */
  readonly organization?: { readonly login: string; readonly include: readonly string[]; readonly exclude: readonly string[] };
  readonly createdAt: number;
  updatedAt: number;
};

/** What the rulesets in force came to when a ref was to move. null before or after: it was created or deleted. */
export type RuleSuite = { readonly id: number; readonly actor: User; readonly ref: string; readonly before: string | null; readonly after: string | null; readonly at: number; readonly result: 'pass' | 'fail' | 'bypass' };

export type Environment = {
  readonly id: number;
  readonly name: string;
  /** null: any ref may enter. */
  branchPolicy: { readonly protectedBranches: boolean; readonly customBranchPolicies: boolean } | null;
  readonly policies: { readonly id: number; readonly name: string; readonly type: 'branch' | 'tag' }[];
  /** Whether an admin may send a waiting job past the environment's rules. GitHub shows it, its description does not. */
  canAdminsBypass: boolean;
  /** Custom rules: Apps (by number) that are asked before a job enters. */
  readonly customRules: { readonly id: number; readonly app: number }[];
  readonly secrets: SecretStore;
  readonly createdAt: number;
};

export type Deployment = { readonly id: number; readonly sha: string; readonly ref: string; readonly environment: string; readonly creator: User; readonly task: string; readonly description: string | null; readonly createdAt: number; updatedAt: number; readonly payload: unknown; readonly statuses: DeploymentStatus[]; readonly run: number | null };
export type DeploymentStatus = { readonly id: number; readonly state: string; readonly creator: User; readonly description: string; readonly environmentUrl: string; readonly logUrl: string; readonly createdAt: number };

export type Release = { readonly id: number; readonly tagName: string; readonly targetCommitish: string; name: string; body: string; draft: boolean; prerelease: boolean; readonly author: User; readonly createdAt: number; publishedAt: number | null; immutable: boolean; readonly assets: Asset[] };
export type Asset = { readonly id: number; readonly name: string; readonly contentType: string; readonly bytes: Uint8Array; readonly uploader: User; readonly createdAt: number; readonly digest: string };
