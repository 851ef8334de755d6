import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Machine } from './run-script.ts';

/** A host that is reached by SSH on loopback. `known`: its line for known_hosts. In `shop` below `home` it runs a build named old. */
export type Host = { readonly home: string; readonly address: string; readonly known: string; readonly stop: () => void };

/** Makes a key pair and gives the path of the private key; the public one is beside it. */
export function makeKey(folder: string, name: string): string {
  const path = join(folder, `${name}.key`);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', path]);
  return path;
}

/** Starts a host that the key may enter. One that tampers changes what arrives. */
export async function startHost({ root, programs }: Machine, { stage, name, deployKey, mood = 'plain' }: { readonly stage: string; readonly name: string; readonly deployKey: string; readonly mood?: 'plain' | 'tampers' }): Promise<Host> {
  const home = join(stage, name);
  for (const folder of ['shop/incoming', 'shop/releases/old']) mkdirSync(join(home, folder), { recursive: true });
  writeFileSync(join(home, 'shop/releases/old/index.html'), 'old\n');
  execFileSync('ln', ['-s', 'releases/old', join(home, 'shop/current')]);
  writeFileSync(join(home, 'shop/restart'), '#!/bin/sh\ncat > /dev/null\necho restarted >> restarts\n');
  setHealth(home, 'exit 0');
  chmodSync(join(home, 'shop/restart'), 0o755);
  const key = makeKey(stage, name);
  const child = spawn(join(programs, 'python'), ['-W', 'ignore::RuntimeWarning', join(root, 'test/recipes/ssh-host.py'), home, key, `${deployKey}.pub`, mood], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, PATH: `${shellByLines(home)}:${process.env['PATH'] ?? ''}` } });
  const port = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', () => { reject(new Error(`The SSH server of ${name} ended before it listened.`)); });
  });
  const [kind, text] = readFileSync(`${key}.pub`, 'utf8').trim().split(' ');
  return { home, address: `ssh://deploy@127.0.0.1:${port}`, known: `[127.0.0.1]:${port} ${kind ?? ''} ${text ?? ''}`, stop: () => { child.kill(); } };
}

/** A folder whose `sh` is bash, as on many hosts: it reads a script line by line, and leaves the rest to whatever else reads the standard input. */
function shellByLines(home: string): string {
  const folder = join(home, 'bin');
  mkdirSync(folder);
  execFileSync('ln', ['-s', execFileSync('bash', ['-c', 'echo "$BASH"'], { encoding: 'utf8' }).trim(), join(folder, 'sh')]);
  return folder;
}

/** Sets what the host's own look at itself does. */
export function setHealth(home: string, script: string): void {
  writeFileSync(join(home, 'shop/healthy'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(home, 'shop/healthy'), 0o755);
}

/** What the host serves. */
export const runs = ({ home }: Host): string => readFileSync(join(home, 'shop/current/index.html'), 'utf8').trim();
export const restarts = ({ home }: Host): number => (existsSync(join(home, 'shop/restarts')) ? readFileSync(join(home, 'shop/restarts'), 'utf8').split('\n').length - 1 : 0);
export const arrived = ({ home }: Host): readonly string[] => readdirSync(join(home, 'shop/incoming'));

/** Packs files into an archive and gives its path. */
export function packFiles(folder: string, name: string, files: Readonly<Record<string, string>>): string {
  mkdirSync(join(folder, name));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, name, path), text);
  execFileSync('tar', ['-czf', join(folder, `${name}.tar.gz`), '-C', join(folder, name), '.']);
  return join(folder, `${name}.tar.gz`);
}
