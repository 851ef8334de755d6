import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Expectations } from './expect.ts';
import { runScript } from './run-script.ts';
import type { Machine, ScriptEnd } from './run-script.ts';

type Host = { readonly home: string; readonly address: string; readonly known: string; readonly stop: () => void };

/** The recipe for virtual machines with OpenSSH's own ssh, against real SSH servers on loopback whose hosts are folders. */
export async function tryVirtualMachines(machine: Machine, { expect }: Expectations): Promise<void> {
  const stage = mkdtempSync(join(machine.scratch, 'hosts-'));
  const keys = makeKey(stage, 'deploy');
  const hosts: Host[] = [];
  const start = async (name: string, mood: 'plain' | 'tampers' = 'plain'): Promise<Host> => {
    const host = await startHost(machine, stage, name, keys, mood);
    hosts.push(host);
    return host;
  };
  try {
    const [one, two, three, changing] = [await start('one'), await start('two'), await start('three'), await start('changing', 'tampers')];
    const archive = pack(stage, 'new');
    const deploy = (to: readonly Host[], more: Readonly<Record<string, string>> = {}): Promise<ScriptEnd> =>
      runScript(machine, 'virtual-machines', { ARCHIVE: archive, VERSION: '1.8.0-rc.1', FOLDER: 'shop', HOSTS: to.map(({ address }) => address).join(' '), KNOWN_HOSTS: [one, two, three, changing].map(({ known }) => known).join('\n'), SSH_KEY: readFileSync(keys, 'utf8'), ...more });
    const isOld = (host: Host): boolean => runs(host) === 'old' && restarts(host) === 0;

    const stranger = await deploy([one, two], { KNOWN_HOSTS: `${known(one, three)}\n${two.known}` });
    expect('a host with another key than the pinned one gets nothing, and neither does any after it', stranger.status !== 0 && isOld(one) && isOld(two) && arrived(one).length === 0, stranger.output);
    const unpinned = await deploy([one], { KNOWN_HOSTS: '' });
    expect('a host without a pinned key gets nothing', unpinned.status !== 0 && isOld(one) && arrived(one).length === 0, unpinned.output);
    const none = await deploy([], { HOSTS: '  ' });
    expect('no hosts are an error, and not a deploy to none', none.status === 1 && none.output.includes('HOSTS'), none.output);
    const tampered = await deploy([changing, two]);
    expect('an archive that changed on the way is not unpacked, and the next host keeps the build before', tampered.status !== 0 && isOld(changing) && isOld(two) && tampered.output.includes('not the archive'), tampered.output);

    writeFileSync(join(two.home, 'shop/healthy'), '#!/bin/sh\ngrep -q old current/index.html\n');
    const unwell = await deploy([one, two, three]);
    expect('a host that is not well goes back, the one before it has the new build, the one after it was not touched', unwell.status !== 0 && runs(one) === 'new' && runs(two) === 'old' && restarts(two) === 2 && isOld(three), unwell.output);

    writeFileSync(join(two.home, 'shop/healthy'), '#!/bin/sh\nexit 0\n');
    const all = await deploy([one, two, three], { GITHUB_REF_NAME: 'promote/production/8' });
    expect('all hosts run the new build, each from a folder of its promotion', all.status === 0 && [one, two, three].every((host) => runs(host) === 'new' && readlinkSync(join(host.home, 'shop/current')) === 'releases/1.8.0-rc.1-8'), all.output);
    expect('and nothing of the key or the archive is left lying about', [one, two, three].every((host) => arrived(host).length === 0) && !all.output.includes('PRIVATE KEY'), all.output);
  } finally {
    for (const host of hosts) host.stop();
  }
}

const runs = ({ home }: Host): string => readFileSync(join(home, 'shop/current/index.html'), 'utf8').trim();
const restarts = ({ home }: Host): number => (existsSync(join(home, 'shop/restarts')) ? readFileSync(join(home, 'shop/restarts'), 'utf8').split('\n').length - 1 : 0);
const arrived = ({ home }: Host): readonly string[] => readdirSync(join(home, 'shop/incoming'));
/** The line that pins one host to the key of another. */
const known = (host: Host, key: Host): string => `${host.known.split(' ')[0] ?? ''} ${key.known.split(' ').slice(1).join(' ')}`;

function makeKey(folder: string, name: string): string {
  const path = join(folder, `${name}.key`);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', path]);
  return path;
}

function pack(folder: string, text: string): string {
  mkdirSync(join(folder, 'build'));
  writeFileSync(join(folder, 'build/index.html'), `${text}\n`);
  execFileSync('tar', ['-czf', join(folder, 'shop.tar.gz'), '-C', join(folder, 'build'), '.']);
  return join(folder, 'shop.tar.gz');
}

async function startHost({ root, programs }: Machine, stage: string, name: string, deployKey: string, mood: string): Promise<Host> {
  const home = join(stage, name);
  for (const folder of ['shop/incoming', 'shop/releases/old']) mkdirSync(join(home, folder), { recursive: true });
  writeFileSync(join(home, 'shop/releases/old/index.html'), 'old\n');
  execFileSync('ln', ['-s', 'releases/old', join(home, 'shop/current')]);
  writeFileSync(join(home, 'shop/restart'), '#!/bin/sh\necho restarted >> restarts\n');
  writeFileSync(join(home, 'shop/healthy'), '#!/bin/sh\nexit 0\n');
  for (const script of ['restart', 'healthy']) chmodSync(join(home, 'shop', script), 0o755);
  const key = makeKey(stage, name);
  const child = spawn(join(programs, 'python'), ['-W', 'ignore::RuntimeWarning', join(root, 'test/recipes/ssh-host.py'), home, key, `${deployKey}.pub`, mood], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', () => { reject(new Error(`The SSH server of ${name} ended before it listened.`)); });
  });
  const [kind, text] = readFileSync(`${key}.pub`, 'utf8').trim().split(' ');
  return { home, address: `ssh://deploy@127.0.0.1:${port}`, known: `[127.0.0.1]:${port} ${kind ?? ''} ${text ?? ''}`, stop: () => { child.kill(); } };
}
