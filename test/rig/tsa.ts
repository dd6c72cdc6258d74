import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

const config = (folder: string): string => `
[ tsa ]
default_tsa = one
[ one ]
dir = ${folder}
serial = $dir/serial
crypto_device = builtin
signer_cert = $dir/tsa.pem
certs = $dir/ca.pem
signer_key = $dir/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
[ ca_ext ]
basicConstraints = critical,CA:TRUE
[ tsa_ext ]
basicConstraints = CA:FALSE
extendedKeyUsage = critical,timeStamping
[ req ]
distinguished_name = dn
[ dn ]
`;

const openssl = (...args: readonly string[]): Buffer =>
  execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] });

export const makeTsa = async (kind: 'rsa' | 'ec' = 'ec'): Promise<Tsa> => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-tsa-'));
  const at = (name: string): string => join(folder, name);
  writeFileSync(at('ts.cnf'), config(folder));
  writeFileSync(at('serial'), '01\n');
  const newKey =
    kind === 'rsa' ? ['-newkey', 'rsa:2048'] : ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  const common = ['-nodes', '-config', at('ts.cnf')];
  openssl(
    'req',
    '-x509',
    ...newKey,
    ...common,
    '-days',
    '2',
    '-subj',
    '/CN=Throw-away CA',
    '-extensions',
    'ca_ext',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
  );
  openssl(
    'req',
    ...newKey,
    ...common,
    '-subj',
    '/CN=Throw-away TSA',
    '-keyout',
    at('tsa.key'),
    '-out',
    at('tsa.csr'),
  );
  openssl(
    'x509',
    '-req',
    '-in',
    at('tsa.csr'),
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca.key'),
    '-set_serial',
    '7',
    '-days',
    '2',
    '-extfile',
    at('ts.cnf'),
    '-extensions',
    'tsa_ext',
    '-out',
    at('tsa.pem'),
  );
  const answer = (request: Uint8Array): Buffer => {
    writeFileSync(at('q.tsq'), request);
    openssl('ts', '-reply', '-config', at('ts.cnf'), '-queryfile', at('q.tsq'), '-out', at('r.tsr'));
    return readFileSync(at('r.tsr'));
  };
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
    ca: readFileSync(at('ca.pem'), 'utf8'),
    caPath: at('ca.pem'),
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
