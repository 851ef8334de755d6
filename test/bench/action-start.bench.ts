import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atMost } from './row.ts';
import type { Row } from './row.ts';

const rounds = 15;
const budget = 2;
/** Those that act as the App. `deploy` and `probe` begin in their own way (ADR 0029). */
const actions = ['merge-gate', 'gatekeeper', 'register-build'];
const bundleOf = (action: string): string => join(process.cwd(), 'packages', 'actions', 'dist', `${action}.mjs`);
const fakeSha = 'a'.repeat(40);

/** How long the bundles take to their first request, against Node doing nothing at all. */
export default async function measureActionStart(): Promise<readonly Row[]> {
  if (!actions.map(bundleOf).every((bundle) => existsSync(bundle))) throw new Error('The actions are not bundled yet. Run `npm run bundle --workspace @sallyport/actions` first.');
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-bench-'));
  let heard: () => void = () => undefined;
  const server = createServer((_request, response) => {
    heard();
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"message":"Bad credentials"}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    const environment = await runnerEnvironment(folder, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const rows: Row[] = [];
    for (const action of actions) {
      const ratios: number[] = [];
      // In turns, so that other work on the machine slows both.
      for (let round = 0; round < rounds; round += 1) {
        const empty = await timed((done) => run(['-e', '0'], {}, done));
        const started = await timed((done) => {
          heard = done;
          return run([bundleOf(action)], environment, () => undefined);
        });
        ratios.push(started / empty);
      }
      const median = ratios.sort((one, other) => one - other)[Math.floor(rounds / 2)] ?? Number.NaN;
      rows.push(atMost(`${action}: start to first request`, Number(median.toFixed(2)), 'times `node -e 0`', budget));
    }
    return rows;
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Milliseconds until `begin` is told that what is measured has happened; waits for what it started to end. */
async function timed(begin: (done: () => void) => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  let took = Number.NaN;
  await begin(() => {
    if (Number.isNaN(took)) took = performance.now() - startedAt;
  });
  if (Number.isNaN(took)) throw new Error('the process ended without doing what is measured');
  return took;
}

async function run(args: readonly string[], environment: Readonly<Record<string, string>>, ended: () => void): Promise<void> {
  const child = spawn(process.execPath, args, { stdio: 'ignore', env: { PATH: process.env['PATH'], ...environment } });
  await new Promise<void>((resolve, reject) => child.on('exit', () => resolve()).on('error', reject));
  ended();
}

/** What the runner gives the step: made-up keys, and an address that refuses them. */
async function runnerEnvironment(folder: string, apiUrl: string): Promise<Readonly<Record<string, string>>> {
  const event = join(folder, 'event.json');
  await writeFile(event, '{}');
  const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
  return {
    GITHUB_API_URL: apiUrl,
    GITHUB_SERVER_URL: apiUrl,
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_EVENT_NAME: 'schedule',
    GITHUB_EVENT_PATH: event,
    GITHUB_REF: 'refs/heads/main',
    GITHUB_SHA: fakeSha,
    GITHUB_RUN_ID: '1',
    GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/merge-gate.yml@refs/heads/main',
    GITHUB_WORKSPACE: folder,
    'INPUT_APP-ID': '1',
    'INPUT_APP-KEY': pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
    'INPUT_LEDGER-KEY': pem(generateKeyPairSync('ed25519').privateKey),
  };
}
