import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../../src/base/canonical.ts';
import type { Clock } from '../../src/io/clock.ts';
import type { Ask } from '../../src/io/server.ts';
import type { ConnectorCase } from '../fixtures/connectors/case.ts';
import type { Member } from './trial.ts';

/** The simulator of a connector behind a server that can treat a request in any way a socket allows. */
export type Vendor = Readonly<{
  url: string;
  state: () => Json;
  /** Requests that changed the state, in order. */
  writes: () => readonly Ask[];
  /** Every request that came, whatever became of it. */
  came: () => readonly Ask[];
  /** How the next requests are treated instead; returns false to let one be treated as always. */
  trick: (trick: Trick | null) => void;
  close: () => Promise<void>;
}>;

export type Trick = (
  ask: Ask,
  request: IncomingMessage,
  response: ServerResponse,
  apply: () => void,
) => boolean;

const askOf = async (message: IncomingMessage): Promise<Ask> => {
  const url = new URL(message.url ?? '/', 'http://127.0.0.1');
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries([...url.searchParams.keys()].map((key) => [key, url.searchParams.getAll(key)])),
    headers: Object.fromEntries(Object.entries(message.headers).map(([key, value]) => [key, String(value)])),
    body: Buffer.concat(parts).toString('utf8'),
  };
};

export const startVendor = async (member: Member, one: ConnectorCase, clock: Clock): Promise<Vendor> => {
  const { simulator } = member.connector;
  if (simulator === null) throw new Error(`${member.name} has no simulator`);
  const recipe = one.script ?? one.recipe ?? null;
  let state = simulator.state.parse(simulator.prepare?.(one.seed, recipe) ?? one.seed);
  let trick: Trick | null = null;
  const [writes, came]: [Ask[], Ask[]] = [[], []];
  const answer = (ask: Ask) => {
    const next = simulator.respond(state, ask, clock.now(), recipe);
    if (next.state !== state) writes.push(ask);
    state = next.state;
    return next.answer;
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const ask = await askOf(request);
    came.push(ask);
    if (trick?.(ask, request, response, () => void answer(ask)) === true) return;
    const { status, headers, body } = answer(ask);
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close', ...headers });
    response.end(body);
  };
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    void serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    state: () => state,
    writes: () => writes,
    came: () => came,
    trick: (next) => {
      trick = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
};
