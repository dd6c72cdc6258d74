import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MASK_LIMIT, maskSecrets } from '../../src/base/mask.ts';
import { processorMs } from '../rig/processor.ts';

const a = (count: number): string => 'aB3'.repeat(count).slice(0, count);

describe('masking', () => {
  it.each([
    ['card 4111111111111111 used', 'card 411111******1111 used'],
    ['4222222222222', '422222***2222'],
    ['4-2 2.2 2-2 2.2 2-2 2.2 2', '422222***2222'],
    ['4111 1111 1111 1111', '411111******1111'],
    ['4111-1111-1111-1111, 5555.5555.5555.4444', '411111******1111, 555555******4444'],
    ['amex 3782 822463 10005!', 'amex 378282*****0005!'],
    ['４１１１　１１１１　１１１１　１１１１', '411111******1111'],
    ['order 12 4111 1111 1111 1111 12', 'order 12 411111******1111 12'],
    ['track ;4111111111111111=25121010000000000000?', 'track ;411111******1111=25121010000000000000?'],
    [
      'diners 30569309025904 mastercard 2223003122003222',
      'diners 305693****5904 mastercard 222300******3222',
    ],
  ])('cuts the card number in %j to six and four digits', (text, masked) => {
    expect(maskSecrets(text).text).toBe(masked);
  });

  it.each([
    'not a card: 4111111111111112',
    'time stamp 1772360130000 and 1772360130005',
    'call +49 1511 2345678 or +4915112345679',
    'WhatsApp number id 106540352242922, page 17841400008460056',
    'on 2026-03-01 10:15:30.000, 12 345 678 people',
    'sha256 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    'the bearer responsibility of a bearer',
    'EAA is not a token, nor ghp_short, AKIA, xoxb-1',
    'DE89 3704 0044 0532 0130 02 has a wrong check digit',
  ])('leaves %j alone', (text) => {
    expect(maskSecrets(text)).toEqual({ text, masked: [] });
  });

  it.each([
    [`ghp_${a(36)}`, '[token ghp_…]'],
    [`gho_${a(36)} ghs_${a(36)}`, '[token gho_…] [token ghs_…]'],
    [`github_pat_${a(22)}_${a(59)}`, '[token github_pat_…]'],
    [`xoxb-123456789012-123456789012-${a(24)}`, '[token xoxb-…]'],
    [`xapp-1-A0123456789-${a(20)}`, '[token xapp-…]'],
    [`token=EAAG${a(150)}&x=1`, 'token=[token EAA…]&x=1'],
    [
      `sk_live_${a(24)} rk_test_${a(24)} whsec_${a(32)}`,
      '[token sk_live_…] [token rk_test_…] [token whsec_…]',
    ],
    ['AKIAIOSFODNN7EXAMPLE'.replace('EXAMPLE', 'ABCDEFG'), '[token AKIA…]'],
    [`Authorization: Bearer ${a(40)}`, 'Authorization: [token Bearer …]'],
    [`eyJ${a(20)}.eyJ${a(30)}.${a(43)}`, '[token eyJ…]'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nafter', '[private key]\nafter'],
    ['before -----BEGIN OPENSSH PRIVATE KEY-----\ncut off', 'before [private key]'],
    ['pay DE89 3704 0044 0532 0130 00 BIC COBADEFF', 'pay [IBAN DE…3000] BIC COBADEFF'],
    ['DE89370400440532013000 GB29NWBK60161331926819 x', '[IBAN DE…3000] [IBAN GB…6819] x'],
    ['gb29nwbk60161331926819', '[IBAN GB…6819]'],
  ])('replaces what lets somebody in: %j', (text, masked) => {
    expect(maskSecrets(text).text).toBe(masked);
  });

  it('counts by kind what it masked', () => {
    const { masked } = maskSecrets(`4111111111111111 5555555555554444 ghp_${a(36)}`);
    expect(masked).toEqual([
      { kind: 'token', count: 1 },
      { kind: 'card-number', count: 2 },
    ]);
  });

  it('never lets a valid card number through, whatever stands around it', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'z', ' ', ',', ';', ':', '(', ')', '\n', '"') });
    const separator = fc.constantFrom('', ' ', '-', '.', '\u00a0');
    fc.assert(
      fc.property(
        word,
        word,
        separator,
        fc.integer({ min: 0, max: 99_999_999 }),
        (before, after, sep, middle) => {
          const body = `411111${String(middle).padStart(8, '0')}0`;
          const sum = Array.from(body).reduce((total, digit, i) => total + luhn(Number(digit), i), 0);
          const card = body + ((10 - (sum % 10)) % 10);
          const { text } = maskSecrets(before + (card.match(/.{4}/g) ?? []).join(sep) + after);
          expect(text).toContain(`${card.slice(0, 6)}******${card.slice(-4)}`);
          expect(text).not.toContain(card.slice(4, 12));
        },
      ),
    );
  });

  it('masking twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(maskSecrets(maskSecrets(text).text).masked).toEqual([]);
      }),
    );
  });

  it('takes time in proportion to the text, and keeps no more than its limit', () => {
    const patterns = [
      'eyJeyJ',
      'eyJ-.',
      'ghp_',
      'DE89 ',
      '4 ',
      '41',
      '-----BEGIN PRIVATE KEY-----',
      'bearer ',
      '=',
      'xoxb-',
    ];
    for (const pattern of patterns) {
      const long = pattern.repeat(Math.ceil(300_000 / pattern.length));
      expect(processorMs(() => maskSecrets(long))).toBeLessThan(2000);
    }
    const { text, masked } = maskSecrets('x'.repeat(MASK_LIMIT + 5));
    expect(text).toContain('[5 more characters were not kept]');
    expect(masked).toEqual([{ kind: 'cut', count: 1 }]);
  });
});

const luhn = (digit: number, i: number): number =>
  i % 2 === 1 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
