import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { movedClock } from './moved-clock.ts';

const bundle = join(import.meta.dirname, '../../packages/actions/dist/gatekeeper.mjs');

export type GatekeeperInputs = { readonly appId: string; readonly appKey: string; readonly ledgerKey: string; readonly slackWebhook?: string; readonly teamsWebhook?: string };

export type GatekeeperJob = {
  /** A folder in which the job's own folder is made. */
  readonly folder: string;
  readonly apiUrl: string;
  readonly sha: string;
  readonly inputs: GatekeeperInputs;
  /** How far the runner's clock is from this machine's. */
  readonly clockOffsetMilliseconds: number;
};

export type GatekeeperEnd = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it printed, both streams. */
  readonly output: string;
  /** Text of its error annotations. */
  readonly errors: readonly string[];
  readonly state: string | null;
};

export type GatekeeperProcess = { readonly ended: Promise<GatekeeperEnd>; kill(): void };

/** Starts the bundled gatekeeper as a runner starts an action: inputs and everything else in the environment, nothing inherited but PATH. */
export async function startGatekeeper(job: GatekeeperJob): Promise<GatekeeperProcess> {
  if (!existsSync(bundle)) throw new Error(`There is no bundle ${bundle}. Make it with \`npm run bundle\`; \`npm test\` does it by itself.`);
  const folder = await mkdtemp(join(job.folder, 'job-'));
  const file = (name: string): string => join(folder, name);
  await Promise.all([writeFile(file('event.json'), '{}'), writeFile(file('output'), ''), writeFile(file('summary.md'), '')]);
  const child = spawn(process.execPath, [bundle], { cwd: folder, env: environmentOf(job, file), stdio: ['ignore', 'pipe', 'pipe'] });
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => printed.push(chunk));
  const ended = new Promise<GatekeeperEnd>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const output = Buffer.concat(printed).toString('utf8');
      const errors = [...output.matchAll(/^::error[^:]*::(.*)$/gm)].map(([, text = '']) => text.replaceAll('%0A', '\n').replaceAll('%25', '%'));
      readFile(file('output'), 'utf8').then((outputs) => resolve({ code, signal, output, errors, state: /^state<<(\S+)\n(.*)\n\1$/m.exec(outputs)?.[2] ?? null }), reject);
    });
  });
  return { ended, kill: () => void child.kill('SIGKILL') };
}

function environmentOf({ apiUrl, sha, inputs, clockOffsetMilliseconds }: GatekeeperJob, file: (name: string) => string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: file('home'),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: apiUrl,
    GITHUB_SERVER_URL: apiUrl,
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_EVENT_NAME: 'schedule',
    GITHUB_EVENT_PATH: file('event.json'),
    GITHUB_REF: 'refs/heads/main',
    GITHUB_SHA: sha,
    GITHUB_RUN_ID: '1',
    GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/gatekeeper.yml@refs/heads/main',
    GITHUB_WORKSPACE: file('.'),
    GITHUB_OUTPUT: file('output'),
    GITHUB_STEP_SUMMARY: file('summary.md'),
    'INPUT_APP-ID': inputs.appId,
    'INPUT_APP-KEY': inputs.appKey,
    'INPUT_LEDGER-KEY': inputs.ledgerKey,
    'INPUT_DRY-RUN': 'false',
    'INPUT_SLACK-WEBHOOK': inputs.slackWebhook ?? '',
    'INPUT_TEAMS-WEBHOOK': inputs.teamsWebhook ?? '',
    NODE_OPTIONS: movedClock(clockOffsetMilliseconds),
  };
}
