import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

type Step = { readonly run?: string; readonly env?: Readonly<Record<string, string>> };
type Recipe = { readonly jobs: { readonly deploy: { readonly steps: readonly Step[] } } };

/** How a script ended, and what it printed on both streams. */
export type ScriptEnd = { readonly status: number | null; readonly output: string };

/** Where scripts run: `programs` come before the machine's, `scratch` holds a new folder for each run. */
export type Machine = { readonly root: string; readonly programs: string; readonly scratch: string };

/** Runs the one script of a recipe's deploy job as the runner does, with `given` for what the workflow fills in and for its own values. */
export async function runScript({ root, programs, scratch }: Machine, recipe: string, given: Readonly<Record<string, string>>): Promise<ScriptEnd> {
  const { load } = createRequire(join(root, 'packages/simulator/package.json'))('js-yaml') as { readonly load: (text: string) => unknown };
  const { steps } = (load(readFileSync(join(root, `workflows/recipes/${recipe}.yml`), 'utf8')) as Recipe).jobs.deploy;
  const [step, ...others] = steps.filter(({ run }) => run !== undefined);
  if (step?.run === undefined || others.length > 0) throw new Error(`The recipe ${recipe} has not exactly one script.`);
  const declared = step.env ?? {};
  const missing = Object.entries(declared).filter(([name, value]) => value.includes('${{') && given[name] === undefined).map(([name]) => name);
  if (missing.length > 0) throw new Error(`Nothing was given for ${missing.join(', ')} of the recipe ${recipe}.`);
  const temporary = mkdtempSync(join(scratch, 'runner-'));
  const env = { PATH: `${programs}:${process.env['PATH'] ?? ''}`, HOME: temporary, RUNNER_TEMP: temporary, GITHUB_RUN_ID: '4711', GITHUB_REF_NAME: 'promote/production/7', ...declared, ...given };
  return run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], env, temporary);
}

/** Runs a program to its end, at most two minutes. */
export async function run(command: string, args: readonly string[], env: Readonly<Record<string, string>>, cwd: string): Promise<ScriptEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 120_000 });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.on('error', reject);
    child.on('close', (status) => { resolve({ status, output }); });
  });
}
