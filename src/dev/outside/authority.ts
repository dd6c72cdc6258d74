import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A throw-away time stamping authority: the real `openssl ts` with a certificate of its own. `answer` takes a request of RFC 3161. */
export type Authority = Readonly<{ caPath: string; answer: (request: Uint8Array) => Buffer }>;

const CONFIG = `
[ tsa ]
default_tsa = one
[ one ]
serial = ./serial
signer_cert = ./tsa.pem
certs = ./ca.pem
signer_key = ./tsa.key
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

export function makeAuthority(folder: string, kind: 'rsa' | 'ec' = 'ec'): Authority {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, bytes: string | Uint8Array): void => writeFileSync(join(folder, name), bytes);
  const openssl = (line: string): void =>
    void execFileSync('openssl', line.split(' '), { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  write('ts.cnf', CONFIG);
  write('serial', '01\n');
  const form = kind === 'rsa' ? 'rsa:2048' : 'ec -pkeyopt ec_paramgen_curve:P-256';
  const key = `-newkey ${form} -nodes -config ts.cnf`;
  openssl(`req -x509 ${key} -days 2 -subj /CN=throw-away-CA -extensions ca_ext -keyout ca.key -out ca.pem`);
  openssl(`req ${key} -subj /CN=throw-away-TSA -keyout tsa.key -out tsa.csr`);
  openssl(
    'x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -set_serial 7 -days 2 -extfile ts.cnf -extensions tsa_ext -out tsa.pem',
  );
  return {
    caPath: join(folder, 'ca.pem'),
    answer: (request) => {
      write('question', request);
      openssl('ts -reply -config ts.cnf -queryfile question -out answer');
      return readFileSync(join(folder, 'answer'));
    },
  };
}
