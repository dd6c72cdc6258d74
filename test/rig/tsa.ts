import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAuthority } from '../../src/dev/outside/authority.ts';

/** A throw-away time stamping authority: the real `openssl ts` behind a server on this machine. */
export type Tsa = Readonly<{
  folder: string;
  url: string;
  ca: string;
  caPath: string;
  answer: (request: Uint8Array) => Buffer;
  /** `down`: refuses with 503; null: works. */
  broken: (how: 'down' | 'replay' | null) => void;
  close: () => Promise<void>;
}>;

export const makeTsa = async (kind: 'rsa' | 'ec' = 'ec'): Promise<Tsa> => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-tsa-'));
  const { caPath, answer } = makeAuthority(folder, kind);
  let fault: 'down' | 'replay' | null = null;
  let last: Buffer | null = null;
  const server = createServer((message, response) => {
    const parts: Buffer[] = [];
    message.on('data', (part: Buffer) => parts.push(part));
    message.on('end', () => {
      if (fault === 'down') {
        response.writeHead(503).end('down');
        return;
      }
      const fresh = fault === 'replay' && last !== null ? last : answer(Buffer.concat(parts));
      last = fresh;
      response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(fresh);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    folder,
    url: `http://127.0.0.1:${port}/tsr`,
    ca: readFileSync(caPath, 'utf8'),
    caPath,
    answer,
    broken: (how) => {
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
