import { setTimeout as delay } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { headerRecord, parseBody, type Exchange } from './exchange.ts';
import { faultAnswer, type Fault, type Faults } from './faults.ts';

export type RequestName = { readonly method: string; readonly path: string };

export type FrontDoor = {
  /** Answers one request with the application's answer. */
  readonly answer: (request: Request, bindings: FrontDoorBindings) => Response | Promise<Response>;
  readonly faults: Faults;
  readonly now: () => number;
  /** Real milliseconds each answer is on its way. */
  readonly latencyMilliseconds: number;
  readonly beforeRequest: () => Iterable<(request: RequestName) => void | Promise<void>>;
  readonly observers: () => Iterable<(exchange: Exchange) => void>;
};

/** The way back to the caller, for faults that break it. Both give what the caller's side is to return. */
export type Line = {
  /** Cuts the connection without a word. */
  drop(): Response;
  /** Promises the whole body, sends these bytes and cuts the connection. */
  breakOff(response: { readonly status: number; readonly headers: Headers }, promisedBytes: number, sent: Uint8Array): Response;
};

/** What the front door hands to the application beside the request. */
export type FrontDoorBindings = { readonly rawBody: Uint8Array; readonly jsonBody: unknown };

/** Everything around the application: bodies, faults, the Date header, latency, observers. */
export async function receive(door: FrontDoor, request: Request, line: Line): Promise<Response> {
  const url = new URL(request.url);
  const name = { method: request.method, path: url.pathname };
  const rawBody = await readBody(request);
  for (const listener of door.beforeRequest()) await listener(name);
  const fault = door.faults.take(name);
  if (fault?.kind === 'drop-before') return line.drop();
  if (fault?.kind === 'slow') await delay(fault.delayMilliseconds ?? 1000);

  const jsonBody = parseBody(rawBody);
  const instead = fault === null ? null : faultAnswer(fault);
  const plain = new Request(request.url, { method: request.method, headers: request.headers });
  const answered = instead ?? (await door.answer(plain, { rawBody, jsonBody }));
  const body = Buffer.from(await answered.arrayBuffer());
  const response = finish(door, request, answered, body);
  if (instead === null) observe(door, url, request, jsonBody, response, body);
  if (door.latencyMilliseconds > 0) await delay(door.latencyMilliseconds);
  return deliver(fault, response, body, line);
}

async function readBody(request: Request): Promise<Uint8Array> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  // Git compresses long requests.
  return request.headers.get('content-encoding') === 'gzip' ? gunzipSync(bytes) : bytes;
}

type Finished = { readonly status: number; readonly headers: Headers; readonly body: Buffer | null };

function finish(door: FrontDoor, request: Request, answered: Response, body: Buffer): Finished {
  const headers = new Headers(answered.headers);
  headers.set('date', new Date(door.now()).toUTCString());
  return { status: answered.status, headers, body: withoutBody(answered.status) || request.method === 'HEAD' ? null : body };
}

const withoutBody = (status: number): boolean => status === 204 || status === 304;

function observe(door: FrontDoor, url: URL, request: Request, requestBody: unknown, response: Finished, body: Buffer): void {
  const exchange: Exchange = {
    method: request.method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams.entries()),
    requestHeaders: headerRecord(request.headers),
    requestBody,
    status: response.status,
    responseHeaders: headerRecord(response.headers),
    responseBody: response.body === null ? null : parseBody(body),
  };
  for (const observer of door.observers()) observer(exchange);
}

function deliver(fault: Fault | null, response: Finished, body: Buffer, line: Line): Response {
  if (fault?.kind === 'drop-after') return line.drop();
  if (fault?.kind === 'half-body') return line.breakOff(response, body.length, body.subarray(0, Math.floor(body.length / 2)));
  return new Response(response.body === null ? null : new Uint8Array(response.body), { status: response.status, headers: response.headers });
}
