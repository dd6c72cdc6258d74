import { copyFileSync, cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '../../src/base/hash.ts';
import { verifyJournal } from '../../src/journal/check.ts';
import { signedNames, type Signer } from '../../src/journal/checkpoint.ts';
import { EPOCH_ENTRIES } from '../../src/journal/epoch.ts';
import { goOn } from '../../src/journal/go-on.ts';
import { signerFromSeed } from '../../src/journal/keys.ts';
import type { Journal } from '../../src/journal/store.ts';
import { fakeClock } from '../fakes/clock.ts';
import { fakeRandom } from '../fakes/random.ts';
import { epochFolder, epochsIn, keptEpochs, resealed, withFile } from './epoch-journals.ts';
import { newFolder, newJournal, note, reopen, testKeys } from './journals.ts';

// What becomes of a journal whose keys change where a part of that is gone: an entry, a line, a file, or the journal itself is older.

const device = testKeys.signer.publicKey;
const keysFolder = epochFolder();
let kept: readonly Signer[] = [];
let [original, before, origin, newest] = ['', '', '', ''];
/** The entry that names the second key. */
const CHANGE = EPOCH_ENTRIES;

const write = (journal: Journal, count: number): void => {
  for (let i = 0; i < count; i += 1) journal.appendNow([note(journal.size())]);
};

beforeAll(() => {
  const { epochs, kept: all } = keptEpochs(keysFolder);
  kept = all;
  const journal = newJournal({ keys: { ...testKeys, epochs } });
  journal.appendNow(Array.from({ length: CHANGE - 21 }, (_, i) => note(i)));
  write(journal, 10);
  before = join(newFolder(), 'before.sqlite');
  journal.close();
  original = journal.path;
  copyFileSync(original, before);
  const again = reopen(original, { keys: { ...testKeys, epochs } });
  write(again, 20);
  ({ origin } = again);
  newest = again.checkpoint();
  again.close();
});

const copyOf = (path: string): string => {
  const to = join(newFolder(), 'journal.sqlite');
  copyFileSync(path, to);
  return to;
};
const keysOf = (change: (folder: string) => void = () => undefined): string => {
  const to = epochFolder();
  cpSync(keysFolder, to, { recursive: true });
  change(to);
  return to;
};
const kinds = (path: string): readonly string[] => {
  const journal = reopen(path, { readOnly: true });
  const found = [...journal.entries()].map(({ kind }) => kind);
  journal.close();
  return found;
};
const findingsOf = (path: string): readonly string[] =>
  verifyJournal(path, { device }).findings.map(({ kind }) => kind);
const appendTo = (
  path: string,
  folder: string,
  more: Parameters<Journal['appendNow']>[0] = [note(1)],
): void => {
  const journal = reopen(path, { keys: { ...testKeys, epochs: epochsIn(folder) } });
  journal.appendNow(more);
  journal.close();
};

describe('a journal whose keys change, with one part of that taken out', () => {
  it('is whole as it was made', () => {
    expect(verifyJournal(original, { device })).toMatchObject({ ok: true, epochs: { keys: 2, without: 0 } });
    expect(kinds(original)[CHANGE]).toBe('key.rotate');
  });

  it('the entry that names the next key, although everything is signed anew with every key there was', () => {
    const path = copyOf(original);
    const all = (name: string) => [{ name, signer: kept[Number(name.split('/').at(-1))] ?? testKeys.signer }];
    withFile(path, resealed(CHANGE, '"kind":"key.rotate"', '"kind":"key.rotato"', all));
    expect(findingsOf(path)).toEqual(['epoch']);
  });

  const atChange = ['', '/epoch/0', '/epoch/1'];
  it.each([
    ['before the change', CHANGE, ['', '/epoch/0']],
    ['at the change', CHANGE + 2, atChange],
    ['after it', CHANGE + 3, ['', '/epoch/1']],
  ] as const)('each line of a checkpoint %s', (_, size, lines) => {
    for (const name of lines) {
      const path = copyOf(original);
      withFile(path, (db) => {
        const had = String(db.get('SELECT note FROM checkpoint WHERE size = ?', size)?.['note']);
        expect(signedNames(had)).toEqual(lines.map((one) => `${origin}${one}`));
        const without = had.split('\n').filter((line) => !line.startsWith(`\u2014 ${origin}${name} `));
        db.run('UPDATE checkpoint SET note = ? WHERE size = ?', without.join('\n'), size);
      });
      expect(findingsOf(path)).toEqual([name === '' ? 'signature' : 'epoch']);
    }
  });

  it('a line that is not by whom it says', () => {
    const path = copyOf(original);
    withFile(path, (db) => {
      const at = (size: number) =>
        String(db.get('SELECT note FROM checkpoint WHERE size = ?', size)?.['note']).split('\n');
      const [one, other] = [at(CHANGE + 3), at(CHANGE + 4)];
      db.run(
        'UPDATE checkpoint SET note = ? WHERE size = ?',
        [...one.slice(0, 5), other[5], ''].join('\n'),
        CHANGE + 3,
      );
    });
    expect(findingsOf(path)).toEqual(['epoch']);
  });
});

describe('a key of an epoch that is not there', () => {
  /** The next entry says so, and nobody has to stand for it before a note can be taken. */
  const lost = (path: string, folder: string): number => {
    appendTo(path, folder);
    expect(kinds(path).slice(-2)).toEqual(['key.lost', 'note']);
    const n = kinds(path).length - 2;
    const { ok, findings } = verifyJournal(path, { device });
    expect({ ok, findings }).toMatchObject({ ok: false, findings: [{ kind: 'epoch', entry: n }] });
    return n;
  };
  const accept = (path: string, folder: string, n: number): void =>
    appendTo(path, folder, [{ kind: 'key.accepted', actor: 'ben', pub: { lost: n } }]);

  it('because its file is gone: the journal goes on, is broken until somebody stands for it, and tells of it ever after', () => {
    const path = copyOf(original);
    const folder = keysOf((at) => rmSync(at, { recursive: true }));
    const n = lost(path, folder);
    accept(path, folder, n);
    expect(verifyJournal(path, { device })).toMatchObject({
      ok: true,
      epochs: { keys: 3, lost: [{ entry: n, by: 'ben', accepted: n + 2 }] },
    });
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('because an older copy was put back: a word for the key answers no checkpoint that stands elsewhere', () => {
    const path = copyOf(before);
    const folder = keysOf();
    const n = lost(path, folder);
    accept(path, folder, n);
    expect(verifyJournal(path, { device }).ok).toBe(true);
    expect(verifyJournal(path, { device, known: [newest] }).findings.map(({ kind }) => kind)).toEqual([
      'shortened',
    ]);
  });

  it('is not said of a copy of the epoch that runs: that one goes on', () => {
    const path = copyOf(original);
    appendTo(path, keysOf());
    expect(kinds(path)).not.toContain('key.lost');
    expect(findingsOf(path)).toEqual([]);
  });

  it('because the tool died: whichever of the two files is whole is the one that goes on', () => {
    const name = origin.slice(-16);
    const died = (which: (folder: string) => void): readonly string[] => {
      const [path, folder] = [copyOf(original), keysOf(which)];
      appendTo(path, folder);
      expect(findingsOf(path)).toEqual([]);
      expect(readdirSync(folder)).toContain(`${name}.pem`);
      return kinds(path).filter((kind) => kind === 'key.lost');
    };
    // It died after the transaction, while the old key was overwritten, and with a next key that no entry names.
    const moved = (folder: string): void =>
      cpSync(join(folder, `${name}.pem`), join(folder, `${name}.next.pem`));
    expect(died((folder) => (moved(folder), rmSync(join(folder, `${name}.pem`))))).toEqual([]);
    expect(
      died(
        (folder) => (
          moved(folder),
          writeFileSync(join(folder, `${name}.pem`), '\0'.repeat(119), { mode: 0o600 })
        ),
      ),
    ).toEqual([]);
    expect(died((folder) => void epochsIn(folder).next(origin))).toEqual([]);
  });
});

describe('journals of two kinds', () => {
  it('one of before goes on as it was, and is told as such', () => {
    const journal = newJournal();
    write(journal, 3);
    journal.close();
    appendTo(journal.path, epochFolder());
    expect(verifyJournal(journal.path, { device })).toMatchObject({
      ok: true,
      epochs: { keys: 0, without: 1, lost: [] },
    });
  });

  it('one that goes to another machine has a chain of keys for each', () => {
    const ben = {
      signer: signerFromSeed(Buffer.alloc(32, 21)),
      kek: testKeys.kek,
      epochs: epochsIn(epochFolder()),
    };
    const journal = newJournal({ keys: { ...testKeys, epochs: epochsIn(epochFolder()) } });
    const to = { to: '1a2b-3c4d-5e6f', to_age: 'age1', to_key: toHex(ben.signer.publicKey) };
    journal.appendNow([note(1), { kind: 'journal.handed', actor: 'ana', pub: to }]);
    journal.close();
    const { path } = journal;
    goOn({
      path,
      clock: fakeClock(),
      random: fakeRandom('ben'),
      keys: ben,
      receiver: null,
      actor: 'ben',
      tool: 'firebreak/0.1.0',
    });
    const there = reopen(path, { keys: ben });
    write(there, 2);
    expect(signedNames(there.checkpoint())).toEqual([there.origin, `${there.origin}/epoch/0`]);
    there.close();
    expect(verifyJournal(path, { device: ben.signer.publicKey })).toMatchObject({
      ok: true,
      epochs: { keys: 2, without: 0 },
    });
  });
});
