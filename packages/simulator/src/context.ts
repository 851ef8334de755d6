import type { Actor, MergeGroup, Repository, World } from './world/world.ts';

/** The simulated time. It flows with the real clock from where it was last set, unless it is frozen. */
export type SettableClock = {
  now(): number;
  set(at: number): void;
  advance(milliseconds: number): void;
};

/** What happened in a repository, as the workflow engine hears of it. */
export type RepositoryEvent =
  | { readonly kind: 'push'; readonly ref: string; readonly before: string; readonly after: string }
  | { readonly kind: 'pull_request'; readonly action: 'opened' | 'synchronize' | 'reopened' | 'closed' | 'edited'; readonly number: number }
  | { readonly kind: 'pull_request_review'; readonly action: 'submitted' | 'dismissed'; readonly number: number; readonly review: number }
  | { readonly kind: 'issues'; readonly action: 'opened' | 'edited' | 'closed' | 'labeled'; readonly number: number }
  | { readonly kind: 'issue_comment'; readonly action: 'created' | 'edited'; readonly number: number; readonly comment: number }
  | { readonly kind: 'merge_group'; readonly action: 'checks_requested'; readonly group: MergeGroup }
  | { readonly kind: 'workflow_run'; readonly action: 'completed'; readonly run: number }
  | { readonly kind: 'workflow_dispatch'; readonly workflow: string; readonly ref: string; readonly inputs: Readonly<Record<string, string>> }
  | { readonly kind: 'schedule'; readonly workflow: string; readonly cron: string };

/** Shared by every part of the simulator. Nothing global: two simulators can run side by side in one process. */
export type SimulatorContext = {
  readonly world: World;
  readonly clock: SettableClock;
  /** Folder for bare repositories and job workspaces; removed on stop. */
  readonly dataDir: string;
  /** `http://127.0.0.1:<port>`; known once listening. */
  url(): string;
  nextId(): number;
  /** Tells the workflow engine. `actor` decides whether workflows start: the built-in job token starts none (but dispatches). */
  announce(repository: Repository, event: RepositoryEvent, actor: Actor & { readonly builtIn: boolean }): void;
};
