import { resolve } from 'node:path';
import { createContract } from './contract/create-contract.ts';
import type { Mismatch } from './contract/mismatch.ts';
import { createAdmin, createWorld, type Admin } from './admin.ts';
import type { SettableClock, SimulatorContext } from './context.ts';
import { createApp } from './http/create-app.ts';
import type { Exchange } from './http/exchange.ts';
import { createFaults, type Fault } from './http/faults.ts';
import type { FrontDoor, RequestName } from './http/front-door.ts';
import { fetchInProcess } from './http/in-process.ts';
import { serveOnLoopback } from './http/loopback-server.ts';
import { registerCoreRoutes } from './http/routes/index.ts';
import { registerActionsRoutes } from './workflows/routes.ts';
import { createWorkflowEngine } from './workflows/engine.ts';
import type { Repository, World } from './world/world.ts';

export type SimulatorOptions = {
  readonly clock: SettableClock;
  /** A fresh folder the caller made; the caller removes it after `stop`. */
  readonly dataDir: string;
  /** From `owner/repository/path` as a workflow names an action (without @ref) to the folder holding its action.yml. */
  readonly actions: ReadonlyMap<string, string>;
  /** 'ignore' starts no jobs. Default 'run'. */
  readonly workflows?: 'run' | 'ignore';
  /** How far every job's machine clock is off the simulated time. Default: not at all. */
  readonly machineClockOffsetMilliseconds?: () => number;
  /** Hold every exchange against GitHub's OpenAPI description. Default false. */
  readonly contract?: boolean;
  /** Real milliseconds every answer takes longer, as the way to GitHub does; requests do not wait for each other. Default 0. */
  readonly latencyMilliseconds?: number;
};

export type Simulator = {
  readonly url: string;
  /** Asks it in this process, past the network: for whoever asks very often. Requests name `url` all the same. */
  readonly fetch: typeof globalThis.fetch;
  readonly context: SimulatorContext;
  readonly world: World;
  readonly clock: SettableClock;
  readonly admin: Admin;
  /** A clone URL that carries `token`. */
  gitUrl(repository: Repository, token: string): string;
  readonly faults: { add(fault: Fault): () => void };
  /** Hears every answered request (faults that answer instead are not heard); the returned function stops it. */
  observe(listener: (exchange: Exchange) => void): () => void;
  /** Called before a request is looked at; a listener that never resolves holds the request. */
  beforeRequest(listener: (request: RequestName) => void | Promise<void>): () => void;
  /** Resolves when no workflow run is queued or running. */
  idle(): Promise<void>;
  /** One tick of every `on: schedule` workflow on a default branch. */
  tickSchedules(): Promise<void>;
  /** What did not fit GitHub's OpenAPI description so far; empty when `contract` is off. */
  contractMismatches(): readonly Mismatch[];
  /** Operations of the description answered with success so far; empty when `contract` is off. */
  contractCoverage(): ReadonlySet<string>;
  /** Closes the port and ends every child process. */
  stop(): Promise<void>;
};

/** Starts a GitHub on a free loopback port. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const world = createWorld();
  let url = '';
  const context: SimulatorContext = {
    world,
    clock: options.clock,
    dataDir: resolve(options.dataDir),
    url: () => url,
    nextId: () => {
      world.nextId += 1;
      return world.nextId;
    },
    announce: (repository, event, actor) => { engine.announce(repository, event, actor); },
  };
  const engine = createWorkflowEngine(context, {
    actions: options.actions,
    run: options.workflows !== 'ignore',
    machineClockOffsetMilliseconds: options.machineClockOffsetMilliseconds ?? (() => 0),
  });
  const app = createApp(context);
  registerCoreRoutes(app, context);
  registerActionsRoutes(app, context, engine);

  const faults = createFaults();
  const observers = new Set<(exchange: Exchange) => void>();
  const contract = options.contract === true ? createContract() : null;
  if (contract !== null) observers.add((exchange) => { contract.check(exchange); });
  const listeners = new Set<(request: RequestName) => void | Promise<void>>();
  const door: FrontDoor = {
    answer: (request, bindings) => app.fetch(request, bindings),
    faults,
    now: () => options.clock.now(),
    latencyMilliseconds: options.latencyMilliseconds ?? 0,
    beforeRequest: () => [...listeners],
    observers: () => [...observers],
  };
  const server = await serveOnLoopback(door);
  url = server.url;

  return {
    url,
    fetch: fetchInProcess(door),
    context,
    world,
    clock: options.clock,
    admin: createAdmin(context),
    gitUrl: (repository, token) => `${url.replace('//', `//x-access-token:${token}@`)}/${repository.owner}/${repository.name}.git`,
    faults: { add: (fault) => faults.add(fault) },
    observe: (listener) => subscribe(observers, listener),
    beforeRequest: (listener) => subscribe(listeners, listener),
    contractMismatches: () => contract?.mismatches() ?? [],
    contractCoverage: () => contract?.covered() ?? new Set(),
    idle: () => engine.idle(),
    tickSchedules: () => engine.tickSchedules(),
    stop: async () => {
      try {
        await engine.stop();
        await server.close();
      } finally {
        await Promise.all([...world.repositories.values()].map((repository) => repository.objects.close()));
      }
    },
  };
}

function subscribe<T>(set: Set<T>, listener: T): () => void {
  set.add(listener);
  return () => {
    set.delete(listener);
  };
}
