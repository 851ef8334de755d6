import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Pages = Readonly<Record<string, (answer: ServerResponse) => void>>;

export type PageServer = {
  /** Address without a path. */
  readonly base: string;
  /** Headers of every question, in order. */
  readonly heard: readonly IncomingMessage['headers'][];
  stop(): void;
};

/** Pages that do not end, never come, or break off: what a reader of any address has to bear. */
export const badPages: Pages = {
  '/endless': (answer) => {
    const timer = setInterval(() => answer.write('x'.repeat(4096)), 1);
    answer.on('close', () => clearInterval(timer));
  },
  '/silent': () => undefined,
  '/cut': (answer) => {
    answer.writeHead(200, { 'content-length': '100' });
    answer.write('only this', () => answer.destroy());
  },
};

/** Serves pages by their address, query included, on this machine. Any other is not found. */
export async function servePages(pages: Pages): Promise<PageServer> {
  const heard: IncomingMessage['headers'][] = [];
  const server = createServer((question, answer) => {
    heard.push(question.headers);
    (pages[question.url ?? ''] ?? ((missing) => missing.writeHead(404).end()))(answer);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
