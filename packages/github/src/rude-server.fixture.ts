import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type RudeServer = { readonly url: string; readonly requests: string[]; stop(): Promise<void> };

export type RudeAnswer = (request: IncomingMessage, response: ServerResponse) => void;

/** As `startRudeServer`, until the test that calls it has finished. */
export async function serveRudely(...answers: readonly RudeAnswer[]): Promise<RudeServer> {
  const server = await startRudeServer(answers);
  onTestFinished(() => server.stop());
  return server;
}

/** A server on loopback that answers each request as the next of `answers` says, and from then on as the last. */
export async function startRudeServer(answers: readonly RudeAnswer[]): Promise<RudeServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)];
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    answer?.(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const stop = (): Promise<void> =>
    new Promise((done) => {
      server.close(() => {
        done();
      });
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, stop };
}

export const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) => (_request: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
};
