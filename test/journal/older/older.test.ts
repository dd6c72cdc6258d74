import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { envOf, ranProgram, type Ran } from '../../rig/program.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { systemFiles } from '../../../src/io/files.ts';
import { systemRandom } from '../../../src/io/random.ts';
import { openSqlite } from '../../../src/io/sqlite.ts';
import { loadOrCreateKeys } from '../../../src/journal/keys.ts';
import { openJournal } from '../../../src/journal/store.ts';
import { entriesOf, NOW, only, THEN, TITLE, unpacked, VERSIONS } from './left.ts';

// What an older version wrote is read, continued, proved and handed on by this one; what a newer one wrote is left alone.

const firebreak = async (home: string, args: readonly string[]): Promise<Ran> =>
  await ranProgram({ cwd: home, env: envOf(home) }, args);

const SLOW = 240_000;

describe.each(VERSIONS)('a journal of %s', (version) => {
  let home: string;
  let incident: string;
  const ran = async (...args: readonly string[]): Promise<Ran> => {
    const result = await firebreak(home, args);
    expect(result, result.stderr).toMatchObject({ code: 0 });
    return result;
  };
  beforeAll(() => {
    home = unpacked(version);
    incident = only(home, 'incidents');
  });
  afterAll(() => {
    rmSync(home, { recursive: true, force: true });
  });

  const journal = (): string => join(home, 'data/incidents', incident, 'journal.sqlite');

  test(
    'verifies as it was left, untouched by that, and again once it was continued',
    { timeout: SLOW },
    async () => {
      const bytes = readFileSync(journal());
      const before = entriesOf(await ran('verify', incident));
      expect((await ran('status', incident)).stdout).toContain(TITLE);
      expect(readFileSync(journal()).equals(bytes)).toBe(true);
      await ran('note', NOW, '--incident', incident);
      const after = await ran('verify', incident);
      expect(entriesOf(after)).toBe(before + 1);
      expect(after.stdout).toContain('an older version began it');
    },
  );

  test('is exported with the words of then and of now', { timeout: SLOW }, async () => {
    for (const [format, file] of [
      ['jsonl', 'all.jsonl'],
      ['md', 'all.md'],
      ['csv', 'all.csv'],
      ['timeline-html', 'all.html'],
    ] as const) {
      await ran('export', incident, '--format', format, '--out', join(home, file));
      const text = readFileSync(join(home, file), 'utf8');
      for (const words of [TITLE, THEN, NOW]) expect(text, format).toContain(words);
    }
  });

  test('leaves as a bundle that verifies, and as a packet of handover', { timeout: SLOW }, async () => {
    await ran('export', incident, '--format', 'bundle', '--out', join(home, 'bundle'));
    expect(entriesOf(await ran('verify', join(home, 'bundle')))).toBeGreaterThan(0);
    await ran('export', incident, '--format', 'handover', '--out', join(home, 'handover.md'));
    expect(readFileSync(join(home, 'handover.md'), 'utf8')).toContain(TITLE);
  });

  test('one of a drill keeps its acts, and takes a note', { timeout: SLOW }, async () => {
    const drill = only(home, 'drills');
    const before = entriesOf(await ran('verify', drill));
    await ran('export', drill, '--format', 'jsonl', '--out', join(home, 'drill.jsonl'));
    const text = readFileSync(join(home, 'drill.jsonl'), 'utf8');
    for (const kind of ['act.intent', 'act.outcome', 'act.verified']) expect(text).toContain(kind);
    await ran('note', NOW, '--incident', drill);
    expect(entriesOf(await ran('verify', drill))).toBeGreaterThan(before);
  });

  test(
    'is refused with the number of an entry in which one word was changed',
    { timeout: SLOW },
    async () => {
      const db = openSqlite(journal(), { mode: 'write' });
      db.exec(`DROP TRIGGER entry_is_never_changed;
      UPDATE entry SET leaf = CAST(replace(CAST(leaf AS TEXT), '"ada"', '"eve"') AS BLOB) WHERE n = 7`);
      db.close();
      const { code, stdout, stderr } = await firebreak(home, ['verify', incident]);
      expect(code).toBe(9);
      expect(`${stdout}${stderr}`).toMatch(/\b7\b/);
    },
  );
});

test('a journal of a newer version is neither written nor guessed at', { timeout: SLOW }, async () => {
  const home = unpacked('before-epochs');
  try {
    const incident = only(home, 'incidents');
    const path = join(home, 'data/incidents', incident, 'journal.sqlite');
    const db = openSqlite(path, { mode: 'write' });
    db.exec('PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    const before = readFileSync(path);
    for (const args of [
      ['note', NOW, '--incident', incident],
      ['status', incident],
      ['verify', incident],
      ['export', incident, '--format', 'md', '--out', join(home, 'all.md')],
    ]) {
      const { code, stderr } = await firebreak(home, args);
      expect(code, args[0]).toBe(13);
      expect(stderr).toContain('was made by a newer firebreak');
      expect(stderr).toContain('use the version of firebreak that wrote it, or a later one');
    }
    expect(readFileSync(path).equals(before)).toBe(true);
    // What is open is asked without a name too: it must not be passed over, alone or beside another.
    expect((await firebreak(home, ['status'])).code).toBe(13);
    expect(
      (await firebreak(home, ['declare', 'leaked-whatsapp-token', '--title', 'The next one'])).code,
    ).toBe(0);
    const beside = await firebreak(home, ['status']);
    expect(beside.code).toBe(0);
    expect(beside.stdout).toContain('The next one');
    expect(beside.stderr).toContain(`${incident} does not open`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});

test(
  'an entry of a kind that only a newer version knows is kept, counted, shown, and missed aloud where it cannot be told',
  { timeout: SLOW },
  async () => {
    const home = unpacked('before-epochs');
    try {
      const incident = only(home, 'incidents');
      const path = join(home, 'data/incidents', incident, 'journal.sqlite');
      const [files, random] = [systemFiles(), systemRandom()];
      const keys = loadOrCreateKeys(join(home, 'data/keys'), files, random);
      const before = entriesOf(await firebreak(home, ['verify', incident]));
      const journal = openJournal({ path, clock: systemClock(), random, keys });
      await journal.append([{ kind: 'oracle.asked', actor: 'ada', pub: { question: 7 } }]);
      journal.close();
      expect((await firebreak(home, ['note', NOW, '--incident', incident])).code).toBe(0);
      const verified = await firebreak(home, ['verify', incident]);
      expect(verified.code).toBe(0);
      expect(entriesOf(verified)).toBe(before + 2);
      expect((await firebreak(home, ['journal', 'show', incident])).stdout).toContain(
        'oracle.asked {"question":7}',
      );
      const status = (await firebreak(home, ['status', incident])).stdout;
      expect(status).toContain(TITLE);
      // What it changed is on no screen and in no row: that is said, and where it can be seen.
      const said = '1 entry is of a kind that only a newer firebreak knows';
      expect(status).toContain(`! ${said}`);
      for (const format of ['md', 'csv'] as const) {
        const out = join(home, `all.${format}`);
        expect((await firebreak(home, ['export', incident, '--format', format, '--out', out])).code).toBe(0);
        expect(readFileSync(out, 'utf8')).toContain(said);
      }
      const lines = join(home, 'all.jsonl');
      await firebreak(home, ['export', incident, '--format', 'jsonl', '--out', lines]);
      expect(JSON.parse(readFileSync(lines, 'utf8').split('\n')[0] ?? '')).toMatchObject({
        unknown_entries: 1,
      });
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
);
