import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refusedPage } from './app-page.ts';

export type Meeting = {
  /** Where the browser begins. */
  readonly address: string;
  /** The code that GitHub sent the browser back with. `answer` is shown then. */
  readonly code: Promise<string>;
  answer(html: string): void;
  close(): Promise<void>;
};

type Pages = { /** Shown at the address; `state` has to come back from GitHub. */ readonly begin: (places: { readonly state: string; readonly redirectUrl: string }) => string };

/**
 * A page on this machine only, which sends a browser to GitHub and takes the code it comes back with. Only a return with the state that was sent counts, and only the
 * first. The page says which host it is asked for by, so that no other site can be made to look like it.
 */
export async function meetBrowser({ begin }: Pages): Promise<Meeting> {
  const state = randomBytes(24).toString('base64url');
  let give: (code: string) => void = () => undefined;
  const code = new Promise<string>((resolve) => {
    give = resolve;
  });
  let waiting: ServerResponse | null = null;
  const server = createServer((request, response) => {
    const { host, url } = addressOf(request, server);
    if (request.headers.host !== host) return refuse(response, 421, `Open http://${host}/ instead.`);
    if (request.method !== 'GET') return refuse(response, 405, 'This page is only read.');
    if (url.pathname === '/') return show(response, 200, begin({ state, redirectUrl: `http://${host}/created` }));
    if (url.pathname !== '/created') return refuse(response, 404, 'There is no such page.');
    const returned = url.searchParams.get('code') ?? '';
    if (!isSame(url.searchParams.get('state') ?? '', state) || !/^[\w-]{1,200}$/.test(returned)) return refuse(response, 400, 'GitHub was not asked for this from here. Begin again at the address in your terminal.');
    if (waiting !== null) return refuse(response, 409, 'The App was taken already; go on in your terminal.');
    waiting = response;
    give(returned);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://${hostOf(server)}/`,
    code,
    answer: (html) => {
      if (waiting !== null) show(waiting, 200, html);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const hostOf = (server: Server): string => `127.0.0.1:${(server.address() as AddressInfo).port}`;

function addressOf({ url = '/' }: IncomingMessage, server: Server): { readonly host: string; readonly url: URL } {
  const host = hostOf(server);
  const address = URL.canParse(url, `http://${host}`) ? new URL(url, `http://${host}`) : new URL(`http://${host}/unreadable`);
  return { host, url: address };
}

/** In a time that says nothing about how much of it is right. */
function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function show(response: ServerResponse, status: number, html: string): void {
  // The form goes to GitHub and nowhere else is anything loaded from.
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'", 'referrer-policy': 'no-referrer', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  response.end(html);
}

const refuse = (response: ServerResponse, status: number, why: string): void => show(response, status, refusedPage(why));
