import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openSqlite } from '../../src/io/sqlite.ts';
import { verifyJournal } from '../../src/journal/check.ts';
import { signedNames, type Signer } from '../../src/journal/checkpoint.ts';
import { EPOCH_ENTRIES, EPOCH_MS } from '../../src/journal/epoch.ts';
import type { Journal } from '../../src/journal/store.ts';
import { fakeClock } from '../fakes/clock.ts';
import {
  cutTo,
  epochFolder,
  epochsIn,
  keptEpochs,
  resealed,
  stolen,
  withFile,
  type Resign,
} from './epoch-journals.ts';
import { newFolder, newJournal, note, reopen, testKeys } from './journals.ts';

const folder = newFolder();
const original = join(folder, 'original.sqlite');
const keysFolder = epochFolder();
const clock = fakeClock();
let kept: readonly Signer[] = [];
let origin = '';
/** Where epochs 1 and 2 begin. */
const [SECOND, THIRD] = [EPOCH_ENTRIES, EPOCH_ENTRIES + 21];
const SIZE = THIRD + 11;

const kindsIn = (journal: Journal): readonly string[] => [...journal.entries()].map(({ kind }) => kind);
const write = (journal: Journal, count: number): void => {
  for (let i = 0; i < count; i += 1) journal.appendNow([note(journal.size())]);
};

/** Three epochs: the first is over by its entries, the second by its time. */
beforeAll(() => {
  const { epochs, kept: all } = keptEpochs(keysFolder);
  kept = all;
  const journal = newJournal({ path: original, clock, keys: { ...testKeys, epochs } });
  write(journal, SECOND - 1);
  write(journal, 20);
  clock.advance(EPOCH_MS);
  write(journal, 10);
  ({ origin } = journal);
  journal.close();
});

const namesOf = (path: string, size: number): readonly string[] => {
  const db = openSqlite(path, { mode: 'read' });
  const found = db.get('SELECT note FROM checkpoint WHERE size = ?', size)?.['note'];
  db.close();
  return signedNames(String(found));
};

const copied = (change: (path: string) => void = () => undefined): string => {
  const path = join(newFolder(), 'journal.sqlite');
  copyFileSync(original, path);
  change(path);
  return path;
};

const findingsOf = (path: string): readonly string[] =>
  verifyJournal(path, { device: testKeys.signer.publicKey }).findings.map(({ kind }) => kind);

describe('the keys of epochs', () => {
  it('change after so many entries and after so long, and every checkpoint is by the device and its epoch', () => {
    const epoch = (number: number): string => `${origin}/epoch/${number}`;
    expect(namesOf(original, 1)).toEqual([origin, epoch(0)]);
    expect(namesOf(original, SECOND)).toEqual([origin, epoch(0)]);
    // The entry that names the next key, and the one that it stands in front of.
    expect(namesOf(original, SECOND + 2)).toEqual([origin, epoch(0), epoch(1)]);
    expect(namesOf(original, SECOND + 3)).toEqual([origin, epoch(1)]);
    expect(namesOf(original, THIRD + 2)).toEqual([origin, epoch(1), epoch(2)]);
    expect(namesOf(original, SIZE)).toEqual([origin, epoch(2)]);
    const report = verifyJournal(original, { device: testKeys.signer.publicKey });
    expect(report).toMatchObject({ ok: true, size: SIZE, epochs: { keys: 3, without: 0, lost: [] } });
  });

  it('leave one file, and none of those that signed before is in it', () => {
    expect(readdirSync(keysFolder)).toEqual([`${origin.slice(-16)}.pem`]);
    const take = (signer: Signer | undefined) =>
      epochsIn(keysFolder).take(origin, signer?.publicKey ?? Buffer.alloc(32));
    expect([take(kept[0]), take(kept[1])]).toEqual([null, null]);
    expect(take(kept[2])).not.toBeNull();
    expect(kept).toHaveLength(3);
  });

  it('change in the middle of an epoch of the clock only where it is no drill, and after a start of the machine', () => {
    const changes = (drill: boolean, boot = 'c0ffee01', after = EPOCH_MS): number => {
      const made = { clock: fakeClock(), keys: { ...testKeys, epochs: epochsIn(epochFolder()) } };
      const journal = newJournal({ ...made, ...(drill ? { drill: true } : {}) });
      write(journal, 1);
      journal.close();
      const later = fakeClock('2026-03-01T09:00:00Z', boot);
      later.advance(after);
      const again = reopen(journal.path, { ...made, clock: later });
      write(again, 2);
      again.close();
      expect(verifyJournal(journal.path).findings).toEqual([]);
      return kindsIn(reopen(journal.path, { readOnly: true })).filter((kind) => kind === 'key.rotate').length;
    };
    expect([
      changes(false),
      changes(true),
      changes(false, 'c0ffee01', 1000),
      changes(false, '0ldb0075', 1000),
    ]).toEqual([1, 0, 0, 1]);
  });

  it('stand in front of what is written together, behind the word that the clock was set', () => {
    const at = fakeClock();
    const journal = newJournal({ clock: at, keys: { ...testKeys, epochs: epochsIn(epochFolder()) } });
    at.advance(EPOCH_MS);
    at.set('2026-03-01T08:00:00Z');
    journal.appendNow([note(1), note(2)]);
    expect(kindsIn(journal)).toEqual(['log.open', 'clock.jump', 'key.rotate', 'note', 'note']);
    at.advance(EPOCH_MS);
    at.set('2026-03-01T07:00:00Z');
    expect(journal.noteJump()).toBe(true);
    expect(kindsIn(journal).slice(5)).toEqual(['clock.jump', 'key.rotate']);
    journal.close();
    expect(verifyJournal(journal.path)).toMatchObject({ ok: true, epochs: { keys: 3 } });
  });

  it('are not asked for by who only reads, and must be given to who writes', () => {
    const path = copied();
    expect(reopen(path, { readOnly: true }).size()).toBe(SIZE);
    expect(() => reopen(path)).toThrow('the keys that sign this journal change');
  });

  it('change once, whichever of two processes comes first, and the other one signs with the new key', () => {
    const epochs = epochsIn(epochFolder());
    const one = newJournal({ keys: { ...testKeys, epochs } });
    const two = reopen(one.path, { keys: { ...testKeys, epochs } });
    for (let i = 0; i < EPOCH_ENTRIES * 2; i += 1) write(i % 3 === 0 ? one : two, 1);
    expect(kindsIn(one).filter((kind) => kind === 'key.rotate')).toHaveLength(2);
    one.close();
    two.close();
    expect(verifyJournal(one.path)).toMatchObject({ ok: true, epochs: { keys: 3 } });
  });
});

/** Every line of an epoch by what this key store gives for its number, under the old name. */
const by =
  (signerOf: (number: number) => Signer | undefined): Resign =>
  (name, before) => {
    const signer = signerOf(Number(name.split('/').at(-1)));
    return signer === undefined
      ? `${before.split('\n').find((line) => line.includes(` ${name} `)) ?? ''}\n`
      : [{ name, signer }];
  };
const running = (): Signer | undefined => kept[2];

describe('somebody who takes the keys at three in the morning', () => {
  const PAST = ['"i":100', '"i":666'] as const;
  const LATER = [`"i":${SIZE - 3}`, '"i":666'] as const;

  // As in CVE-2023-31439: what was sealed long ago is sealed anew with a later key.
  it.each<[string, Resign]>([
    ['the key that runs, under the old name', by(() => running())],
    [
      'the key that runs, under its own name',
      () => [{ name: `${origin}/epoch/2`, signer: running() ?? testKeys.signer }],
    ],
    ['the key of the device in its place', by(() => testKeys.signer)],
    ['the old lines as they were', by((number) => (number === 2 ? running() : undefined))],
    ['no line of an epoch at all', () => ''],
  ])('does not seal the past anew with %s', (_, resign) => {
    const path = copied((at) => withFile(at, resealed(100, ...PAST, resign)));
    expect(findingsOf(path)).toEqual(['epoch']);
  });

  it('could, where the old keys were kept; and seals what the epoch that runs has written', () => {
    const all = by((number) => kept[number]);
    expect(findingsOf(copied((at) => withFile(at, resealed(100, ...PAST, all))))).toEqual([]);
    const mine = by((number) => (number === 2 ? running() : undefined));
    expect(findingsOf(copied((at) => withFile(at, resealed(SIZE - 3, ...LATER, mine))))).toEqual([]);
  });

  // As in CVE-2023-31438: what was written long ago is cut off and gone on with.
  const goneOn = (size: number, signer: Signer | null | undefined): string =>
    copied((path) => {
      withFile(path, cutTo(size));
      const journal = reopen(path, { clock, keys: { ...testKeys, epochs: stolen(signer ?? null) } });
      write(journal, 3);
      journal.close();
    });
  it.each([1, 100, SECOND, SECOND + 2, SECOND + 10, THIRD])(
    'does not cut it off after %i entries and go on',
    (size) => {
      expect(findingsOf(goneOn(size, running()))).toContain('epoch');
      const ran = size <= SECOND ? 0 : 1;
      expect(findingsOf(goneOn(size, kept[ran]))).toEqual([]);
    },
  );

  it('may say that the key was lost, which is told as long as nobody stands for it, and after', () => {
    const path = goneOn(100, null);
    const { findings } = verifyJournal(path, { device: testKeys.signer.publicKey });
    expect(findings).toMatchObject([{ kind: 'epoch', entry: 100 }]);
    expect(findings[0]?.says).toContain('nobody stands for it');
  });
});
