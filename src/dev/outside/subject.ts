import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
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
import { timestampRequest } from '../../journal/timestamp.ts';
import { makeAuthority } from './authority.ts';
import { firebreakAt } from './peer.ts';

/**
 * The bundle that is looked at: of a real drill, whose journal then gets what a drill has none of - an approval that the real
 * ssh-keygen signed, a time stamp of a throw-away authority made with the real openssl, and a second machine that goes on in it.
 */
export type Subject = Readonly<{ bundle: string; tsaCa: string; incident: string }>;

export function makeSubject(root: string, work: string): Subject {
  const firebreak = firebreakAt(root)(work);
  const played = firebreak('drill', 'run', 'leaked-whatsapp-token', '--auto', '--json');
  const { incident } = JSON.parse(played.trim().split('\n').at(-1) ?? '') as { incident: string };
  const folder = join(work, 'data/drills', incident);
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
  return { bundle: handOver(root, { from: work, to: join(work, 'second'), incident }), tsaCa, incident };
}

/** It goes to a second machine, which writes something itself and makes the bundle: two names and two keys. */
function handOver(
  root: string,
  { from, to, incident }: Readonly<Record<'from' | 'to' | 'incident', string>>,
): string {
  const firebreak = firebreakAt(root);
  const [first, second] = [firebreak(from), firebreak(to)];
  const packet = join(from, 'incident.packet');
  const bundle = join(to, 'bundle');
  const { incidents } = JSON.parse(first('list', '--json')) as {
    incidents: readonly { id: string; codename: string }[];
  };
  const confirm = `--confirm=${incidents.find(({ id }) => id === incident)?.codename ?? ''}`;
  first('handover', incident, '--out', packet, '--to', second('keys', 'receive').trim(), confirm);
  second('resume', '--from', packet, confirm);
  second('note', '--incident', incident, 'Taken over');
  second('export', incident, '--format', 'bundle', '--out', bundle);
  return bundle;
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

/** Stamps the newest checkpoint, keeps the receipt and the entry that names it. @returns path of the authority's certificate */
function stamp(journal: Journal, work: string): string {
  const { caPath, answer } = makeAuthority(join(work, 'tsa'));
  const note = journal.checkpoint();
  const proof = answer(timestampRequest(note, systemRandom().bytes(8))).toString('base64');
  const receipt = utf8(canonicalJson({ anchor: 'tsa', kind: 'timestamp', note, place: {}, proof, v: 1 }));
  keep(journal, journal.size(), receipt);
  return caPath;
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
