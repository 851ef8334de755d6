import { spawn } from 'node:child_process';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { listen } from './listen.ts';
import type { Listening } from './listen.ts';
import type { Machine } from './run-script.ts';

/** What comes between the command line and moto: after a request, or instead of its answer. */
type Between = { readonly after?: (method: string) => Promise<void>; readonly answer?: (method: string, path: string, body: string) => string };

/** `written`: the paths of what was put, in order. `between` may be set anew at any time. */
export type Moto = Listening & { readonly written: readonly string[]; between: Between };

/** moto's server behind a proxy on loopback. */
export async function startMoto({ programs }: Machine): Promise<Moto> {
  const child = spawn(join(programs, 'moto_server'), ['--host', '127.0.0.1', '--port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const origin = await addressIn(child.stderr);
  const written: string[] = [];
  const moto: { between: Between } = { between: {} };
  const proxy = await listen((request, response) => {
    forward(request, response, origin, moto.between, written).catch((error: unknown) => { response.writeHead(502).end(String(error)); });
  });
  const stop = async (): Promise<void> => {
    await proxy.stop();
    child.kill();
  };
  return Object.assign(moto, { address: proxy.address, written, stop });
}

/** Where it says that it is running; what it logs after that is let go. */
async function addressIn(log: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: log });
    lines.on('line', (line) => {
      const address = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
      if (address !== undefined) resolve(address);
    });
    lines.once('close', () => { reject(new Error('moto ended before it listened.')); });
  });
}

async function forward(request: IncomingMessage, response: ServerResponse, origin: string, between: Between, written: string[]): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const answer = await fetch(`${origin}${url}`, { method, headers: endToEnd(request.headers), redirect: 'manual', ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}) });
  const body = Buffer.from(await answer.arrayBuffer());
  if (method === 'PUT') written.push(url.split('?')[0] ?? '');
  await between.after?.(method);
  const changed = between.answer === undefined ? body : Buffer.from(between.answer(method, url, body.toString()));
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => !['content-length', 'content-encoding', 'transfer-encoding', 'connection'].includes(name)));
  response.writeHead(answer.status, method === 'HEAD' ? Object.fromEntries(answer.headers) : { ...headers, 'content-length': changed.length }).end(changed);
}

/** The host stays as it was signed; what belongs to the connection is the next one's own. */
const endToEnd = (headers: IncomingHttpHeaders): Record<string, string> => Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' && !['connection', 'content-length', 'transfer-encoding', 'expect', 'host'].includes(name) ? [[name, value]] : [])));
