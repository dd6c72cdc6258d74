import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemFiles } from '../../src/io/files.ts';
import { newFolder } from '../journal/journals.ts';

const files = systemFiles();
const mode = (path: string): number => statSync(path).mode & 0o777;

describe('files', () => {
  it('are private, written whole, and leave nothing beside them', () => {
    const folder = join(newFolder(), 'a', 'b');
    files.privateDir(folder);
    expect(mode(folder)).toBe(0o700);
    const path = join(folder, 'file');
    files.writeAtomic(path, 'one');
    files.writeAtomic(path, Buffer.from('zwei ü'));
    expect(mode(path)).toBe(0o600);
    expect(files.readText(path, 100)).toBe('zwei ü');
    expect(files.list(folder)).toEqual([{ name: 'file', kind: 'file', bytes: 7, mode: 0o600 }]);
    files.remove(path);
    files.remove(path);
    expect([files.exists(path), files.info(path), files.list(join(folder, 'none'))]).toEqual([
      false,
      null,
      [],
    ]);
  });

  it('too large to be held are written in pieces, with their hash', () => {
    const folder = newFolder();
    const path = join(folder, 'file');
    files.writeAtomic(path, 'before');
    const text = 'zwölf ✓ '.repeat(40_000);
    const pieces = Array.from({ length: 40 }, (_, i) => text.slice(i * 8000, (i + 1) * 8000));
    expect(files.writePieces(path, pieces)).toEqual({
      sha256: createHash('sha256').update(text).digest('hex'),
      bytes: Buffer.byteLength(text),
    });
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect([mode(path), readdirSync(folder)]).toEqual([0o600, ['file']]);
  });

  it('whose pieces end in trouble stay as they were, with nothing beside them', () => {
    const folder = newFolder();
    const path = join(folder, 'file');
    files.writeAtomic(path, 'before');
    const ends = function* () {
      yield 'x'.repeat(200_000);
      throw new RangeError('the ninth row');
    };
    expect(() => files.writePieces(path, ends())).toThrow(new RangeError('the ninth row'));
    expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['before', ['file']]);
  });

  it('that the disk does not take leave nothing, and the same ones are written where it does', () => {
    const folder = newFolder();
    const write = (blocks: string): string => {
      const script = `import { systemFiles } from ${JSON.stringify(join(import.meta.dirname, '../../src/io/files.ts'))};
        function* pieces() { for (let i = 0; i < 300; i += 1) yield 'x'.repeat(1000); }
        try { console.log(systemFiles().writePieces(process.argv[1], pieces()).bytes); } catch (error) { console.log(error.code); }`;
      return execFileSync(
        'bash',
        [
          '-c',
          'ulimit -f "$0" && exec "$@"',
          blocks,
          process.execPath,
          '--input-type=module',
          '-e',
          script,
          join(folder, 'file'),
        ],
        { encoding: 'utf8' },
      ).trim();
    };
    expect([write('64'), readdirSync(folder)]).toEqual(['full', []]);
    expect([write('unlimited'), readdirSync(folder)]).toEqual(['300000', ['file']]);
  });

  it('made new by two at once: one wins, and the other is told', () => {
    const path = join(newFolder(), 'key');
    expect([files.writeNew(path, 'mine'), files.writeNew(path, 'yours')]).toEqual([true, false]);
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(readdirSync(join(path, '..'))).toEqual(['key']);
  });

  it('that others can read, or that are links, are refused as keys', () => {
    const folder = newFolder();
    const [key, link] = [join(folder, 'key'), join(folder, 'link')];
    files.writeAtomic(key, 'secret');
    expect(files.readPrivate(key, 100)).toBe('secret');
    symlinkSync(key, link);
    expect(() => files.readPrivate(link, 100)).toThrow(expect.objectContaining({ code: 'permissions' }));
    expect(() => files.writeAtomic(link, 'x')).toThrow('is a link');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    for (const wide of [0o640, 0o604, 0o644, 0o660]) {
      chmodSync(key, wide);
      expect(() => files.readPrivate(key, 100)).toThrow(`chmod 600 ${key}`);
    }
  });

  it('over the limit, not UTF-8, not a file or not there are refused by code', () => {
    const folder = newFolder();
    const path = join(folder, 'file');
    writeFileSync(path, Buffer.from([0xff, 0xfe, 0x41]));
    expect(() => files.readText(path, 100)).toThrow(expect.objectContaining({ code: 'corrupt' }));
    expect(() => files.readBytes(path, 2)).toThrow(expect.objectContaining({ code: 'too-large' }));
    expect(() => files.readBytes('/proc/kallsyms', 1000)).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    );
    expect(() => files.readText(folder, 100)).toThrow(expect.objectContaining({ code: 'io' }));
    expect(() => files.readText(`${path}.none`, 100)).toThrow(expect.objectContaining({ code: 'missing' }));
  });

  it('are not put into a folder that others can write to', () => {
    const folder = join(newFolder(), 'shared');
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    expect(() => files.privateDir(folder)).toThrow(`chmod 700 ${folder}`);
    chmodSync(folder, 0o755);
    files.privateDir(folder);
    expect(mode(folder)).toBe(0o700);
  });
});
