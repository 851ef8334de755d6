import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import * as z from 'zod';
import { forAct } from './for-act.ts';

/** Where act finds an action, instead of fetching it: `owner/name@commit` to a folder laid out as that repository. */
export type LocalActions = ReadonlyMap<string, string>;

export type Machine = {
  /** The program `act`. */
  readonly act: string;
  /** Scratch space; everything that act keeps is under it. */
  readonly folder: string;
  readonly actions: LocalActions;
};

export type WorkflowCall = {
  /** The repository as it is checked out at the commit the run is of. */
  readonly checkout: string;
  /** e.g. `.github/workflows/build.yml` */
  readonly workflow: string;
  /** What stands in that file. */
  readonly text: string;
  readonly event: string;
  readonly payload: object;
  readonly actor: string;
  /** What the runner tells every step, beside what act works out itself. */
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** A folder of programs that come before those of this machine. */
  readonly programs?: string;
};

export type WorkflowEnd = { readonly succeeded: boolean; /** By the job's name. */ readonly jobs: ReadonlyMap<string, string>; readonly log: string };

/** A workflow has at most two short jobs here. */
const longestMilliseconds = 120_000;

/** Runs one workflow file under act in host mode: each step is a process on this machine. */
export async function runWorkflow({ act, folder, actions }: Machine, call: WorkflowCall): Promise<WorkflowEnd> {
  const place = await mkdtemp(join(folder, 'act-'));
  const [home, artifacts, event] = [join(place, 'home'), join(place, 'artifacts'), join(place, 'event.json')];
  await Promise.all([mkdir(home), mkdir(artifacts), writeFile(event, JSON.stringify(call.payload))]);
  const workflow = join(call.checkout, call.workflow);
  await writeFile(workflow, forAct(call.text));
  const variables = { ...call.variables, STAND_IN_ARTIFACTS: artifacts };
  const args = [
    call.event,
    ...['--directory', call.checkout, '--workflows', workflow, '--eventpath', event, '--actor', call.actor],
    ...['--platform', 'ubuntu-24.04=-self-hosted', '--json', '--no-cache-server', '--action-offline-mode', '--action-cache-path', join(place, 'cache')],
    ...[...actions].flatMap(([name, path]) => ['--local-repository', `${name}=${path}`]),
    ...Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    // By name only: values are handed on in the environment.
    ...Object.keys(call.secrets).flatMap((name) => ['--secret', name]),
  ];
  const environment = { PATH: [...(call.programs === undefined ? [] : [call.programs]), process.env['PATH'] ?? ''].join(delimiter), HOME: home, XDG_CACHE_HOME: join(home, 'cache'), XDG_CONFIG_HOME: join(home, 'config'), ...call.secrets };
  const { code, output } = await spawned(act, args, environment);
  const lines = output.split('\n').flatMap(readLine);
  const jobs = new Map(lines.flatMap(({ job, jobResult }) => (job === undefined || jobResult === undefined ? [] : [[job.replace(/^[^/]*\//, '').trim(), jobResult] as const])));
  return { succeeded: code === 0 && [...jobs.values()].every((result) => result === 'success'), jobs, log: lines.map(({ job, msg }) => `${job ?? 'act'}: ${msg.trimEnd()}`).join('\n') };
}

function spawned(command: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: longestMilliseconds, killSignal: 'SIGKILL' });
    const printed: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => printed.push(part));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output: Buffer.concat(printed).toString('utf8') }));
  });
}

const line = z.looseObject({ msg: z.string(), job: z.string().optional(), jobResult: z.string().optional() });

/** What is no line of act's log is kept as it is. */
function readLine(text: string): readonly z.output<typeof line>[] {
  if (text.trim() === '') return [];
  try {
    return [line.parse(JSON.parse(text))];
  } catch {
    return [{ msg: text }];
  }
}
