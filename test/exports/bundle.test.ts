import {
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { bundleJournal } from '../../src/app/bundling.ts';
import { isBundle, verifyBundle } from '../../src/app/verify-bundle.ts';
import { folderReader } from '../../src/io/archive.ts';
import { systemFiles } from '../../src/io/files.ts';
import { zipReader } from '../../src/io/unzip.ts';
import type { Journal } from '../../src/journal/store.ts';
import { tilePath, tilesOf } from '../../src/journal/tiles.ts';
import { newFolder, newJournal, note } from '../journal/journals.ts';

const files = systemFiles();
const verify = (path: string) => verifyBundle(path, files, () => null);

function filled(entries: number): Journal {
  const journal = newJournal();
  journal.appendNow(Array.from({ length: Math.floor(entries / 2) }, (_, i) => note(i, `private text ${i}`)));
  journal.appendNow(Array.from({ length: entries - 1 - Math.floor(entries / 2) }, (_, i) => note(i)));
  return journal;
}

function bundled(entries = 12, name = 'bundle'): string {
  const path = join(newFolder(), name);
  bundleJournal(filled(entries), files, path);
  return path;
}

const all = (path: string): readonly string[] => [...folderReader(path).names()].toSorted();

describe('a bundle', () => {
  it('holds the same, byte for byte, as a folder and as a zip, and verifies as both', () => {
    const journal = filled(300);
    const [folder, zip] = [join(newFolder(), 'a'), join(newFolder(), 'a.zip')];
    bundleJournal(journal, files, folder);
    bundleJournal(journal, files, zip);
    const reader = zipReader(zip);
    expect([...reader.names()].toSorted()).toEqual(all(folder));
    for (const name of all(folder))
      expect(reader.read(name, 1e9), name).toEqual(readFileSync(join(folder, name)));
    reader.close();
    expect(verify(folder)).toMatchObject({ ok: true, entries: 300, problems: [], pinned: false });
    expect(verify(zip)).toEqual(verify(folder));
    expect(verifyBundle(zip, files, () => journal.vkey)).toMatchObject({ ok: true, pinned: true });
    expect(verifyBundle(zip, files, () => 'another').ok).toBe(false);
    expect([isBundle(zip, files), isBundle(folder, files), isBundle(newFolder(), files)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('is the same, byte for byte, for the same journal', () => {
    const journal = filled(40);
    const [one, two] = [join(newFolder(), 'a.zip'), join(newFolder(), 'b.zip')];
    const sums = [bundleJournal(journal, files, one), bundleJournal(journal, files, two)];
    expect(sums[0]).toBe(sums[1]);
    expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
  });

  it('lies in the places that log programs look in', () => {
    const names = (size: number) => [...tilesOf(size)].map((tile) => tilePath(tile.level, tile));
    expect(names(256)).toEqual(['tile/0/000', 'tile/1/000.p/1']);
    const large = names(70_000);
    expect(large.filter((name) => name.startsWith('tile/0/'))).toHaveLength(274);
    expect(large.slice(272)).toEqual([
      'tile/0/272',
      'tile/0/273.p/112',
      'tile/1/000',
      'tile/1/001.p/17',
      'tile/2/000.p/1',
    ]);
    expect(tilePath(0, { index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(all(bundled(300))).toEqual(
      expect.arrayContaining(['tile/0/000', 'tile/0/001.p/44', 'tile/1/000.p/1', 'tile/entries/001.p/44']),
    );
  });

  it('hands out no wrapped key, no clear text, nothing of the machine, and is 0600 throughout', () => {
    const journal = filled(12);
    const path = join(newFolder(), 'bundle');
    journal.lease.acquire('somebody');
    bundleJournal(journal, files, path);
    const live = new Database(journal.path, { readonly: true });
    const wrapped = live.prepare('SELECT wrapped FROM dek').pluck().all() as Buffer[];
    expect(wrapped).toHaveLength(1);
    for (const name of all(path)) {
      const bytes = readFileSync(join(path, name));
      for (const key of wrapped) expect(bytes.includes(key), name).toBe(false);
      expect(bytes.includes('private text'), name).toBe(false);
      expect(statSync(join(path, name)).mode & 0o777, name).toBe(0o600);
    }
    const copy = new Database(join(path, 'journal.sqlite'), { readonly: true });
    expect(copy.prepare('SELECT count(*) FROM lease').pluck().get()).toBe(0);
    expect(readFileSync(join(path, 'journal.sqlite')).subarray(18, 20)).toEqual(Buffer.from([1, 1]));
    expect(readdirSync(join(journal.path, '..')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('puts nothing in place when it cannot be finished, and never replaces what is there', () => {
    const journal = filled(4);
    const place = newFolder();
    writeFileSync(join(place, 'a.zip'), 'mine');
    expect(() => bundleJournal(journal, files, join(place, 'a.zip'))).toThrow(/exists/);
    mkdirSync(join(place, 'b'));
    writeFileSync(join(place, 'b/mine'), '');
    expect(() => bundleJournal(journal, files, join(place, 'b'))).toThrow(/b: /);
    expect(readdirSync(place).toSorted()).toEqual(['a.zip', 'b']);
    expect(readFileSync(join(place, 'a.zip'), 'utf8')).toBe('mine');
  });
});

describe('a changed bundle', () => {
  const whole = bundled(6);
  function changed(change: (path: string) => void): readonly string[] {
    const path = join(newFolder(), 'copy');
    cpSync(whole, path, { recursive: true });
    change(path);
    const { ok, problems } = verify(path);
    expect(ok).toBe(problems.length === 0);
    return problems;
  }
  const flip = (name: string, at: number) => (path: string) => {
    const bytes = readFileSync(join(path, name));
    const place = at < 0 ? bytes.length + at : at;
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    writeFileSync(join(path, name), bytes);
  };

  it('is the bundle when nothing was changed', () => {
    expect(changed(() => undefined)).toEqual([]);
  });

  it.each(all(whole))('is refused when a byte of %s is another, and when it is gone', (name) => {
    const { size } = statSync(join(whole, name));
    const number = /(?:entries|proofs)\/0*([0-9]+)\.(?:json|tlog-proof)$/.exec(name)?.[1];
    if (size > 0) {
      for (const at of [0, Math.floor(size / 2), -1]) {
        const problems = changed(flip(name, at));
        expect(problems.length, `${name} at ${at}`).toBeGreaterThan(0);
        if (number !== undefined) expect(problems.join('\n')).toContain(`entry #${number}`);
      }
    }
    expect(
      changed((path) => {
        rmSync(join(path, name));
      }).length,
    ).toBeGreaterThan(0);
  });

  it('is refused with a file more, a link, or a folder of links', () => {
    expect(
      changed((path) => {
        writeFileSync(join(path, 'entries/000006.json'), '{}');
      }),
    ).toEqual(['entries/000006.json does not belong to this bundle']);
    const linked = changed((path) => {
      cpSync(join(path, 'pub.pem'), join(path, '../pub.pem'));
      rmSync(join(path, 'pub.pem'));
      symlinkSync('../pub.pem', join(path, 'pub.pem'));
    });
    expect(linked).toContain('pub.pem is missing');
  });

  it('is refused with the files, or the manifest, of another journal', () => {
    const other = bundled(6, 'other');
    for (const name of [
      'checkpoint',
      'pub.pem',
      'manifest.dsse.json',
      'journal.sqlite',
      'entries/000003.json',
    ]) {
      const longer = bundled(7, 'longer');
      for (const from of [other, longer]) {
        const same = readFileSync(join(from, name)).equals(readFileSync(join(whole, name)));
        const problems = changed((path) => {
          cpSync(join(from, name), join(path, name));
        });
        expect(problems.length > 0, `${name} of ${from}`).toBe(!same);
      }
    }
  });
});

describe('a changed zip', () => {
  it('is refused when it is cut, grown, or any byte of its directory is another', () => {
    const zip = bundled(4, 'a.zip');
    const bytes = readFileSync(zip);
    const refused = (change: Buffer): boolean => {
      writeFileSync(zip, change);
      return !verify(zip).ok;
    };
    expect(refused(bytes)).toBe(false);
    expect(refused(bytes.subarray(0, -1))).toBe(true);
    expect(refused(Buffer.concat([bytes, Buffer.from('x')]))).toBe(true);
    expect(refused(Buffer.concat([Buffer.from('x'), bytes]))).toBe(true);
    const start = bytes.readUInt32LE(bytes.length - 6);
    for (let at = start + 46; at < bytes.length - 22; at += 97) {
      const other = Buffer.from(bytes);
      other[at] = (other[at] ?? 0) ^ 4;
      const row = bytes.lastIndexOf(Buffer.from('PK\u0001\u0002', 'latin1'), at);
      // Times, versions and modes of the directory say nothing about the content.
      if ([4, 5, 6, 7, 8, 9, 12, 13, 14, 15, 36, 37, 38, 39, 40, 41, 34, 35].includes(at - row)) continue;
      expect(refused(other), `byte ${at - row} of a row`).toBe(true);
    }
  });
});
