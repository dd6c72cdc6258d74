import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact, redactNamed } from '../../src/io/redact.ts';

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
