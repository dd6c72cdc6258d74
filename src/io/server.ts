import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { limits } from '../model/limits.ts';

/** A request as a handler sees it: lower-case header names, the body as text. */
export type Ask = Readonly<{
  method: string;
  path: string;
  query: Readonly<Record<string, readonly string[]>>;
  headers: Readonly<Record<string, string>>;
  body: string;
}>;

export type Answer = Readonly<{ status: number; headers?: Readonly<Record<string, string>>; body: string }>;

/** What a server does with one request. `cut` closes the connection without a byte; `hang` never answers. */
export type Reply = Answer | 'cut' | 'hang';

export interface Server {
  readonly url: string;
  /** False once it was closed, or died. */
  alive(): boolean;
  close(): Promise<void>;
}

const readBody = async (message: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of message) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    size += bytes.byteLength;
    if (size > limits.answerBytesMax) break;
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
};

const toAsk = async (message: IncomingMessage): Promise<Ask> => {
  const url = new URL(message.url ?? '/', 'http://127.0.0.1');
  const query: Record<string, string[]> = {};
  for (const [key, value] of url.searchParams) query[key] = [...(query[key] ?? []), value];
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([key, value]) => [key, String(value)]),
  );
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query,
    headers,
    body: await readBody(message),
  };
};

const send = (response: ServerResponse, reply: Reply): void => {
  if (reply === 'hang') return;
  if (reply === 'cut') {
    response.socket?.destroy();
    return;
  }
  response.writeHead(reply.status, {
    'content-type': 'application/json',
    connection: 'close',
    ...reply.headers,
  });
  response.end(reply.body);
};

/** Listens on 127.0.0.1 only, on a port of the system's choice. */
export const listen = async (handle: (ask: Ask) => Reply | Promise<Reply>): Promise<Server> => {
  const server = createServer((message, response) => {
    void toAsk(message)
      .then(handle)
      .catch((error: unknown): Reply => ({ status: 500, body: JSON.stringify({ error: String(error) }) }))
      .then((reply) => {
        send(response, reply);
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  server.unref();
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    alive: () => server.listening,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
};
