import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer as createHttps, type Server } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { newFolderInMemory, type Rig } from './rig.ts';
import { missing } from './tools.ts';

/** Addresses at which no request can be handed over, so that nothing of it is ever sent. */
export type Nowhere = Readonly<{
  closed: string;
  closed6: string;
  /** A name that is refused before anybody is asked for it: one part of it is too long. */
  nameless: string;
  /** A server that proves to be somebody, but nobody who is trusted. */
  stranger: string;
}>;

const portOf = (server: Pick<Server, 'address'>): number => (server.address() as AddressInfo).port;

/** A port that was free a moment ago. Those that everybody knows to be closed are refused by the platform itself. */
const closedPort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server);
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  return port;
};

const run = (command: string, ...args: readonly string[]): void => {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`${command} ${args[0] ?? ''} ended with ${String(status)}: ${stderr ?? ''}`);
};

/** Debian's openssl makes it; installed where it is missing. */
const certificate = (rig: Rig): Readonly<{ key: string; cert: string }> => {
  const why = missing('openssl', ['version', 'openssl']);
  if (why !== null) throw new Error(why);
  const folder = newFolderInMemory(rig, 'certificate');
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  run('openssl', 'req', '-x509', ...kind, ...names, '-keyout', key, '-out', cert);
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
};

export const openNowhere = async (rig: Rig): Promise<Nowhere & AsyncDisposable> => {
  const server = createHttps(certificate(rig), (_request, response) => void response.end('{}'));
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const port = await closedPort();
  return {
    closed: `http://127.0.0.1:${port}`,
    closed6: `http://[::1]:${port}`,
    nameless: `https://${'gone-'.repeat(13)}.invalid`,
    stranger: `https://127.0.0.1:${portOf(server)}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
};
