import { describe, expect, test } from 'vitest';
import { redact } from '../../src/io/redact.ts';

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
  ])('masks a secret %s', (_where, form) => {
    const masked = redact([SECRET])(`before ${form} after`);
    expect(masked).toMatch(/^before \[secret\]=* after$/);
  });

  test('masks a secret that holds another one whole', () => {
    expect(redact(['abcdef', 'abcdefghij'])('abcdefghij')).toBe('[secret]');
  });

  test('leaves alone what is too short to be a secret', () => {
    expect(redact(['ok', ''])('that is ok')).toBe('that is ok');
  });
});
