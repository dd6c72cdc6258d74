import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTls } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Problem } from '../../../src/base/problem.ts';
import type { Keychain } from '../../../src/io/keychain.ts';
import { selfSigned } from '../../rig/certificate.ts';
import { syslogCollector } from '../../rig/collector.ts';

/**
 * All that lies outside a drill, as one thing that remembers who came. Its servers listen on this machine, under an address that is
 * no loopback to the program: 0.0.0.0. What knocks there in earnest arrives, and what is walled does not.
 */
export type Outside = Readonly<{
  /** Addresses of servers without and with TLS, without a trailing slash. */
  http: string;
  https: string;
  syslog: Readonly<{ host: string; port: number; ca: string }>;
  /** A folder of another machine, as it is mounted here. */
  share: string;
  /** A program that says a secret, and leaves a file that says it ran. */
  program: string;
  /** A folder of programs, with an `ssh-keygen` that does the same. */
  bin: string;
  keychain: Keychain;
  /** Everything that came in by any door, in words. */
  came: () => readonly string[];
  close: () => Promise<void>;
}>;

/** What a request is answered with by path; a store that keeps what it is given. */
type Behind = (
  method: string,
  path: string,
  body: Buffer,
  headers: IncomingMessage['headers'],
) => Promise<Back>;
/** Made once: a certificate costs a program. */
const tls = selfSigned();

type Back = Readonly<{ status: number; body: string | Uint8Array; type?: string }>;

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
};

const bodyOf = async (message: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

const files = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);

export const openOutside = async (folder: string, behind: Behind): Promise<Outside> => {
  const heard: string[] = [];
  const serve = (message: IncomingMessage, response: ServerResponse): void => {
    void (async () => {
      const { method = '', url = '/' } = message;
      heard.push(`${method} ${url.replace(/\?.*/, '')}`);
      const back = await behind(method, url, await bodyOf(message), message.headers);
      response.writeHead(back.status, {
        'content-type': back.type ?? 'application/json',
        connection: 'close',
      });
      response.end(back.body);
    })().catch(() => response.destroy());
  };
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, tls.cert]);
  const [plain, secure] = [createServer(serve), createTls(tls, serve)];
  const [port, securePort] = [await listening(plain), await listening(secure)];
  const log = await syslogCollector(tls);
  const [share, ran, bin] = [join(folder, 'share'), join(folder, 'ran'), join(folder, 'bin')];
  for (const made of [share, ran, bin]) mkdirSync(made);
  const [program, keygen] = [join(bin, 'program'), join(bin, 'ssh-keygen')];
  for (const one of [program, keygen]) {
    writeFileSync(one, `#!/bin/sh\n: > "${ran}/$$"\necho a-secret-of-a-program\n`);
    chmodSync(one, 0o755);
  }
  const asked = async (what: string): Promise<never> => {
    heard.push(what);
    return await Promise.reject(
      new Problem('missing-secret', { name: what, ref: 'keychain', why: 'it is locked' }),
    );
  };
  return {
    http: `http://0.0.0.0:${port}`,
    https: `https://0.0.0.0:${securePort}`,
    syslog: { host: '0.0.0.0', port: log.port, ca: tls.path },
    share,
    program,
    bin,
    keychain: {
      read: async (account) => await asked(`keychain read ${account}`),
      write: async (account) => await asked(`keychain write ${account}`),
      remove: async (account) => await asked(`keychain remove ${account}`),
    },
    came: () => [
      ...heard,
      ...log.messages().map(() => 'syslog'),
      ...files(share).map((name) => `file ${name.replace(/^.*\./, '')}`),
      ...files(ran).map(() => 'program'),
    ],
    close: async () => {
      setDefaultCACertificates(before);
      log.close();
      for (const server of [plain, secure]) {
        server.closeAllConnections();
        await new Promise((resolve) => {
          server.close(resolve);
        });
      }
    },
  };
};
