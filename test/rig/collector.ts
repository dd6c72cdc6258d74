import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer as createTls } from 'node:tls';

/** A receiver of events on this machine that can be made to fail. What it has acknowledged is what it keeps. */
export type Collector = Readonly<{
  port: number;
  /** Every event that was taken, in the order in which it came. */
  taken: () => readonly Event[];
  requests: () => readonly IncomingMessage['headers'][];
  /** `cut`: takes all and dies before it says so. `slow`: says nothing. A number is a status. */
  fault: (how: 'cut' | 'slow' | number | null) => void;
  /** How many it is to take before the fault begins. */
  close: () => Promise<void>;
}>;

export type Event = Readonly<{
  metadata: Readonly<{ uid: string; sequence: number; version: string }>;
  type_uid: number;
  message: string;
  unmapped: Readonly<{
    firebreak: Readonly<{ hash: string; entry: Record<string, unknown>; disclosed?: Record<string, string> }>;
  }>;
}> &
  Readonly<Record<string, unknown>>;

type Tls = Readonly<{ cert: string; key: string }>;

export const httpCollector = async (tls?: Tls): Promise<Collector> => {
  const taken: Event[] = [];
  const requests: IncomingMessage['headers'][] = [];
  let fault: 'cut' | 'slow' | number | null = null;
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      requests.push(request.headers);
      if (fault === 'slow') return;
      if (typeof fault === 'number') {
        response.writeHead(fault).end('no');
        return;
      }
      for (const line of body.trimEnd().split('\n')) taken.push(JSON.parse(line) as Event);
      if (fault === 'cut') request.socket.destroy();
      else response.writeHead(200).end('{}');
    });
  };
  const server = tls === undefined ? createHttp(answer) : createHttps(tls, answer);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    taken: () => taken,
    requests: () => requests,
    fault: (how) => {
      fault = how;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
};

/** A syslog server over TLS: reads the frames of RFC 5425 strictly, one that is none throws. */
export const syslogCollector = async (
  tls: Tls,
): Promise<Readonly<{ port: number; messages: () => readonly string[]; close: () => void }>> => {
  let text = Buffer.alloc(0);
  const server = createTls(tls, (socket) => {
    socket.on('data', (bytes: Buffer) => {
      text = Buffer.concat([text, bytes]);
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const messages = (): readonly string[] => {
    const found: string[] = [];
    for (let at = 0; at < text.length;) {
      const head = /^(\d+) /.exec(text.subarray(at, at + 12).toString('latin1'));
      if (head === null) throw new Error('a frame begins with its length');
      const from = at + head[0].length;
      at = from + Number(head[1]);
      found.push(text.subarray(from, at).toString('utf8'));
    }
    return found;
  };
  return { port: (server.address() as AddressInfo).port, messages, close: () => void server.close() };
};
