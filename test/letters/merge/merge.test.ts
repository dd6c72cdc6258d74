import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isProblem } from '../../../src/base/problem.ts';
import { html, plain, type Shown } from '../../../src/letters/sinks.ts';
import type { Around } from '../../../src/letters/merge/cut.ts';
import {
  encodedWord,
  formOf,
  mailbox,
  mboxAround,
  type Batch,
  type FormId,
} from '../../../src/letters/merge/forms.ts';
import { merging, nothingYet, type Tally } from '../../../src/letters/merge/merge.ts';
import { outOf } from '../../../src/letters/merge/out.ts';
import type { Rejected } from '../../../src/letters/merge/reader.ts';
import { salutation } from '../../../src/letters/merge/salutation.ts';
import type { RecipientVariable } from '../../../src/model/letter.ts';
import type { PageOf } from '../../../src/letters/draft.ts';

const variables: readonly RecipientVariable[] = [
  { id: 'salutation', title: 'salutation', required: false },
  { id: 'order', title: 'the order', required: true },
];

const shown = (value: Shown | null | undefined): string =>
  value === null || value === undefined || value.is === 'list' ? '' : value.text;

const page =
  (language: string): PageOf =>
  (sink, personal) =>
    sink.page(
      `${language}: ${sink.inline({ is: 'text', text: shown(personal.get('salutation')) })}\n\nFrom us, about ${sink.inline({ is: 'text', text: shown(personal.get('order')) })}`,
      { title: 'T', language, watermark: null, stamp: null },
    );

const batch: Batch = {
  incident: 'inc-1',
  letter: 'gdpr-art34',
  organisation: 'Lindqvist & Rao',
  from: 'privacy@lrh.example',
  drill: false,
  date: 'Fri, 27 Nov 2026 09:00:00 +0000',
  names: variables.map(({ id }) => id),
  versions: new Map(
    ['en', 'de'].map((language) => [
      language,
      {
        subject: `Über ${language}`,
        page: page(language),
        sha256: 'ab'.repeat(32),
        watermark: null,
        stamp: null,
      },
    ]),
  ),
};

type Ran = Readonly<{ text: string; rejected: Rejected[]; tally: Tally; kept: readonly Kept[] }>;
type Kept = Readonly<{ tally: Tally; bytes: number }>;

const run = (
  list: string | Uint8Array,
  options: Readonly<{
    form?: FormId;
    size?: number;
    from?: Kept;
    had?: string;
    most?: number;
    mail?: boolean;
  }> = {},
): Ran => {
  const bytes = typeof list === 'string' ? Buffer.from(list, 'utf8') : list;
  const { form = 'mbox', size = bytes.length, from, had = '', most, mail = true } = options;
  const parts: Buffer[] = [Buffer.from(had)];
  const rejected: Rejected[] = [];
  const kept: Kept[] = [];
  const out = outOf((piece) => void parts.push(Buffer.from(piece)), 64);
  const merge = merging({
    list: 'people.csv',
    encoding: 'utf-8',
    separator: ',',
    variables,
    wanted: { mail, languages: new Set(['en', 'de']), language: 'en', salt: 's', salutation },
    form: formOf(form, batch),
    out,
    onRejected: (one) => void rejected.push(one),
    before: from?.tally ?? nothingYet,
    ...(most === undefined ? {} : { most }),
  });
  for (let at = 0; at < bytes.length; at += size) {
    merge.push(bytes.subarray(at, at + size));
    out.flush();
    kept.push({ tally: merge.tally(), bytes: (from?.bytes ?? 0) + out.size() });
  }
  merge.end();
  out.flush();
  return { text: Buffer.concat(parts).toString('utf8'), rejected, tally: merge.tally(), kept };
};

const HEAD = 'id,address,name,language,order,note\n';
const good = (n: number, language = ''): string => `${n},p${n}@example.org,Ada ${n},${language},K-${n},\n`;

describe('a list', () => {
  test('becomes one letter a row, each in its language', () => {
    const { text, tally, rejected } = run(`${HEAD}${good(1)}${good(2, 'de')}${good(3, 'de-AT')}`);
    expect(rejected).toEqual([]);
    expect(tally).toEqual({ rows: 3, written: 3, rejected: 0, duplicates: 0 });
    expect(text).toContain('en: Dear Ada 1,');
    expect(text.match(/de: Guten Tag Ada \d,/g)).toHaveLength(2);
    expect(text.match(/^From firebreak /gm)).toHaveLength(3);
  });

  test.each([
    ['no address', '1,,Ada,,K-1,\n', 'address is empty'],
    ['no e-mail address', '1,ada at home,Ada,,K-1,\n', 'address is no e-mail address'],
    ['two addresses', '1,"a@b.example,c@d.example",Ada,,K-1,\n', 'address is no e-mail address'],
    [
      'a header in the address',
      '1,"a@b.example>\u00A0Bcc: x@y.example",Ada,,K-1,\n',
      'address is no e-mail address',
    ],
    [
      'an address without end',
      `1,${'a'.repeat(400)}@b.example,Ada,,K-1,\n`,
      'address has 410 characters; 254 is the most there can be',
    ],
    [
      'a language that the letter lacks',
      '1,a@b.example,Ada,xx,K-1,\n',
      'there is no letter in "xx" that may go; there is en, de',
    ],
    [
      'nothing where the letter needs something',
      '1,a@b.example,Ada,,,\n',
      'order is empty, and this letter needs it',
    ],
    [
      'a name without end',
      `1,a@b.example,${'n'.repeat(100_000)},,K-1,\n`,
      /salutation has 100,006 characters/,
    ],
    ['too few cells', '1,a@b.example\n', 'this row has 2 cells, the first row has 6'],
    [
      'a mark that never closes',
      '1,"a@b.example,Ada,,K-1,\n',
      'a quotation mark opens here and never closes',
    ],
    [
      'a mark that closes rows later',
      `1,a@b.example,"Ann\n${good(8)}9,d@e.example,Dan",,K-9,\n`,
      'a quotation mark that opens here closes in line 4: the lines between are in it, and get no letter either',
    ],
  ])('with %s: that row is reported, the others get theirs', (_, row, why) => {
    const { text, rejected, tally } = run(`${HEAD}${row}${good(7)}`);
    expect(rejected).toMatchObject([{ line: 2 }]);
    expect(rejected[0]?.why).toMatch(why);
    expect(tally).toMatchObject({ written: 1, rejected: 1 });
    expect(text).toContain('Dear Ada 7,');
    expect(text.match(/^From firebreak /gm)).toHaveLength(1);
  });

  test('that names somebody twice writes to them once', () => {
    const { tally, rejected } = run(`${HEAD}${good(1)}${good(1).replace('p1@', 'P1@')}`);
    expect(tally).toMatchObject({ written: 1, duplicates: 1 });
    expect(rejected).toEqual([{ line: 3, why: 'this address had its letter from a row above' }]);
  });

  test('of postal addresses is no list of e-mail addresses', () => {
    expect(
      run(`${HEAD}1,"14 Tallow Quay, Dublin",Ada,,K-1,\n`, { form: 'html', mail: false }).tally.written,
    ).toBe(1);
  });

  test.each([
    [
      'no column that is needed',
      'name,adress\na,b\n',
      /there is no column address, order; line 1 names name, adress/,
    ],
    ['the same column twice', 'address,order,Address\na,b,c\n', /two columns are called address/],
    ['nothing in it', '', /it is empty/],
  ])('with %s is refused as a whole, in words', (_, list, why) => {
    try {
      run(list);
      expect.unreachable();
    } catch (error) {
      expect(isProblem(error) ? [error.code, error.facts['why']] : error).toEqual([
        'list-unreadable',
        expect.stringMatching(why),
      ]);
    }
  });

  test('may end its columns in any order and be written in capitals', () => {
    expect(run('ORDER, Address \nK-1,a@b.example\n').tally.written).toBe(1);
  });
});

describe('a form', () => {
  test('of mbox quotes a line that would begin the next letter, wherever it comes from', () => {
    const { text } = run(`${HEAD}1,a@b.example,x,,"From me",\n`);
    expect(text.match(/^From /gm)).toHaveLength(1);
    expect(text).toContain('\n>From us, about From me');
  });

  test('quotes no place that stands behind another one, and a line that two of them make', () => {
    const row = (salutation: string, order: string) =>
      run(`address,salutation,order\na@b.example,${salutation},"${order}"\n`, {}).text;
    expect(row('Dear you', 'From me')).not.toContain('>From me');
    const beside: Around = mboxAround;
    expect(beside.place?.('From me', { before: '', after: '', first: false })).toBe('From me');
    expect(beside.place?.('From', { before: '\n', after: ' us', first: false })).toBe('>From');
    expect(beside.place?.('>', { before: '\n', after: 'From us', first: false })).toBe('>>');
    expect(beside.place?.('From me', { before: '', after: '', first: true })).toBe('>From me');
  });

  test('puts no header where a name is', () => {
    const { text } = run(`${HEAD}1,a@b.example,"Ada\u2028Bcc: x@y.example",,K,\n`);
    expect(text).not.toMatch(/^Bcc/m);
    expect(mailbox('Ada "x" <evil@y.example>, b', 'a@b.example')).toBe(
      '"Ada \\"x\\" <evil@y.example>, b" <a@b.example>',
    );
  });

  test('encodes what is not ASCII in words that a mail reader takes', () => {
    expect(encodedWord('Jürgen')).toBe('=?utf-8?B?SsO8cmdlbg==?=');
    for (const word of encodedWord('ü'.repeat(200)).split('\n ')) expect(word.length).toBeLessThanOrEqual(75);
  });

  test('of JSON Lines is a line a letter, with its key and its hash', () => {
    const [first = '', ...letters] = run(`${HEAD}${good(1)}${good(2)}`, { form: 'jsonl' })
      .text.trim()
      .split('\n');
    expect(JSON.parse(first)).toMatchObject({ schema: 'firebreak.mailing/v1', letter: 'gdpr-art34' });
    expect(letters.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      {
        n: 1,
        to: 'p1@example.org',
        name: 'Ada 1',
        subject: 'Über en',
        key: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
      },
      { n: 2, to: 'p2@example.org' },
    ]);
  });

  test('of HTML is one page with an article a letter, and nothing of a stranger is markup', () => {
    const { text } = run(`${HEAD}1,a@b.example,<b>Ada</b>,,K&1,\n${good(2)}`, { form: 'html' });
    expect(text.match(/<article lang="en"/g)).toHaveLength(2);
    expect(text.match(/<\/html>/g)).toHaveLength(1);
    expect(text).toContain('Dear &lt;b&gt;Ada&lt;/b&gt;,');
    expect(text).toContain('K&amp;1');
  });
});

const person = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom('', 'de', 'xx'), fc.boolean());
const list = fc
  .array(person, { maxLength: 14 })
  .map(
    (all) =>
      HEAD + all.map(([n, language, whole]) => (whole ? good(n, language) : `"${n}\n",odd\n`)).join(''),
  );

test('gone on with from wherever it was stopped, it is the same to the byte, and nobody is written to twice', () => {
  fc.assert(
    fc.property(
      list,
      fc.integer({ min: 1, max: 90 }),
      fc.constantFrom<FormId>('mbox', 'html', 'jsonl'),
      fc.integer({ min: 0, max: 40 }),
      (csv, size, form, where) => {
        const whole = run(csv, { form, size });
        const at = whole.kept[where % Math.max(1, whole.kept.length)];
        if (at === undefined || at.tally.rows === 0) return;
        const had = Buffer.from(whole.text, 'utf8').subarray(0, at.bytes).toString('utf8');
        const again = run(csv, { form, size: size + 3, from: at, had });
        expect(again.text).toBe(whole.text);
        expect(again.tally).toEqual(whole.tally);
      },
    ),
    { numRuns: 100 },
  );
});

test('a trial stops after its letters', () => {
  expect(run(`${HEAD}${good(1)}${good(2)}${good(3)}`, { most: 2 }).tally.written).toBe(2);
});

test.each([plain, html])('the words of this test are laid out by the sinks themselves', (sink) => {
  expect(page('en')(sink, new Map([['order', { is: 'text', text: 'K' }]]))).toContain('about K');
});
