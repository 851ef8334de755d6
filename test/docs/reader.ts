import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandPath } from '../acceptance/command.ts';
import { findProgram } from '../acceptance/find-program.ts';
import { movedClock } from '../acceptance/moved-clock.ts';
import { root } from './page.ts';
import { openShop } from './shop.ts';

export type Ended = { readonly status: number; readonly output: string };

/** Somebody who types what our pages say, in a clone of acme/shop. */
export type Reader = {
  /** Runs a script in a clone of its own. `output`: what it printed on both streams. */
  run(script: string): Promise<Ended>;
  stop(): Promise<void>;
};

/** What a machine with Node and git has besides. Whatever else a page uses is not found. */
const tools = ['bash', 'sh', 'git', 'cat', 'cp', 'mv', 'rm', 'mkdir', 'mktemp', 'ls', 'sed', 'grep', 'cut', 'head', 'tail', 'tr', 'sort', 'uniq', 'wc', 'diff', 'env', 'touch', 'chmod', 'date', 'dirname', 'basename', 'tee', 'find', 'tar', 'gzip', 'sha256sum', 'uname'];

/** Opens acme/shop, at which all that is run looks: no address outside this machine is reached. */
export async function meetReader(): Promise<Reader> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-docs-'));
  const [home, bin] = [join(folder, 'home'), join(folder, 'bin')];
  await Promise.all([home, bin, join(folder, 'github')].map((path) => mkdir(path)));
  const shop = await openShop(join(folder, 'github'));
  await writeFile(join(home, '.gitconfig'), `[user]\n\tname = Olga\n\temail = olga@example.com\n[url "file://${shop.gitDir}"]\n\tinsteadOf = https://github.com/acme/shop\n[advice]\n\tdetachedHead = false\n`);
  await fillBin(bin);
  const env = {
    PATH: bin,
    HOME: home,
    TMPDIR: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'file:http',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_API_URL: shop.simulator.url,
    GITHUB_TOKEN: shop.token,
    NODE_OPTIONS: movedClock(shop.simulator.clock.now() - Date.now()),
  };
  const files = {
    'sallyport.yml': shop.policy,
    'old.yml': shop.policy,
    'new.yml': shop.policy.replace('days: [saturday]', 'days: [saturday, sunday]'),
    'case.json': JSON.stringify(shop.case),
    'decision.json': JSON.stringify(shop.case.decision),
    'sallyport-checkpoint-57': shop.checkpoint,
  };
  return {
    async run(script) {
      const desk = join(await mkdtemp(join(folder, 'desk-')), 'shop');
      const prepared = await execute('git', ['clone', '--quiet', 'https://github.com/acme/shop', desk], { cwd: folder, env });
      if (prepared.status !== 0) throw new Error(prepared.output);
      await Promise.all([...Object.entries(files).map(([name, text]) => writeFile(join(desk, name), text)), ...['packages', 'docs'].map((name) => symlink(join(root, name), join(desk, name)))]);
      return execute('bash', ['-c', script], { cwd: desk, env: { ...env, ...(await commits(desk, env)) } });
    },
    async stop() {
      await shop.simulator.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Only what is named here is found by a script. */
async function fillBin(bin: string): Promise<void> {
  await Promise.all(tools.map(async (tool) => {
    const path = findProgram(tool);
    if (path !== null) await symlink(path, join(bin, tool));
  }));
  await symlink(process.execPath, join(bin, 'node'));
  const own = { sallyport: `exec node '${commandPath}' "$@"`, npm: `cd '${root}' && unset NODE_OPTIONS && npm_config_update_notifier=false PATH='${process.env['PATH'] ?? ''}' exec '${findProgram('npm') ?? 'npm'}' "$@"` };
  for (const [name, line] of Object.entries(own)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${line}\n`);
    await chmod(join(bin, name), 0o755);
  }
}

/** What our pages call some commits: two that come together, and where the one began. */
async function commits(desk: string, env: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const named = { onto: 'origin/main', fromBase: 'origin/main~1', from: 'origin/topic' };
  const ids = await Promise.all(Object.values(named).map((name) => execute('git', ['rev-parse', name], { cwd: desk, env })));
  return Object.fromEntries(Object.keys(named).map((name, index) => [name, ids[index]?.output.trim() ?? '']));
}

const execute = (command: string, args: readonly string[], options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> }): Promise<Ended> =>
  new Promise((resolve) => {
    const child = execFile(command, args, { ...options, timeout: 170_000, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => resolve({ status: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, output: `${stdout}${stderr}` }));
    child.stdin?.end();
  });
