/** What GitHub let the caller see. `hidden` is neither yes nor no (L5); `why` says what stood in the way. */
export type Seen<T> = { readonly state: 'seen'; readonly value: T } | { readonly state: 'hidden'; readonly why: string };

export const seen = <T>(value: T): Seen<T> => ({ state: 'seen', value });
export const hidden = (why: string): Seen<never> => ({ state: 'hidden', why });

/** Everything on GitHub that the lock rests on, as read at one time. */
export type Enforcement = {
  readonly repository: { readonly owner: string; readonly name: string; readonly ownedBy: 'organization' | 'user'; readonly visibility: 'public' | 'private' | 'internal'; readonly defaultBranch: string };
  /** The gatekeeper; null: none is known. */
  readonly app: GatekeeperApp | null;
  /** The repository's own and those of its organisation. */
  readonly rulesets: Seen<readonly Ruleset[]>;
  readonly environments: Seen<readonly Environment[]>;
  /** Names of secrets that every workflow of the repository can read. */
  readonly repositorySecrets: Seen<readonly string[]>;
  readonly organizationSecrets: Seen<readonly string[]>;
  readonly actions: Seen<ActionsSettings>;
  readonly token: Seen<TokenDefaults>;
  /** Published releases keep their files. */
  readonly immutableReleases: Seen<boolean>;
  readonly labels: Seen<readonly string[]>;
  /** As the default branch has them. */
  readonly workflows: Seen<readonly WorkflowFile[]>;
  /** Pushes that a ruleset would have refused to anybody else, in the time that was asked for. */
  readonly bypasses: Seen<readonly Bypass[]>;
};

export type GatekeeperApp = {
  readonly id: number;
  /** null: it is known by its number only. */
  readonly slug: string | null;
  /** By the names of GitHub's interface: `contents: write`. */
  readonly permissions: Seen<Readonly<Record<string, string>>>;
};

export type Ruleset = {
  readonly id: number;
  readonly name: string;
  /** Whose it is: a repository's can be changed by its administrators. */
  readonly source: 'repository' | 'organization';
  readonly target: 'branch' | 'tag' | 'other';
  readonly enforcement: 'active' | 'evaluate' | 'disabled';
  /** Full refs as patterns, `~ALL` or `~DEFAULT_BRANCH`. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly rules: readonly Rule[];
  /** Told only to those who may edit the ruleset. */
  readonly bypass: Seen<readonly BypassActor[]>;
};

export type Rule = { readonly type: string; readonly parameters: Readonly<Record<string, unknown>> };

/** `kind` as GitHub names it: Integration, Team, RepositoryRole, OrganizationAdmin, DeployKey, … `id`: null where there is only one of the kind. */
export type BypassActor = { readonly kind: string; readonly id: number | null; readonly mode: string };

export type Environment = {
  readonly name: string;
  readonly admits: Admission;
  /** Administrators may start a deployment past the protection rules. */
  readonly adminsBypass: Seen<boolean>;
  readonly secrets: Seen<readonly string[]>;
  /** Numbers of the Apps that are asked before a deployment starts. */
  readonly gates: Seen<readonly number[]>;
  /** Kept as they are when the environment is written again. */
  readonly waitMinutes: number;
  readonly reviewers: readonly { readonly type: string; readonly id: number }[];
  readonly preventSelfReview: boolean;
};

/** Which refs a job that enters may run on. */
export type Admission =
  | { readonly kind: 'anything' }
  | { readonly kind: 'protected-branches' }
  | { readonly kind: 'patterns'; readonly patterns: Seen<readonly AdmittedPattern[]> };

export type AdmittedPattern = { readonly id: number; readonly name: string; readonly type: 'branch' | 'tag' };

export type ActionsSettings = { readonly enabled: boolean; readonly allowed: 'all' | 'local_only' | 'selected'; /** null: this GitHub does not say. */ readonly pinned: boolean | null };

export type TokenDefaults = { readonly writes: boolean; readonly mayApprove: boolean };

/** `text` is null when the file is not there although GitHub lists its workflow. */
export type WorkflowFile = { readonly path: string; readonly text: string | null; /** As GitHub says: active, disabled_manually, disabled_inactivity, … */ readonly state: string };

export type Bypass = { readonly id: number; readonly ref: string; readonly actor: string; /** Epoch milliseconds. */ readonly at: number };
