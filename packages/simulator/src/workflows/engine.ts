import type { RepositoryEvent, SimulatorContext } from '../context.ts';
import type { ActingUser } from '../auth/viewer.ts';
import { actionsBotLogin } from '../auth/viewer.ts';
import type { Repository, User, WorkflowRun } from '../world/world.ts';
import { keptJobs, startAttempt } from './attempts.ts';
import { createConcurrencyGroups, createSlots } from './concurrency.ts';
import { recordRun, type LiveRun } from './live-run.ts';
import { planRuns } from './plan-runs.ts';
import { concludeRun, playRun, type Stage } from './play-run.ts';
import { registerDefaultWorkflows } from './read-workflows.ts';

export type WorkflowEngineOptions = {
  /** From `owner/repository/path` (without @ref) to the folder holding the action's action.yml. */
  readonly actions: ReadonlyMap<string, string>;
  /** false: events start nothing. */
  readonly run: boolean;
  /** How far every job's machine is off the simulated time. Default 0. */
  readonly machineClockOffsetMilliseconds?: () => number;
};

export type WorkflowEngine = {
  /** Hears of an event; the runs it starts follow in the background, in the order of the events. */
  announce(repository: Repository, event: RepositoryEvent, actor: ActingUser): void;
  /** Resolves when no event is unheard and no run queued or running; rejects when the simulator itself failed in one. */
  idle(): Promise<void>;
  /** One tick of every `schedule` on default branches, and what follows from it. */
  tickSchedules(): Promise<void>;
  /** Starts a completed run, or only its failed jobs and what needs them, again as its next attempt, with the same ref and payload; false when it is not known or still runs. */
  rerun(run: WorkflowRun, actor: User, jobs?: 'all' | 'failed'): boolean;
  /** Ends every child process; events are no longer heard. */
  stop(): Promise<void>;
};

/** Jobs that run at the same time; the rest wait in order. */
const machineCount = 2;

/** workflow_run events follow each other at most this often (GitHub, "Events that trigger workflows", November 2026). */
const longestChain = 3;

/** GitHub Actions, as far as the simulator plays it. */
export function createWorkflowEngine(context: SimulatorContext, options: WorkflowEngineOptions): WorkflowEngine {
  const machine = { actions: options.actions, clockOffsetMilliseconds: options.machineClockOffsetMilliseconds ?? (() => 0) };
  const stage: Stage = { context, machine, groups: createConcurrencyGroups(), slots: createSlots(machineCount) };
  const work = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const runs = new Map<number, LiveRun>();
  let heard: Promise<void> = Promise.resolve();
  let stopped = false;

  const track = (promise: Promise<void>): void => {
    const settled: Promise<void> = promise.catch((error: unknown) => { failures.push(error); }).finally(() => work.delete(settled));
    work.add(settled);
  };

  const play = async (live: LiveRun): Promise<void> => {
    const { found, repository, actor } = live.plan;
    if (found.reading.kind === 'workflow') await playRun(stage, live, found.reading.file);
    else {
      live.run.startupError = found.reading.message;
      concludeRun(context, live, 'startup_failure');
    }
    engine.announce(repository, { kind: 'workflow_run', action: 'completed', run: live.run.id }, { ...actor, builtIn: false });
  };

  const hear = async (repository: Repository, event: RepositoryEvent, actor: ActingUser): Promise<void> => {
    const depth = event.kind === 'workflow_run' ? (runs.get(event.run)?.depth ?? 0) + 1 : 0;
    if (depth > longestChain || !repository.actions.enabled) return;
    for (const plan of await planRuns(context, repository, event, actor)) {
      if (stopped) return;
      const live = recordRun(context, plan, depth);
      runs.set(live.run.id, live);
      track(play(live));
    }
  };

  const engine: WorkflowEngine = {
    announce: (repository, event, actor) => {
      if (stopped || !options.run || !startsWorkflows(event, actor)) return;
      const turn = heard.then(() => hear(repository, event, actor));
      heard = turn.catch(() => undefined);
      track(turn);
    },
    idle: async () => {
      while (work.size > 0) await Promise.all(work);
      const [first] = failures.splice(0);
      if (first !== undefined) throw new Error('The workflow engine failed while it played a run.', { cause: first });
    },
    tickSchedules: async () => {
      for (const repository of context.world.repositories.values()) await tick(context, repository, engine);
      await engine.idle();
    },
    rerun: (run, actor, jobs = 'all') => {
      const live = runs.get(run.id);
      if (live === undefined || run.status !== 'completed' || stopped) return false;
      live.abort = new AbortController();
      const { reading } = live.plan.found;
      startAttempt(run, actor, context.clock.now(), jobs === 'failed' && reading.kind === 'workflow' ? keptJobs(run, reading.file) : []);
      track(play(live));
      return true;
    },
    stop: async () => {
      stopped = true;
      for (const live of runs.values()) live.abort.abort();
      while (work.size > 0) await Promise.all(work);
    },
  };
  return engine;
}

/** What the built-in token does starts nothing but dispatches (GitHub, "Triggering a workflow from a workflow", November 2026). */
function startsWorkflows(event: RepositoryEvent, actor: ActingUser): boolean {
  return !actor.builtIn || event.kind === 'workflow_dispatch';
}

async function tick(context: SimulatorContext, repository: Repository, engine: WorkflowEngine): Promise<void> {
  const bot = context.world.users.get(actionsBotLogin);
  if (bot === undefined) return;
  for (const { path, reading } of await registerDefaultWorkflows(context, repository)) {
    if (reading.kind !== 'workflow') continue;
    for (const cron of reading.file.schedules) engine.announce(repository, { kind: 'schedule', workflow: path, cron }, { user: bot, app: null, builtIn: false });
  }
}
