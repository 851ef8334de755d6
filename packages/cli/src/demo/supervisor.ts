import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash, timingSafeEqual } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { mustRun } from './run-command.ts';

/** A host of the story: one public address, behind it the version that was last deployed, as a process of its own. */
export type Supervisor = {
  /** What the world sees; 503 while nothing is deployed. */
  readonly publicUrl: string;
  /** `PUT <deployUrl>/release` with the token takes an archive; everything else is the served application's. */
  readonly deployUrl: string;
  /** What is served now; null while nothing is. */
  version(): Promise<{ readonly version: string; readonly commit: string } | null>;
  stop(): Promise<void>;
};

type Served = { readonly child: ChildProcess; readonly port: number };

/** Starts a host that takes releases from whoever has the token. It is the story's production, so it runs what it is given. */
export async function startSupervisor(options: { readonly folder: string; readonly token: string }): Promise<Supervisor> {
  let served: Served | null = null;
  let releases = 0;

  const release = async (archive: Buffer): Promise<void> => {
    releases += 1;
    const folder = join(options.folder, `release-${releases}`);
    await mkdir(folder, { recursive: true });
    const file = join(folder, 'archive.tar.gz');
    await writeFile(file, archive);
    await mustRun('tar', ['-xzf', file, '-C', folder], { cwd: folder });
    const next = await serve(folder);
    const previous = served;
    served = next;
    if (previous !== null) await end(previous.child);
  };

  const server = createServer((incoming, outgoing) => {
    const answer = incoming.method === 'PUT' && incoming.url === '/release' ? administer(incoming, outgoing, options.token, release) : Promise.resolve(proxy(incoming, outgoing, served));
    answer.catch((error: unknown) => respond(outgoing, 500, String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    publicUrl,
    deployUrl: publicUrl,
    async version() {
      const answer = await fetch(`${publicUrl}/version`);
      return answer.ok ? ((await answer.json()) as { version: string; commit: string }) : null;
    },
    async stop() {
      if (served !== null) await end(served.child);
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function administer(incoming: IncomingMessage, outgoing: ServerResponse, token: string, release: (archive: Buffer) => Promise<void>): Promise<void> {
  if (!sameSecret(incoming.headers.authorization ?? '', `Bearer ${token}`)) return respond(outgoing, 401, 'The deploy token is missing or wrong.');
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  await release(Buffer.concat(parts));
  respond(outgoing, 200, 'released');
}

/** Compares digests, so that neither length nor content shows in the time it takes. */
function sameSecret(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

function proxy(incoming: IncomingMessage, outgoing: ServerResponse, served: Served | null): void {
  if (served === null) return respond(outgoing, 503, 'Nothing is deployed here yet.');
  const forwarded = request({ host: '127.0.0.1', port: served.port, path: incoming.url, method: incoming.method, headers: incoming.headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  forwarded.on('error', () => respond(outgoing, 502, 'The deployed server does not answer.'));
  incoming.pipe(forwarded);
}

function respond(outgoing: ServerResponse, status: number, text: string): void {
  if (outgoing.headersSent) return void outgoing.end();
  outgoing.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

/** Starts the unpacked application and waits until it prints the port it listens on. */
async function serve(folder: string): Promise<Served> {
  const child = spawn(process.execPath, [join(folder, 'src/server.mjs')], { cwd: folder, env: { PATH: process.env['PATH'], PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<number>((resolve, reject) => {
    let printed = '';
    child.stdout.on('data', (part: Buffer) => {
      printed += part.toString('utf8');
      const match = /\b(?:127\.0\.0\.1:|port )(\d{2,5})\b/.exec(printed);
      if (match !== null) resolve(Number(match[1]));
    });
    child.once('exit', (code) => reject(new Error(`The released server ended at once with status ${String(code)}.`)));
    child.once('error', reject);
  });
  child.stdout.resume();
  return { child, port };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await ended;
}
