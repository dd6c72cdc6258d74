import { inspect, format } from 'node:util';
import { describe, expect, test } from 'vitest';
import { hold, redactHeld } from '../../src/io/redact.ts';
import { Secret } from '../../src/io/secrets.ts';

const VALUE = 'correct-horse-battery-7';
const TAG = /^\[secret:[0-9a-f]{8}\]$/;

describe('a secret', () => {
  const secret = new Secret(VALUE);
  const carrier = { deep: { secret, list: [secret] }, error: new Error('no', { cause: secret }) };

  test.each<readonly [string, () => string]>([
    ['as text', () => String(secret)],
    // oxlint-disable-next-line typescript/restrict-template-expressions -- that somebody does it is the case
    ['in a template', () => `${secret as unknown as string}`],
    ['joined to text', () => `${''}${[secret].join('')}`],
    ['inspected', () => inspect(secret)],
    ['inspected by somebody curious', () => inspect(secret, { showHidden: true, depth: 9 })],
    ['in a console line', () => format('%s', secret)],
  ])('reads as a tag %s', (_, show) => {
    expect(show()).toMatch(TAG);
  });

  test.each<readonly [string, () => string]>([
    ['JSON of what holds it', () => JSON.stringify(carrier)],
    ['inspection of what holds it', () => inspect(carrier, { showHidden: true, depth: 9 })],
    [
      'inspection without its own words',
      () => inspect(carrier, { customInspect: false, showHidden: true, depth: 9 }),
    ],
    ['an error with it as cause', () => inspect(new Error('x', { cause: carrier }), { depth: 9 })],
    ['a console object', () => format('%o %O %j', carrier, carrier, carrier)],
    ['a copy for another thread', () => inspect(structuredClone(secret))],
    ['a spread copy', () => inspect({ ...(secret as object) })],
    ['its names and values', () => inspect([Reflect.ownKeys(secret), Object.entries(secret)])],
  ])('is not in %s', (_, show) => {
    expect(show()).not.toContain(VALUE);
    expect(show()).not.toContain(VALUE.slice(0, 12));
  });

  test('has the tag of its value, and another value another', () => {
    expect(String(new Secret(VALUE))).toBe(String(secret));
    expect(String(new Secret(`${VALUE}8`))).not.toBe(String(secret));
    expect(secret.use()).toBe(VALUE);
  });

  test('is known to what writes down an error that nobody foresaw', () => {
    expect(redactHeld(`at request (${VALUE})`)).toBe('at request ([secret])');
    expect(redactHeld('at request (never-a-secret)')).toBe('at request (never-a-secret)');
    hold('another-one-entirely');
    expect(redactHeld('another-one-entirely')).toBe('[secret]');
  });
});
