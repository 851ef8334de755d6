import type { PolicyName } from './policies.ts';
import type { Name } from './shop.ts';

export type Environment = 'staging' | 'production';
export const environments: readonly Environment[] = ['staging', 'production'];

export type Push = { readonly sha: string; readonly by: Name; readonly at: number; /** A merge of main by GitHub itself, on this head: what was approved before it still is. */ readonly updates: string | null };
export type PullTruth = {
  readonly number: number;
  readonly branch: string;
  readonly author: Name;
  /** What its merge makes of the policy; null: it leaves it alone. */
  readonly policy: PolicyName | null;
  readonly pushes: Push[];
  readonly reviews: { readonly by: Name; readonly state: 'APPROVED' | 'CHANGES_REQUESTED'; readonly head: string; readonly at: number }[];
  /** What the test really came to, by head, last attempt. */
  readonly tested: Map<string, 'success' | 'failure'>;
  merged: boolean;
  /** The tip of main that the branch holds. */
  holds: string;
};

/** One commit of main, by first parent, oldest first. */
export type Landing = { readonly sha: string; readonly pull: number | null; /** Whether it came by a pull request whose head had a standing yes when it was merged. */ readonly proper: boolean };

export type Deploy = {
  readonly tag: string;
  readonly environment: Environment;
  readonly commit: string;
  runId: number;
  /** `refused` by its first step, `running` after it was let in. */
  state: 'refused' | 'running' | 'succeeded' | 'failed';
  /** Digest of what it brings, once it was let in. */
  build: string | null;
  startedAt: number;
};

export type Occupied = {
  /** Digest of what it runs; null: nothing, or nobody knows what a deploy that broke left there. */
  build: string | null;
  /** Since when it is healthy with that, without a break. */
  healthySince: number | null;
  /** The commit of the last deploy that ended well. */
  commit: string | null;
  /** Everything that ever ended well there. */
  readonly ran: Set<string>;
  /** How long deploys that ended well took, in milliseconds. */
  readonly durations: number[];
};

/** An override as somebody asked for it by the issue form. */
export type FormTruth = {
  readonly by: Name;
  /** Digest. */
  readonly build: string;
  readonly environment: string;
  readonly waives: readonly string[];
  /** null: as long as the policy allows. */
  readonly holdsMilliseconds: number | null;
  readonly readable: boolean;
  readonly sentAt: number;
};

/** What truly happened, kept by whoever makes it happen. Nothing here is asked of the product. */
export type Truth = {
  policy: PolicyName;
  readonly pulls: Map<number, PullTruth>;
  readonly main: Landing[];
  readonly deploys: Deploy[];
  readonly environments: Readonly<Record<Environment, Occupied>>;
  /** By the number of the issue. */
  readonly forms: Map<number, FormTruth>;
  /** Deploys that were let in by the last step, for the oracle to look at. */
  readonly letIn: { readonly deploy: Deploy; readonly build: string }[];
};

const empty = (): Occupied => ({ build: null, healthySince: null, commit: null, ran: new Set(), durations: [] });

export const startTruth = (firstCommit: string, policy: PolicyName): Truth => ({
  policy,
  pulls: new Map(),
  main: [{ sha: firstCommit, pull: null, proper: false }],
  deploys: [],
  environments: { staging: empty(), production: empty() },
  forms: new Map(),
  letIn: [],
});

/** Everyone who had a hand in a change. */
export const contributorsOf = (pull: PullTruth): ReadonlySet<Name> => new Set([pull.author, ...pull.pushes.map(({ by }) => by)]);

export const headOf = (pull: PullTruth): string => pull.pushes.at(-1)?.sha ?? '';

/** The head and those before it of which it is only an update from main. */
function sameContent(pull: PullTruth): ReadonlySet<string> {
  const heads = new Set<string>();
  for (let push = pull.pushes.at(-1); push !== undefined; ) {
    heads.add(push.sha);
    const before: string | null = push.updates;
    push = before === null ? undefined : pull.pushes.findLast(({ sha }) => sha === before);
  }
  return heads;
}

/** Why a change must not be let in as it is now; null when nothing speaks against it. */
export function objectionTo(pull: PullTruth): string | null {
  const contributors = contributorsOf(pull);
  const heads = sameContent(pull);
  const latest = new Map(pull.reviews.map((review) => [review.by, review]));
  if ([...latest.values()].some(({ by, state }) => state === 'CHANGES_REQUESTED' && by !== pull.author)) return 'somebody asks for changes';
  const approved = [...latest.values()].some(({ by, state, head }) => state === 'APPROVED' && !contributors.has(by) && heads.has(head));
  if (!approved) return 'nobody but contributors approved this content';
  return pull.tested.get(headOf(pull)) === 'success' ? null : 'its test did not succeed on this head';
}

/** The place of a commit on main; -1 when it is not there. */
export const placeOf = (truth: Truth, sha: string | null): number => truth.main.findIndex((landing) => landing.sha === sha);
