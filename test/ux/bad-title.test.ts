import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newHome, packageRoot } from '../rig/app.ts';
import { compiled } from '../rig/compiled.ts';
import { sitDown, type Start } from './sitting.ts';

// A title of five thousand Arabic characters that tries to turn the line around it, through everything that shows a title.

// What comes after the last of these would read from the wrong side in whatever takes them for marks.
const TURNS = '\u202Elive\u202C\u2066x\u2069\u200F\u061C';
const WORDS = 'تسرب رمز الوصول لحساب واتساب ';
const LAST = 'النهاية';
const TITLE = `${WORDS.repeat(200).slice(0, 5000 - TURNS.length - LAST.length - 1)}${TURNS} ${LAST}`;
const MARKS = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/;

const home = newHome();
const env = { HOME: home, FIREBREAK_HOME: join(home, 'data'), FIREBREAK_ACTOR: 'ada', NO_COLOR: '1' };
const firebreak = (
  ...args: readonly string[]
): Readonly<{ status: number | null; out: string; err: string }> => {
  const ran = spawnSync(process.execPath, [join(packageRoot, 'bin/firebreak.js'), ...args], {
    cwd: home,
    encoding: 'utf8',
    env: { ...compiled, PATH: process.env['PATH'], ...env },
  });
  return { status: ran.status, out: ran.stdout, err: ran.stderr };
};
const declared = firebreak('declare', 'leaked-whatsapp-token', '--title', TITLE);

test('it is taken whole, and told without a mark that turns anything', { timeout: 120_000 }, () => {
  expect(TITLE).toHaveLength(5000);
  expect(declared.status, declared.err).toBe(0);
  for (const args of [['status'], ['list'], ['next'], ['clocks']]) {
    const { status, out, err } = firebreak(...args);
    expect(status, err).toBe(0);
    expect(`${out}${err}`).not.toMatch(MARKS);
  }
  const { out } = firebreak('status');
  expect(out).toContain('\\u{202e}live\\u{202c}');
  expect(out).toContain(LAST);
});

test('a program that reads gets the very same text back', () => {
  const { out } = firebreak('status', '--json');
  expect(out).not.toMatch(MARKS);
  expect((JSON.parse(out) as { title: string }).title).toBe(TITLE);
});

test(
  'every export has it or says that it is shortened, without a mark and under a name of its own',
  { timeout: 240_000 },
  () => {
    const folder = join(home, 'out');
    mkdirSync(folder);
    const formats = 'brief timeline timeline-html md csv jsonl regulator-pack register handover ics';
    for (const format of [...formats.split(' '), 'timesketch', 'iris', 'veris', 'ocsf']) {
      const { status, err } = firebreak('export', '--format', format, '--out', folder);
      expect(status, `${format}: ${err}`).toBe(0);
    }
    const written = readdirSync(folder);
    expect(written.length).toBeGreaterThan(15);
    for (const name of written) {
      expect(name).toMatch(/^[a-z0-9-]+-\d{8}T\d{4}Z\.[a-z.]+$/);
      if (/\.(pdf|docx)$/.test(name)) continue;
      const text = readFileSync(join(folder, name), 'utf8');
      expect(text, name).not.toMatch(MARKS);
      // A calendar names the incident by its code name alone.
      if (!name.endsWith('.ics')) expect(text, name).toContain(LAST);
    }
    const brief = readFileSync(join(folder, written.find((name) => /-brief-.*pdf$/.test(name)) ?? ''));
    expect(brief.subarray(0, 5).toString()).toBe('%PDF-');
    const rows = readFileSync(join(folder, written.find((name) => name.endsWith('Z.jsonl')) ?? ''), 'utf8');
    expect((JSON.parse(rows.split('\n')[0] ?? '') as { title: string }).title).toBe(TITLE);
  },
);

test.each([
  { columns: 80, rows: 24 },
  { columns: 60, rows: 18 },
])(
  'on a terminal of $columns by $rows it leaves the step and the clock where they are',
  async (size) => {
    const start: Start = { files: home, folder: '.', env: {} };
    await using sitting = await sitDown('resume', start, size);
    const picture = await sitting.until('Write down what was reported');
    expect(picture).not.toMatch(MARKS);
    expect(picture).toMatch(/gdpr\.33-1|supervisory authority/);
    expect(picture.split('\n')).toHaveLength(size.rows);
    expect(await sitting.bytes()).not.toMatch(MARKS);
  },
  120_000,
);

test('the first screen names it in its row and keeps its keys in sight', { timeout: 120_000 }, async () => {
  await using sitting = await sitDown('', { files: home, folder: '.', env: {} });
  const picture = await sitting.until(WORDS.trim().slice(0, 12));
  expect(picture.split('\n').at(-1)).toContain('esc');
  expect(await sitting.bytes()).not.toMatch(MARKS);
});
