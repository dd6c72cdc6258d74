import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact, redactBeginning, redactNamed } from '../../src/io/redact.ts';
import { processorMs } from '../rig/processor.ts';

const SECRET = 'pa!ss\'w(o)r*d~ +&=%/ü"\\';
const bytes = Buffer.from(SECRET, 'utf8');

describe('redacting', () => {
  test.each([
    ['as it is', SECRET],
    ['in the path of a URL', encodeURIComponent(SECRET)],
    [
      'in a form, and in a query as URLSearchParams writes it',
      new URLSearchParams({ v: SECRET }).toString().slice(2),
    ],
    [
      'in a query with blanks as %20',
      new URLSearchParams({ v: SECRET }).toString().slice(2).replaceAll('+', '%20'),
    ],
    [
      'in a query with small hex digits',
      encodeURIComponent(SECRET).replace(/%[0-9A-F]{2}/g, (one) => one.toLowerCase()),
    ],
    [
      'in the query of a URL object',
      new URL(`http://x.example/?v=${encodeURIComponent(SECRET)}`).search.slice(3),
    ],
    ['in JSON', JSON.stringify(SECRET).slice(1, -1)],
    [
      'in JSON that escapes slashes',
      JSON.stringify(SECRET)
        .slice(1, -1)
        .replaceAll('/', String.raw`\/`),
    ],
    ['in base64', bytes.toString('base64')],
    ['in base64 for URLs', bytes.toString('base64url')],
    ['in hex', bytes.toString('hex')],
    ['in capital hex', bytes.toString('hex').toUpperCase()],
    ['backwards', SECRET.split('').toReversed().join('')],
    ['in HTML', SECRET.replaceAll('&', '&amp;').replaceAll("'", '&#39;').replaceAll('"', '&quot;')],
    ['broken over two lines', `${SECRET.slice(0, 9)}\r\n    ${SECRET.slice(9)}`],
    ['broken in JSON', `${SECRET.slice(0, 9)}\\n${SECRET.slice(9)}`.replaceAll('"\\', '\\"\\\\')],
  ])('masks a secret %s', (_where, form) => {
    const masked = redact([SECRET])(`before ${form} after`);
    expect(masked).toMatch(/^before \[secret\]=* after$/);
  });

  test.each([1, 2, 3, 4, 5, 6])('masks it inside base64 of more, %i characters in', (before) => {
    const whole = Buffer.from(`${'u'.repeat(before)}:${SECRET}:rest`).toString('base64');
    for (const text of [whole, whole.replaceAll('+', '-').replaceAll('/', '_')]) {
      const masked = redact([SECRET])(text);
      expect(masked).toContain('[secret]');
      // No more than what stands around it is left to read.
      expect(Buffer.from(masked.replace('[secret]', ''), 'base64').toString('latin1')).not.toContain(
        SECRET.slice(3, 9),
      );
    }
  });

  test('masks base64 that was wrapped at 64 characters, and keeps every line end outside', () => {
    const long = 'k'.repeat(300);
    const wrapped = (
      Buffer.from(long)
        .toString('base64')
        .match(/.{1,64}/g) ?? []
    ).join('\n');
    expect(redact([long])(`a\nb\n${wrapped}\nc\n`)).toMatch(/^a\nb\n\[secret\]=*\nc\n$/);
  });

  test('leaves every text without a secret as it is, line ends and all', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', ' ', '\\n', '\t') }), (text) => {
        expect(redact(['bcdefgh'])(text)).toBe(text);
        expect(redact(['bcdefgh'])(`${text}bcd \n efgh${text}`)).toBe(`${text}[secret]${text}`);
      }),
    );
  });

  test('masks a secret that holds another one whole', () => {
    expect(redact(['abcdef', 'abcdefghij'])('abcdefghij')).toBe('[secret]');
  });

  test('leaves alone what is too short to be a secret', () => {
    expect(redact(['ok', ''])('that is ok')).toBe('that is ok');
  });
});

test('what a vendor shows of credentials that nobody gave us is taken out by the name of its field, and nothing else', () => {
  const answer = {
    rows: [{ id: 'ocs1', client_secret: 'a "quoted" one \\ of theirs', status: 'ACTIVE' }],
    access_token: 'EAAtheirs',
    token: 'tok_1',
    secret: null,
    secret_hash: 'h',
  };
  expect(JSON.parse(redactNamed(JSON.stringify(answer)))).toEqual({
    rows: [{ id: 'ocs1', client_secret: '[secret]', status: 'ACTIVE' }],
    access_token: '[secret]',
    token: 'tok_1',
    secret: null,
    secret_hash: 'h',
  });
});

describe('of an answer of megabytes little is shown', () => {
  const SHOWN = 8192;
  const LONG = `key-${'0123456789abcdef'.repeat(400)}`;
  const hex = (secret: string): string => Buffer.from(secret).toString('hex');
  const begins = (text: string, secrets: readonly string[]): string =>
    redactBeginning(secrets)(Buffer.from(text), SHOWN);
  const asOfAll = (text: string, secrets: readonly string[]): string => redact(secrets)(text).slice(0, SHOWN);

  test.each([
    ['no secret', 'x'.repeat(100_000), [SECRET]],
    [
      'one across the end of what is shown',
      `${'x'.repeat(SHOWN - 10)}${SECRET}${'x'.repeat(100_000)}`,
      [SECRET],
    ],
    ['so many long ones that little is left of them', `${hex(LONG)} `.repeat(20), [LONG]],
    [
      'one that is cut where the look ends',
      `${`${LONG} `.repeat(10)}${hex(LONG)}${'x'.repeat(100_000)}`,
      [LONG],
    ],
    [
      'one over lines with a room of blanks',
      `${SECRET.slice(0, 9)}\n${' '.repeat(70_000)}${SECRET.slice(9)}`,
      [SECRET],
    ],
    [
      'one behind long blanks',
      `${`${' '.repeat(500)}\n`.repeat(150)}${SECRET}${'x'.repeat(100_000)}`,
      [SECRET],
    ],
    ['letters of several bytes', `${'ü'.repeat(SHOWN - 3)}${SECRET}${'ü'.repeat(100_000)}`, [SECRET]],
  ])('the same as of all of it: %s', (_what, text, secrets) => {
    expect(begins(text, secrets)).toBe(asOfAll(text, secrets));
  });

  test('the same as of all of it, wherever secrets stand and however they are written', () => {
    const written = fc.constantFrom(
      LONG,
      hex(LONG),
      SECRET,
      encodeURIComponent(SECRET),
      `${LONG.slice(0, 900)}\n  ${LONG.slice(900)}`,
    );
    const filler = fc.nat({ max: 9000 }).map((length) => 'word '.repeat(length / 5));
    fc.assert(
      fc.property(fc.array(fc.tuple(filler, written), { minLength: 4, maxLength: 14 }), (parts) => {
        const text = `${parts.flat().join('')}${'tail '.repeat(16_000)}`;
        expect(begins(text, [LONG, SECRET])).toBe(asOfAll(text, [LONG, SECRET]));
      }),
      { numRuns: 60 },
    );
  });

  test('without a look at all of it', () => {
    const many = Buffer.from('word '.repeat(1_500_000));
    const whole = processorMs(() => redact([SECRET])(many.toString()));
    expect(processorMs(() => redactBeginning([SECRET])(many, SHOWN))).toBeLessThan(whole / 5);
  });
});
