import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { newHome, packageRoot } from '../rig/app.ts';
import { compiled } from '../rig/compiled.ts';

/**
 * Journals that earlier versions of the program wrote, as they left them: `older/tables-1` before bulk work was kept as rows, `tables-3`
 * before keys changed with time. Both hold the same night: declared, a note on a person, two answers, a piece of evidence. Their keys
 * guard nothing else.
 */
const OLDER = join(import.meta.dirname, 'older');
const versions = readdirSync(OLDER);

type Opened = Readonly<{
  incident: string;
  journal: string;
  at: (name: string) => string;
  firebreak: (...args: readonly string[]) => Readonly<{ status: number | null; out: string }>;
}>;

const opened = (version: string, env: Readonly<Record<string, string>> = {}): Opened => {
  const from = (name: string): string => join(OLDER, version, name);
  const home = newHome();
  const data = (...names: readonly string[]): string => join(home, 'data', ...names);
  const packed = readdirSync(from('')).find((name) => name.endsWith('.sqlite.gz')) ?? '';
  const incident = packed.replace('.sqlite.gz', '');
  for (const folder of [data('incidents', incident), data('keys')]) mkdirSync(folder, { recursive: true });
  const journal = data('incidents', incident, 'journal.sqlite');
  writeFileSync(journal, gunzipSync(readFileSync(from(packed))), { mode: 0o600 });
  for (const key of ['data.key', 'device.pem'])
    writeFileSync(data('keys', key), readFileSync(from(key)), { mode: 0o600 });
  if (existsSync(from('marks'))) cpSync(from('marks'), data('marks'), { recursive: true });
  const all = { ...compiled, PATH: process.env['PATH'], HOME: home, FIREBREAK_HOME: data(), NO_COLOR: '1' };
  return {
    incident,
    journal,
    at: (name) => join(home, name),
    firebreak: (...args) => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(packageRoot, 'bin/firebreak.js'), '--as', 'bea', ...args],
        { cwd: home, encoding: 'utf8', env: { ...all, ...env } },
      );
      return { status, out: `${stdout}${stderr}` };
    },
  };
};

/** How many tables there are, by number, and entries. */
const inside = (journal: string): Readonly<{ tables: number; entries: number }> => {
  const db = new Database(journal, { readonly: true });
  try {
    return {
      tables: Number(db.pragma('user_version', { simple: true })),
      entries: Number(db.prepare('SELECT count(*) FROM entry').pluck().get()),
    };
  } finally {
    db.close();
  }
};

const PERSON = 'Mia Example';

test('there are journals of earlier versions to open', () => {
  expect(versions).toEqual(['tables-1', 'tables-3']);
});

test.each(versions)('%s is read and verified as it is, and not touched by that', (version) => {
  const { incident, journal, firebreak } = opened(version);
  const before = readFileSync(journal);
  const { entries } = inside(journal);
  const verified = firebreak('verify', incident);
  expect(verified.out).toContain(`VERIFIED ${entries} entries`);
  // What it cannot have is said: nobody is to take it for more than it is.
  expect(verified.out).toContain('an older version began it');
  expect(verified.status).toBe(0);
  expect(firebreak('status').out).toContain('DONE   record-earliest');
  expect(readFileSync(journal).equals(before)).toBe(true);
});

test.each(versions)('%s is gone on with, and stays one story', (version) => {
  const { incident, journal, firebreak } = opened(version);
  const before = inside(journal);
  expect(firebreak('note', 'Taken over by the new version', '--star').status).toBe(0);
  expect(inside(journal).tables).toBe(3);
  expect(inside(journal).entries).toBeGreaterThan(before.entries);
  const verified = firebreak('verify', incident);
  expect(verified.out).toContain(`VERIFIED ${inside(journal).entries} entries`);
  expect(verified.status).toBe(0);
});

test.each(versions)('%s is exported in every form that tells its rows, and as evidence', (version) => {
  const { incident, firebreak, at } = opened(version);
  for (const [format, name] of [
    ['jsonl', 'o.jsonl'],
    ['md', 'o.md'],
    ['csv', 'o.csv'],
    ['timeline-html', 'o.html'],
    ['brief', 'brief.md'],
  ] as const) {
    const written = firebreak('export', '--format', format, '--out', at(name));
    expect(written.status, written.out).toBe(0);
    if (format !== 'brief') expect(readFileSync(at(name), 'utf8'), format).toContain(PERSON);
  }
  const bundle = firebreak('export', '--format', 'bundle', '--out', at('bundle'));
  expect(bundle.status, bundle.out).toBe(0);
  const checked = firebreak('verify', at('bundle'));
  expect(checked.out).toContain('VERIFIED');
  expect(checked.status, checked.out).toBe(0);
  expect(firebreak('verify', incident).status).toBe(0);
});

test.each(versions)('one changed byte of %s is found, as in a journal of today', (version) => {
  const { incident, journal, firebreak } = opened(version);
  const db = new Database(journal);
  db.exec('DROP TRIGGER entry_is_never_changed');
  db.exec(
    'UPDATE entry SET leaf = CAST(replace(CAST(leaf AS TEXT), \'"ada"\', \'"eve"\') AS BLOB) WHERE n = 7',
  );
  db.close();
  const { status, out } = firebreak('verify', incident);
  expect(status).toBe(9);
  expect(out).toMatch(/#?7\b/);
});

test('one of a later version is neither read wrongly nor written to', () => {
  const { incident, journal, firebreak } = opened('tables-3');
  const db = new Database(journal);
  db.pragma('user_version = 99');
  db.close();
  const before = readFileSync(journal);
  for (const args of [['note', 'words'], ['status'], ['verify', incident]]) {
    const { status, out } = firebreak(...args);
    expect(status, args.join(' ')).not.toBe(0);
    expect(out, args.join(' ')).toContain('was made by a newer firebreak (tables 99)');
  }
  expect(readFileSync(journal).equals(before)).toBe(true);
  // Beside another that is open, it is named all the same.
  expect(firebreak('declare', 'leaked-whatsapp-token', '--title', 'The next one').status).toBe(0);
  const beside = firebreak('status');
  expect(beside.out).toContain('The next one');
  expect(beside.out).toContain(`${incident} does not open`);
  expect(beside.status).toBe(0);
});
