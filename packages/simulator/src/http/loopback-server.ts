import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { headerRecord } from './exchange.ts';
import { receive, type FrontDoor, type Line } from './front-door.ts';

export type LoopbackServer = {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** Cuts every connection, and resolves when nothing is being answered any more. */
  close(): Promise<void>;
};

/** Listens on a free port of the loopback interface. */
export async function serveOnLoopback(door: FrontDoor): Promise<LoopbackServer> {
  const answering = new Set<Promise<Response>>();
  // Requests held by a listener are not waited for on close; those that reached the application are.
  const tracked: FrontDoor = {
    ...door,
    answer: (request, bindings) => {
      const answered: Promise<Response> = Promise.resolve(door.answer(request, bindings)).finally(() => answering.delete(answered));
      answering.add(answered);
      return answered;
    },
  };
  const server = createAdaptorServer({ fetch: (request, bindings) => receive(tracked, request, lineOf(bindings as HttpBindings)) }) as Server;
  const url = await listen(server);
  return {
    url,
    close: async () => {
      await closeServer(server);
      await Promise.allSettled(answering);
    },
  };
}

const lineOf = ({ incoming, outgoing }: HttpBindings): Line => ({
  drop: () => {
    incoming.socket.destroy();
    return RESPONSE_ALREADY_SENT;
  },
  breakOff: ({ status, headers }, promisedBytes, sent) => {
    outgoing.writeHead(status, { ...headerRecord(headers), 'content-length': String(promisedBytes) });
    outgoing.write(sent, () => incoming.socket.destroy());
    return RESPONSE_ALREADY_SENT;
  },
});

async function listen(server: Server): Promise<string> {
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', done);
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((done) => {
    server.close(() => { done(); });
    server.closeAllConnections();
  });
}
