import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { OpenIncident } from '../../src/app/contract.ts';
import type { MergeAsked, MergeFormat, MergeReport } from '../../src/app/merge-contract.ts';
import { sha256Hex } from '../../src/base/hash.ts';
import { zipReader } from '../../src/io/unzip.ts';
import { company, folder } from './company.ts';

/** A list is read in pieces of 64 KiB: `note` makes few rows many pieces. */
const rows = (many: number, note = ''): string =>
  `id,address,name,note\n${Array.from({ length: many }, (_, i) => `c${i},p${i}@example.org,"Ada, the ${i}th",${note}\n`).join('')}`;
const LONG = 'n'.repeat(1000);

const live = async (): Promise<OpenIncident> => {
  const all = await company();
  return await (await all.app()).declare({ runbook: 'leaked-whatsapp-token', title: 'Token in a notebook' });
};

const asked = (where: string, list: string, format: MergeFormat, out: string): MergeAsked => ({
  letter: 'gdpr-art34',
  list,
  format,
  out: join(where, out),
  report: join(where, `${out}.report`),
  language: 'en',
  from: null,
  resume: false,
  trial: 99_999,
});

const merge = async (
  incident: OpenIncident,
  what: MergeAsked,
  stopAt: number | null = null,
): Promise<MergeReport> => {
  const stop = new AbortController();
  return await incident.merge(
    what,
    ({ written }) => {
      if (stopAt !== null && written >= stopAt) stop.abort();
    },
    stop.signal,
  );
};

const filesIn = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(path.length + 1))
    .toSorted();

type Line = Readonly<{ name: string; sha256: string; rest: string }>;
const listed = (path: string): readonly Line[] =>
  readFileSync(path, 'utf8')
    .split('\r\n')
    .slice(1, -1)
    .map((line) => {
      const [name = '', sha256 = '', ...rest] = line.slice(1, -1).split('","');
      return { name, sha256, rest: rest.join(' ') };
    });

const FILES: MergeFormat = { is: 'files', each: 'eml' };
const ZIP: MergeFormat = { is: 'zip', each: 'html' };

describe('letters that are a file each', () => {
  test('lie in folders of at most a thousand, called by nothing of a person, and are listed with their hash', async () => {
    const [incident, where] = [await live(), folder()];
    const list = join(where, 'people.csv');
    writeFileSync(list, `${rows(1003)}x,nobody,Ada,\ny,p7@example.org,Again,\n`);
    const done = await merge(incident, asked(where, list, FILES, 'letters'));
    expect(done).toMatchObject({ finished: true, written: 1003, rejected: 1, duplicates: 1, replaced: 0 });
    const lines = listed(join(where, 'letters/letters.csv'));
    expect(done.sha256).toBe(sha256Hex(readFileSync(join(where, 'letters/letters.csv'))));
    expect(filesIn(join(where, 'letters'))).toEqual(
      [...lines.map(({ name }) => name), 'letters.csv'].toSorted(),
    );
    for (const { name, sha256 } of lines) {
      expect(name).toMatch(/^000\/00[01]\/[0-9a-f]{32}\.eml$/);
      expect(sha256Hex(readFileSync(join(where, 'letters', name)))).toBe(sha256);
    }
    expect(readdirSync(join(where, 'letters/000/000'))).toHaveLength(1000);
    expect(lines[7]?.rest).toBe('9 c7 p7@example.org en');
    const path = join(where, 'letters', lines[7]?.name ?? '');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const mail = readFileSync(path, 'utf8');
    expect(mail).toMatch(/^To: "Ada, the 7th" <p7@example\.org>\r$/m);
    expect(mail).toMatch(/^Subject: DRAFT: .+\r$/m);
    expect(mail).toContain('Dear Ada, the 7th,');
    expect(mail.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(Math.max(...mail.split('\r\n').map((line) => line.length))).toBeLessThan(200);
    await incident.leave();
  });

  test('are in a zip the same as in a folder, and the same zip every time', async () => {
    const [incident, where] = [await live(), folder()];
    const list = join(where, 'people.csv');
    writeFileSync(list, rows(30));
    await merge(incident, asked(where, list, { is: 'files', each: 'html' }, 'pages'));
    const done = await merge(incident, asked(where, list, ZIP, 'pages.zip'));
    await merge(incident, asked(where, list, ZIP, 'again.zip'));
    expect(done.sha256).toBe(sha256Hex(readFileSync(join(where, 'pages.zip'))));
    expect(done.sha256).toBe(sha256Hex(readFileSync(join(where, 'again.zip'))));
    expect(readFileSync(join(where, 'pages.zip.letters.csv'))).toEqual(
      readFileSync(join(where, 'pages/letters.csv')),
    );
    const zip = zipReader(join(where, 'pages.zip'));
    const names = [...zip.names()].toSorted();
    expect(names).toEqual(filesIn(join(where, 'pages')).filter((name) => name !== 'letters.csv'));
    for (const name of names)
      expect(Buffer.from(zip.read(name, 1 << 20) ?? [])).toEqual(readFileSync(join(where, 'pages', name)));
    zip.close();
    await incident.leave();
  });

  test.each([
    ['zip', ZIP, 'letters.zip'],
    ['folder', { is: 'files', each: 'html' } as MergeFormat, 'letters'],
  ])('stopped and gone on with in a %s, are what they are without a stop', async (_, format, out) => {
    const [incident, where] = [await live(), folder()];
    const list = join(where, 'people.csv');
    writeFileSync(list, rows(300, LONG));
    const whole = await merge(incident, asked(where, list, format, `whole-${out}`));
    const what = asked(where, list, format, out);
    const first = await merge(incident, what, 1);
    expect(first).toMatchObject({ finished: false });
    expect(first.written).toBeLessThan(120);
    await expect(merge(incident, what)).rejects.toThrow(/usage.*is there already/);
    const second = await merge(incident, { ...what, resume: true }, 120);
    expect(second.finished).toBe(false);
    const last = await merge(incident, { ...what, resume: true });
    expect(last).toEqual({ ...whole, out: last.out, report: last.report, index: last.index });
    if (format.is === 'files')
      expect(filesIn(join(where, out))).toEqual(filesIn(join(where, `whole-${out}`)));
    await incident.leave();
  });

  test('of which a crash of the machine left one empty and took one away, are made anew', async () => {
    const [incident, where] = [await live(), folder()];
    const list = join(where, 'people.csv');
    writeFileSync(list, rows(300, LONG));
    const what = asked(where, list, { is: 'files', each: 'html' }, 'letters');
    await merge(incident, what, 1);
    const lines = listed(join(where, 'letters/letters.csv'));
    const hurt = join(where, 'letters', lines[3]?.name ?? '');
    writeFileSync(hurt, '');
    expect(sha256Hex(readFileSync(hurt))).not.toBe(lines[3]?.sha256);
    await merge(incident, { ...what, resume: true });
    for (const { name, sha256 } of listed(join(where, 'letters/letters.csv')))
      expect(sha256Hex(readFileSync(join(where, 'letters', name)))).toBe(sha256);
    await incident.leave();
  });

  test('are put into no place where something is', async () => {
    const [incident, where] = [await live(), folder()];
    const list = join(where, 'people.csv');
    writeFileSync(list, rows(2));
    await expect(merge(incident, asked(where, list, FILES, '.'))).rejects.toThrow(/usage.*is there already/);
    writeFileSync(join(where, 'a.zip.letters.csv'), 'mine');
    await expect(merge(incident, asked(where, list, ZIP, 'a.zip'))).rejects.toThrow(
      /usage.*is there already/,
    );
    expect(readFileSync(join(where, 'a.zip.letters.csv'), 'utf8')).toBe('mine');
    writeFileSync(list, 'name\nAda\n');
    await expect(merge(incident, asked(where, list, FILES, 'new'))).rejects.toThrow(/list-unreadable/);
    expect(readdirSync(where).toSorted()).toEqual(['a.zip.letters.csv', 'people.csv']);
    await incident.leave();
  });
});

test('a PDF each is tagged, and a character that no font has is said of its row', async () => {
  const [incident, where] = [await live(), folder()];
  const list = join(where, 'people.csv');
  writeFileSync(list, 'address,name\na@b.example,Ada\nb@b.example,Bo 🙂\nc@b.example,Zoë\n');
  const done = await merge(incident, asked(where, list, { is: 'files', each: 'pdf' }, 'letters'));
  expect(done).toMatchObject({ written: 3, rejected: 0, replaced: 1 });
  expect(readFileSync(join(where, 'letters.report'), 'utf8')).toMatch(
    /^"line","why"\r\n"3","its letter is written, and shows \\u\{1f642\}: no font has it"\r\n$/,
  );
  for (const { name } of listed(join(where, 'letters/letters.csv'))) {
    const pdf = readFileSync(join(where, 'letters', name), 'latin1');
    expect(pdf).toMatch(/^%PDF-/);
    expect(pdf).toContain('/MarkInfo');
  }
  await incident.leave();
});

test('a list that is changed while it is read is no list of this merge', async () => {
  const incident = await live();
  const where = folder();
  const list = join(where, 'list.csv');
  const text = rows(300, LONG);
  writeFileSync(list, text);
  const what = asked(where, list, { is: 'stream', form: 'jsonl' }, 'letters.jsonl');
  const change = (): void => writeFileSync(list, text.replace('p299@example.org', 'eve@example.org'));
  await expect(incident.merge(what, change, new AbortController().signal)).rejects.toThrow(
    /was changed while it was read/,
  );
  expect((await merge(incident, { ...what, out: join(where, 'again'), report: null })).written).toBe(300);
});
