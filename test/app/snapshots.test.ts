import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { beforeAll, expect, test } from 'vitest';
import { openLedger } from '../../src/app/ledger.ts';
import { snapshotsOf, type Snapshot, type SnapshotParts } from '../../src/app/snapshots.ts';
import { systemFiles } from '../../src/io/files.ts';
import { StorageError } from '../../src/io/storage.ts';
import { signerFromSeed } from '../../src/journal/keys.ts';
import { openSnapshot, sealSnapshot } from '../../src/journal/snapshot.ts';
import type { Journal } from '../../src/journal/store.ts';
import { newFolder, newJournal, note, reopen, testKeys } from '../journal/journals.ts';
import { CANARY, longJournal, SIZE } from './long.ts';

const path = join(newFolder(), 'fold.snapshot');
const files = systemFiles();
let journal: Journal;
let good: Uint8Array;

const snapshots = (more: Partial<SnapshotParts> = {}) =>
  snapshotsOf({ path, files, journal, made: 'this code', readOnly: false, ...more });

/** Opens the journal with what lies at `path`; says how many entries had to be read for it. */
const opened = (more: Partial<SnapshotParts> = {}) => {
  let read = 0;
  const counted: Journal = {
    ...journal,
    *walk(stretch) {
      for (const entry of journal.walk(stretch)) {
        read += 1;
        yield entry;
      }
    },
  };
  const ledger = openLedger(counted, 'ana', {}, snapshots({ readOnly: true, ...more }));
  return { ledger, read };
};

beforeAll(async () => {
  ({ journal } = await longJournal());
  openLedger(journal, 'ana', {}, snapshots());
  good = readFileSync(path);
});

/** The state, and everything that is asked of the past. */
const told = ({ ledger }: ReturnType<typeof opened>) => ({
  state: ledger.state(),
  size: ledger.size(),
  exports: ledger.sought('export.written').map(({ n }) => n),
  privileged: ledger.sought('privileged').map(({ n }) => n),
  windows: [0, 4690, 700].map((size) => ledger.window(size, ledger.size())),
  newest: ledger.newest()?.n,
  latest: ledger.latest(),
  first: [...ledger.entries()].slice(0, 3).map(({ n }) => n),
});

const refolded = () => {
  rmSync(path, { force: true });
  return opened();
};

test('what is opened from a snapshot is what all of the entries fold to', () => {
  const whole = refolded();
  expect(whole.read).toBe(SIZE);
  writeFileSync(path, good);
  const short = opened();
  expect(short.read).toBe(0);
  expect(told(short)).toEqual(told(whole));
});

test('it goes on from there with what was written since', async () => {
  writeFileSync(path, good);
  const more = Array.from({ length: 7 }, () => ({ kind: 'severity.set', pub: { severity: 'critical' } }));
  await openLedger(journal, 'ana').append(more as never);
  const short = opened();
  expect(short.read).toBe(7);
  expect(told(short)).toEqual(told(refolded()));
});

const signed = (
  head: Readonly<{ made?: string; note?: string }>,
  change = (one: Snapshot): Snapshot => one,
) => {
  const { head: before, bytes } = openSnapshot(good, testKeys.signer.publicKey) ?? expect.fail('it opens');
  const changed = serialize(change(deserialize(bytes) as Snapshot));
  return { head: { ...before, ...head }, bytes: changed };
};
const lie = (one: Snapshot): Snapshot => ({ ...one, state: { ...one.state, codename: 'forged' } });

test.each<[string, () => Uint8Array]>([
  ['one byte of what was folded is another', () => good.with(good.length - 9, 1 ^ (good.at(-9) ?? 0))],
  ['one byte of its head is another', () => good.with(120, 1 ^ (good.at(120) ?? 0))],
  ['it is cut', () => good.subarray(0, good.length - 100)],
  ['it is empty', () => new Uint8Array()],
  ['it is something else', () => Buffer.from('SQLite format 3\0\n\n')],
  [
    'another key has signed it',
    () => {
      const { head, bytes } = signed({}, lie);
      return sealSnapshot(head, bytes, signerFromSeed(Buffer.alloc(32, 8)).sign);
    },
  ],
  [
    'other code has folded',
    () => {
      const { head, bytes } = signed({ made: 'the code before' }, lie);
      return sealSnapshot(head, bytes, testKeys.signer.sign);
    },
  ],
  [
    'it is of another journal',
    () => {
      const other = newJournal();
      other.appendNow([note(1)]);
      const { head, bytes } = signed({ note: other.checkpoint() }, lie);
      return sealSnapshot(head, bytes, testKeys.signer.sign);
    },
  ],
])('it is not used where %s', (_why, made) => {
  writeFileSync(path, made());
  const whole = opened();
  expect(whole.read).toBe(journal.size());
  expect(whole.ledger.state().codename).not.toBe('forged');
});

test('the signature is what it is believed by: with the key of the journal even a lie would be', () => {
  const { head, bytes } = signed({}, lie);
  writeFileSync(path, sealSnapshot(head, bytes, testKeys.signer.sign));
  expect(opened().ledger.state().codename).toBe('forged');
});

test('an older copy of the journal is not opened from what a newer one folded to', () => {
  const newer = newJournal();
  newer.appendNow([note(1)]);
  newer.close();
  const copy = join(newFolder(), 'journal.sqlite');
  copyFileSync(newer.path, copy);
  const again = reopen(newer.path);
  again.appendNow([note(2)]);
  const { head, bytes } = signed({ note: again.checkpoint() }, lie);
  writeFileSync(path, sealSnapshot(head, bytes, testKeys.signer.sign));
  expect(snapshots({ journal: again }).read()).not.toBeNull();
  expect(snapshots({ journal: reopen(copy) }).read()).toBeNull();
});

test('who only reads leaves none behind, and where none can be written nothing else is lost', () => {
  rmSync(path, { force: true });
  openLedger(journal, 'ana', {}, snapshots({ readOnly: true }));
  expect(files.exists(path)).toBe(false);
  const full = {
    ...files,
    writeAtomic: () => {
      throw new StorageError('full', path, 'the disk is full');
    },
  };
  expect(openLedger(journal, 'ana', {}, snapshots({ files: full })).size()).toBe(journal.size());
});

test('nothing that is sealed is in it', () => {
  expect(readFileSync(journal.path).includes(CANARY)).toBe(false);
  expect(Buffer.from(good).includes(CANARY)).toBe(false);
  expect(Buffer.from(good).includes(Buffer.from(CANARY, 'utf16le'))).toBe(false);
  expect(CANARY.length).toBeGreaterThan(9);
});
