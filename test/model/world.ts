import { execFileSync } from 'node:child_process';
import { sweep } from '@sallyport/pipeline';
import type { CurrentPolicy, LedgerWriter, Outside } from '@sallyport/pipeline';
import type { PolicyName } from './policies.ts';
import { startShop } from './shop.ts';
import type { Shop } from './shop.ts';
import { startTruth } from './truth.ts';
import type { Truth } from './truth.ts';
import { createWire } from './wire.ts';
import type { Trouble, Wire } from './wire.ts';

export type World = {
  readonly shop: Shop;
  readonly truth: Truth;
  /** Dead runs whose last write is still on its way. */
  readonly late: Wire[];
  /** Whether something happened since a sweep last ended well. */
  unswept: boolean;
  /** A gatekeeper died between intent and tag: a good moment for somebody to hold everything. */
  overtaken: boolean;
  /** Number of a pull request that somebody has pushed to or spoken on since the merge gate last looked at it. */
  unjudged: number | null;
  /** For names and versions, so that none is given twice. */
  counter: number;
  /** What the runs of the last step met with, for the oracle. */
  lastRun: { readonly trouble: Trouble; readonly struck: boolean; readonly clockErrorMilliseconds: number; readonly lateWrite: boolean } | null;
  /** How often each thing worth seeing came to pass. */
  readonly seen: Map<string, number>;
  readonly git: (args: readonly string[]) => string;
};

export async function startWorld(policy: PolicyName = 'plain'): Promise<World> {
  const shop = await startShop(policy);
  const { gitDir } = shop.repository;
  const env = { PATH: process.env['PATH'] ?? '', HOME: gitDir, GIT_CONFIG_NOSYSTEM: '1', ...identity(shop.now()) };
  const git: World['git'] = (args) => execFileSync('git', ['--git-dir', gitDir, ...args], { env, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] }).trimEnd();
  return { shop, truth: startTruth(git(['rev-parse', 'refs/heads/main']), policy), late: [], unswept: false, overtaken: false, unjudged: null, counter: 0, lastRun: null, seen: new Map(), git };
}

const identity = (at: number) => {
  const date = new Date(at).toISOString();
  return { GIT_AUTHOR_NAME: 'root', GIT_AUTHOR_EMAIL: 'root@example.invalid', GIT_AUTHOR_DATE: date, GIT_COMMITTER_NAME: 'root', GIT_COMMITTER_EMAIL: 'root@example.invalid', GIT_COMMITTER_DATE: date };
};

export const saw = (world: World, what: string): void => void world.seen.set(what, (world.seen.get(what) ?? 0) + 1);

/** What ours has in hand while it runs. */
export type Hands = { readonly outside: Outside; readonly openLedger: (policy: CurrentPolicy) => LedgerWriter };

export type Ended = { readonly how: 'ended'; readonly said: string } | { readonly how: 'failed'; readonly said: string } | { readonly how: 'died'; readonly said: string };

export type Running = { readonly wire: Wire; readonly ended: Promise<Ended> };

export type RunOptions = { readonly trouble?: Trouble; readonly clockErrorMilliseconds?: number; readonly as?: 'gatekeeper' | 'deploy'; /** Between the run and its ports, where it may die too. */ readonly ports?: BrokenPorts };

export type BrokenPorts = { wrap(outside: Outside): Outside; readonly died: Promise<string> };

/** Starts one run of ours, with its own connection. It ends, fails, or dies of its trouble. `job` gives what it came to in a word. */
export function startRun(world: World, job: (hands: Hands) => Promise<string>, { trouble = { kind: 'none' }, clockErrorMilliseconds = 0, as = 'gatekeeper', ports }: RunOptions = {}): Running {
  const wire = createWire(world.shop.simulator.fetch, trouble);
  const hands = world.shop.connect(as, { fetch: wire.fetch, clockErrorMilliseconds, ...(ports === undefined ? {} : { wrap: (outside) => ports.wrap(outside) }) });
  const finished = job(hands).then(
    (said): Ended => ({ how: 'ended', said }),
    (error: unknown): Ended => ({ how: 'failed', said: error instanceof Error ? error.message : String(error) }),
  );
  const died = wire.died.then((): Ended => ({ how: 'died', said: `at its write ${wire.writes().length}, ${wire.writes().at(-1) ?? ''}` }));
  const diedAtPort = ports?.died.then((said): Ended => ({ how: 'died', said: `at ${said}` })) ?? died;
  return { wire, ended: Promise.race([finished, died, diedAtPort]) };
}

/** As `startRun`, to its end. Remembers what a dead run left on its way. */
export async function run(world: World, job: (hands: Hands) => Promise<string>, options: RunOptions = {}): Promise<Ended> {
  const { wire, ended } = startRun(world, job, options);
  const end = await ended;
  const { trouble = { kind: 'none' }, clockErrorMilliseconds = 0 } = options;
  world.lastRun = { trouble, struck: wire.struck(), clockErrorMilliseconds, lateWrite: false };
  if (wire.struck()) saw(world, trouble.kind === 'dies' ? `died (${trouble.moment})` : trouble.kind);
  if (end.how === 'died' && trouble.kind === 'dies' && trouble.moment === 'late') world.late.push(wire);
  return end;
}

/** The gatekeeper's job. */
export const sweeping = async ({ outside, openLedger }: Hands): Promise<string> => {
  const { state, problems } = await sweep(outside, { dryRun: false, openLedger });
  return [state, ...problems].join(': ');
};
