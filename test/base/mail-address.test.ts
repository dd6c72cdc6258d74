import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMailAddress, isUsualAddress } from '../../src/base/mail-address.ts';

const isUsual = (text: string): boolean => {
  const bytes = Buffer.from(`<${text}>`, 'utf8');
  return isUsualAddress(bytes, 1, bytes.length - 1);
};

test.each(['ada@example.org', 'a.b+c_d-e@mail.example.co', 'A1@x-y.example', `${'a'.repeat(64)}@b.example`])(
  '%s is one of the usual kind',
  (address) => expect([isUsual(address), isMailAddress(address)]).toEqual([true, true]),
);

test.each([
  'ada',
  '@example.org',
  'ada@example',
  'ada@-x.example',
  'ada@x-.example',
  'ada@x..example',
  'ada@x.example.',
  'a b@x.example',
  'ada@x@y.example',
  `${'a'.repeat(65)}@b.example`,
  `a@${'b.'.repeat(130)}example`,
])('%s is none at all', (address) =>
  expect([isUsual(address), isMailAddress(address)]).toEqual([false, false]),
);

test('what is said of bytes is never said of a text that is no address', () => {
  const part = fc.string({
    unit: fc.constantFrom('a', 'Z', '7', '.', '-', '_', '@', ' ', 'é', '"'),
    maxLength: 9,
  });
  fc.assert(
    fc.property(part, part, part, (a, b, c) => {
      const address = `${a}@${b}.${c}`;
      if (isUsual(address)) expect(isMailAddress(address)).toBe(true);
    }),
    { numRuns: 5000 },
  );
});
