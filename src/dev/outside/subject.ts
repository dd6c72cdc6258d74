import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { APPROVAL_NAMESPACE, approvalText } from '../../base/approval.ts';
import { canonicalJson } from '../../base/canonical.ts';
import { sha256Hex, toHex, utf8 } from '../../base/hash.ts';
import { systemClock } from '../../io/clock.ts';
import { systemFiles } from '../../io/files.ts';
import { systemRandom } from '../../io/random.ts';
import { openSqlite } from '../../io/sqlite.ts';
import { encodeEntry, type Entry } from '../../journal/entry.ts';
import { loadOrCreateKeys } from '../../journal/keys.ts';
import { leafHash } from '../../journal/merkle.ts';
import { openJournal, type Journal } from '../../journal/store.ts';

/**
 * The bundle that is looked at: of a real drill, whose journal then gets what a drill has none of - an approval that the real
 * ssh-keygen signed and a time stamp of a throw-away authority made with the real openssl.
 */
export type Subject = Readonly<{ bundle: string; tsaCa: string; incident: string }>;

export function makeSubject(root: string, work: string): Subject {
  const home = join(work, 'data');
  mkdirSync(home, { mode: 0o700 });
  const env = { PATH: process.env['PATH'], HOME: work, FIREBREAK_HOME: home };
  const firebreak = (...args: readonly string[]): string => {
    const ran = spawnSync(process.execPath, [join(root, 'bin/firebreak.js'), ...args], {
      cwd: work,
      env,
      encoding: 'utf8',
    });
    if (ran.status !== 0)
      throw new Error(`firebreak ${args.join(' ')} ended with ${ran.status}:\n${ran.stderr}`);
    return ran.stdout;
  };
  const played = firebreak('drill', 'run', 'leaked-whatsapp-token', '--auto', '--json');
  const { incident } = JSON.parse(played.trim().split('\n').at(-1) ?? '') as { incident: string };
  const folder = join(home, 'drills', incident);
  const files = systemFiles();
  const random = systemRandom();
  const journal = openJournal({
    path: join(folder, 'journal.sqlite'),
    clock: systemClock(),
    random,
    keys: loadOrCreateKeys(join(folder, 'keys'), files, random),
  });
  let tsaCa: string;
  try {
    approve(journal, work);
    tsaCa = stamp(journal, work);
  } finally {
    journal.close();
  }
  const bundle = join(work, 'bundle');
  firebreak('export', incident, '--format', 'bundle', '--out', bundle);
  return { bundle, tsaCa, incident };
}

const hashOf = (entry: Entry | undefined): string =>
  entry === undefined ? '' : toHex(leafHash(encodeEntry(entry)));

function approve(journal: Journal, work: string): void {
  const key = join(work, 'approver');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', key]);
  const line = readFileSync(`${key}.pub`, 'utf8').trim().split(' ').slice(0, 2).join(' ');
  const name = { name: { class: 'staff', value: 'Ben Okoro' } };
  const [, asked] = journal.appendNow([
    {
      kind: 'person.known',
      actor: 'firebreak',
      pub: { person: 'ben', roles: ['commander'], keys: [line] },
      priv: name,
    },
    {
      kind: 'approval.asked',
      actor: 'ada',
      pub: {
        step: 'send-art34',
        action: 'smtp.send',
        targets: ['customers'],
        intended_sha256: sha256Hex('intended'),
        plan_sha256: sha256Hex('plan'),
        need: 1,
        expires_at: systemClock().now() + 3_600_000,
      },
      priv: { title: { class: 'staff', value: 'Send the letter' } },
    },
  ]);
  const message = join(work, 'message');
  writeFileSync(message, approvalText(hashOf(asked)));
  execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-f', key, '-n', APPROVAL_NAMESPACE, message]);
  const signature = readFileSync(`${message}.sig`, 'utf8').trim();
  journal.appendNow([
    { kind: 'approval.given', actor: 'ada', pub: { asked: asked?.n ?? 0, person: 'ben', signature } },
  ]);
}

const TSA = `
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

/** Stamps the newest checkpoint, keeps the receipt and the entry that names it. @returns path of the authority's certificate */
function stamp(journal: Journal, work: string): string {
  const folder = join(work, 'tsa');
  mkdirSync(folder);
  const note = journal.checkpoint();
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write('ts.cnf', TSA);
  write('serial', '01\n');
  write('note', note);
  const openssl = (line: string): void =>
    void execFileSync('openssl', line.split(' '), { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const key = '-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config ts.cnf';
  openssl(`req -x509 ${key} -days 2 -subj /CN=CA -extensions ca_ext -keyout ca.key -out ca.pem`);
  openssl(`req ${key} -subj /CN=TSA -keyout tsa.key -out tsa.csr`);
  openssl(
    'x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -set_serial 7 -days 2 -extfile ts.cnf -extensions tsa_ext -out tsa.pem',
  );
  openssl('ts -query -data note -sha256 -cert -out question');
  openssl('ts -reply -config ts.cnf -queryfile question -out answer');
  const size = journal.size();
  const proof = readFileSync(join(folder, 'answer')).toString('base64');
  const receipt = utf8(canonicalJson({ anchor: 'tsa', kind: 'timestamp', note, place: {}, proof, v: 1 }));
  keep(journal, size, receipt);
  return join(folder, 'ca.pem');
}

function keep(journal: Journal, size: number, receipt: Uint8Array): void {
  const db = openSqlite(journal.path, { mode: 'write' });
  try {
    const seals = Number(db.get('SELECT count(*) AS count FROM checkpoint WHERE size <= ?', size)?.['count']);
    const pub = {
      anchor: 'tsa',
      type: 'timestamp',
      size,
      seals,
      receipt_sha256: sha256Hex(receipt),
      at: systemClock().now(),
    };
    db.run('INSERT INTO anchor VALUES (?, ?, ?, ?)', journal.origin, size, 'timestamp:tsa', receipt);
    journal.appendNow([{ kind: 'anchor.made', actor: 'firebreak', pub }]);
  } finally {
    db.close();
  }
}
