import type { ClockReading, Decision, Fact, FactList, MergeFacts, OverrideFacts, Person, ProbeFact, ReleaseFacts, Role, StageFacts } from '@sallyport/gates';
import type { LedgerStore } from '@sallyport/ledger';
import type { NoticeEvent, NotifyPolicy, Policy } from '@sallyport/policy';
import type { ReleaseIssue, OverrideRequest, OverrideRequests, RollbackRequest } from './desk-requests.ts';

export type * from './desk-requests.ts';

/**
 * Every interface from the use cases to the outside. Adapters throw `OutsideError` when the outside is broken;
 * a fact that could not be learnt is data (`unknown`), not an error.
 */

/** Server and machine time, read together. */
export type TrustedClock = { read(): Promise<ClockReading> };

/** The policy file on the protected default branch (L6), never from a change. */
export type PolicySource = {
  /** null text: there is no such file. */
  readPolicyFile(): Promise<{ readonly path: string; readonly text: string | null }>;
  /** A commit of the default branch that holds exactly this text, for the record. Throws OutsideError, retryable, when the file has changed since it was read. */
  findCommit(text: string): Promise<string>;
};

/** Calendar files that the policy names, as bytes that nobody has looked at. */
export type CalendarFiles = {
  /** As the default branch has it (L6). null: there is no such file. */
  readFile(path: string): Promise<Uint8Array | null>;
  /** From an https address. At most `maximumBytes`; more is an OutsideError. */
  fetch(url: string, maximumBytes: number): Promise<Uint8Array>;
};

/** Trust roots that the policy names, as bytes that nobody has looked at. */
export type TrustRootFiles = {
  /** As the default branch has it (L6). null: there is no such file. */
  readFile(path: string): Promise<Uint8Array | null>;
};

export type RepositoryFact = MergeFacts['repository'];

/** Pull requests and commits. */
export type Changes = {
  repository(): Promise<RepositoryFact>;
  /**
   * Everything the merge gate looks at, read now. The policy is a promise so that reading it and the first questions about the
   * change go out together; null, or no such pull request, gives null.
   */
  gatherMergeFacts(target: MergeTarget, policy: Promise<Policy | null>): Promise<MergeFacts | null>;
  /** Open pull requests into one of the branches. */
  listOpen(into: readonly string[]): Promise<readonly { readonly number: number; readonly headSha: string }[]>;
  /** Groups of the merge queue, by its branches. Branches whose names say no group are left out. */
  listQueueGroups(): Promise<readonly QueueTarget[]>;
  /** How `commit` came to `branch`, without the ledger's part (the use case adds the decision). */
  findLanding(commit: string, branch: string): Promise<Fact<Landing>>;
  /** Commits reachable from `to` and not from `from` (null: only `to` itself), newest first. */
  listCommits(from: string | null, to: string): Promise<FactList<string>>;
};

/** A branch's past, for whoever looks back. */
export type History = {
  /** The tip of `branch` at an instant, by the record of pushes and not by dates in commits, which anyone can write. */
  findTipAt(branch: string, at: number): Promise<Fact<string>>;
  /** The branch's tip now, and every commit reachable from it and not from `since` (a branch, tag or commit). */
  listHistory(since: string, branch: string): Promise<{ readonly tip: string; readonly commits: FactList<HistoryCommit> }>;
  /** The merged pull request whose merge made exactly this commit of `branch`; null when there is none. */
  findChange(commit: string, branch: string): Promise<Fact<Landing['change']>>;
};

export type HistoryCommit = {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly tree: string;
  /** Whom GitHub takes for the author, by an address that anyone can write; null when it belongs to no account. */
  readonly author: string | null;
  /** The committer's word, in epoch milliseconds; null when there is none. */
  readonly committedAt: number | null;
};

/** A pull request at its head, or in a group of the merge queue. */
export type MergeTarget = { readonly pullRequest: number; readonly group: { readonly ref: string; readonly headSha: string; readonly baseSha: string } | null };

/** A group of the merge queue and the branch it would land on. */
export type QueueTarget = MergeTarget & { readonly group: NonNullable<MergeTarget['group']>; readonly base: string };

export type Landing = {
  readonly commit: string;
  readonly branch: string;
  readonly onBranch: boolean;
  readonly landedTree: string;
  readonly change: { readonly number: number; readonly headSha: string; readonly mergedAt: number } | null;
};

/** The check `sallyport/merge` on a commit. One check for a head: made once, then kept current. A null decision (no valid policy to decide by) is a failure. */
export type MergeCheck = {
  publish(check: CheckReport & { readonly headSha: string; readonly decision: Decision | null }): Promise<{ readonly id: number; readonly url: string }>;
};

export type CheckReport = {
  /** Plain text on one line. */
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
  /** Most important first; at most 50 are shown. GitHub adds those of an update to those it has, so the same ones are sent once. */
  readonly annotations?: readonly CheckAnnotation[];
};

/** A remark on a file of the change. Lines count from 1, both ends included. */
export type CheckAnnotation = {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly title: string;
  readonly message: string;
};

/** Promotion tags and the deploys they start. */
export type Promotions = {
  /** Every tag `promote/<environment>/*`. */
  listTags(environment: string): Promise<readonly PromotionTag[]>;
  /** Makes the annotated tag. `exists`: a tag of that name is there already (nothing was changed). */
  createTag(tag: { readonly name: string; readonly commit: string; readonly message: string; readonly taggedAt: number }): Promise<'created' | 'exists'>;
  /** The run of `workflow` that the tag started; null while there is none. */
  findDeploy(tag: string, commit: string, workflow: string): Promise<Fact<DeployRun | null>>;
  /** Of a run that has failed: whether, in each of its attempts, the deploy's own question was answered with no and nothing ran after it. */
  wasRefused(run: Pick<DeployRun, 'id' | 'attempt'>): Promise<Fact<boolean>>;
};

export type PromotionTag = { readonly name: string; readonly number: number; readonly commit: string; readonly message: string };

export type DeployRun = {
  readonly id: number;
  readonly attempt: number;
  readonly state: 'waiting' | 'running' | 'succeeded' | 'failed';
  /** When its first attempt was made. */
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly url: string;
};

/** Runs of a workflow that looks at an environment: started by its schedule, by hand or after another workflow, on the default branch and by its definition there. */
export type Probes = {
  /** Attempts that began at `since` (epoch milliseconds) or later and found the environment healthy or not, in any order. Whatever says neither is left out. */
  list(workflow: string, since: number): Promise<FactList<ProbeRun>>;
  /** The names of the jobs of an attempt that failed. */
  failedJobs(run: number, attempt: number): Promise<Fact<readonly string[]>>;
};

export type ProbeRun = ProbeFact & { readonly url: string };

/** Deployments that GitHub shows. Anyone who may push can make one, so they are compared with the record and never taken for proof (P12). */
export type Deployments = {
  /** To the environment, newest first; not complete where they may not be read. */
  list(environment: string): Promise<FactList<ShownDeployment>>;
};

export type ShownDeployment = { readonly id: number; readonly commit: string; readonly ref: string; readonly createdAt: number };

/** Issues as people use them for overrides, holds and reviews. */
export type Desk = {
  /** Open override requests (label `sallyport-override`) as written, not judged. Requests that do not parse are left out and named in `missing`. */
  listOverrideRequests(): Promise<OverrideRequests>;
  /** Whether the text of an issue is another than it was opened with, by whomever. */
  isEdited(issue: number): Promise<Fact<boolean>>;
  /** Whether the form in an issue was answered. */
  isFormAnswered(issue: number): Promise<boolean>;
  /** Answers a form by a comment, once however often it is asked to, and closes the issue when it was refused. */
  answerForm(answer: { readonly issue: number; readonly accepted: boolean; readonly body: string }): Promise<void>;
  /** The approvals on the request's own issue and on `alsoOn`, the release issues that are open. Membership now, in `organisation/slug`. */
  gatherApprovals(request: OverrideRequest, team: string, alsoOn: readonly number[]): Promise<OverrideFacts['approvals']>;
  /** Open issues labelled `sallyport-hold`. */
  listHolds(): Promise<ReleaseFacts['holds']>;
  /** Rollbacks that people ask for by comments on open issues labelled `sallyport-rollback` or `sallyport-release`, oldest first, as written and not judged. */
  listRollbacks(): Promise<FactList<RollbackRequest>>;
  /** A person's role in the repository, now. */
  readRole(person: Person): Promise<Fact<Role>>;
  /** Opens the review task for a used override, or finds the one already open for it. */
  openReview(task: { readonly override: string; readonly title: string; readonly body: string }): Promise<{ readonly issue: number }>;
  reviewState(issue: number): Promise<Fact<'open' | 'closed'>>;
  /** A person's membership of `organisation/slug`, now. */
  readMembership(person: Person, team: string): Promise<Fact<'active' | 'pending' | 'none'>>;
  /** A release issue with its commands; known null: there is none of that number any more. */
  readRelease(issue: number): Promise<Fact<ReleaseIssue | null>>;
  /** Opens the release issue that `mark` names and locks it, or finds the one that is there, open or closed. */
  openRelease(release: { readonly mark: string; readonly title: string; readonly body: string }): Promise<{ readonly issue: number }>;
  /** Writes what has changed. */
  updateRelease(issue: number, change: { readonly title?: string; readonly body?: string; readonly state?: 'open' | 'closed' }): Promise<void>;
  /** Answers a command by a reaction and a comment. */
  answerCommand(answer: { readonly issue: number; readonly comment: number; readonly accepted: boolean; readonly body: string }): Promise<void>;
  /** Opens the request for an override that a command asked for, or finds it. */
  openOverride(request: { readonly comment: number; readonly title: string; readonly block: { readonly build: string; readonly environment: string; readonly reason: string; readonly advisory: string | null }; readonly page: string }): Promise<{ readonly issue: number }>;
};

/** What builds are made of: files kept under a release, found again by digest. */
export type BuildStore = {
  /** Makes (or finds) the prerelease `release` at `commit` and adds the files that are missing. A file of that name with other bytes is an error. */
  publish(release: string, commit: string, files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Promise<void>;
  /** The bytes, not yet checked against any digest. null: no such file. */
  fetch(release: string, name: string): Promise<Uint8Array | null>;
};

/** Releases that people see: a plain version each, once it is in production. */
export type Releases = {
  /** Publishes `tag` at `commit` with these files, or finds the one that was published before. Somebody else's under that tag, or a tag at another commit, is an OutsideError. */
  publish(release: { readonly tag: string; readonly commit: string; readonly body: string; readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[] }): Promise<{ readonly url: string }>;
};

export type NoticeChannel = NotifyPolicy['to'];

/** What people are told, as plain text: names and reasons in it are anybody's words, and each channel escapes them as it must. */
export type Notice = {
  /** Names what it is about for good, e.g. `override-used:31:production:4`, at most 200 characters: it is told once in each place. */
  readonly id: string;
  readonly event: NoticeEvent;
  readonly title: string;
  readonly lines: readonly string[];
  /** Where it belongs; null: in an issue of its own. */
  readonly issue: number | null;
};

/** Telling people. A message may come twice where a run ended between sending and recording. */
export type Notices = {
  /** Throws OutsideError when it cannot be told there. `mention`: logins and teams, for `github` alone. */
  give(channel: NoticeChannel, notice: Notice, mention: readonly string[]): Promise<void>;
};

export type Outside = {
  readonly clock: TrustedClock;
  readonly policy: PolicySource;
  readonly calendars: CalendarFiles;
  readonly trustRoots: TrustRootFiles;
  readonly changes: Changes;
  readonly history: History;
  readonly mergeCheck: MergeCheck;
  readonly promotions: Promotions;
  readonly probes: Probes;
  readonly deployments: Deployments;
  readonly desk: Desk;
  readonly builds: BuildStore;
  readonly releases: Releases;
  readonly notices: Notices;
  readonly ledger: LedgerStore;
};

/** The reading half: what a deploy job or an auditor's command line needs. */
export type OutsideReader = Pick<Outside, 'clock' | 'policy' | 'calendars' | 'trustRoots' | 'changes' | 'history' | 'promotions' | 'probes' | 'deployments' | 'desk' | 'ledger'> & { readonly builds: Pick<BuildStore, 'fetch'> };

export type { Person, StageFacts };
