import { describe, expect, test } from 'vitest';
import type { Fresh } from '../../../src/model/event.ts';
import { checkLetter } from '../../../src/letters/check/check.ts';
import { at } from '../../fixtures/incident.ts';
import { draft, input, letters, sampleOf, withFacts } from '../rig.ts';
import { nothing, reportOn } from './rig.ts';
import { tones } from './sentences.ts';

describe.each(Object.entries(tones))('how a letter speaks: %s', (language, rows) => {
  test.each(rows)('%s', (sentence, rule) => {
    const { lint } = reportOn(sentence, nothing(), { language });
    expect(lint.map((one) => one.rule)).toEqual(rule === null ? [] : [rule]);
  });
});

describe('what must not be in a letter', () => {
  test.each([
    ['Card 4111 1111 1111 1111 was used.', 'lint.card-number'],
    ['Account DE89 3704 0044 0532 0130 00.', 'lint.iban'],
    ['Key ghp_abcdefghijklmnopqrstuvwxyz0123456789.', 'lint.secret'],
    ['SSN 123-45-6789 was read.', 'lint.national-id'],
    ['DNI 12345678Z was read.', 'lint.national-id'],
    ['NIR 1 84 12 76 451 089 46 was read.', 'lint.national-id'],
    ['Number 86 095 742 719 was read.', 'lint.national-id'],
    ['PPS 1234567T was read.', 'lint.national-id'],
    ['CPF 529.982.247-25 was read.', 'lint.national-id'],
    ['NINO QQ 12 34 56 C or AB 12 34 56 C.', 'lint.national-id'],
    ['Write to jane.roe@example.org.', 'lint.address'],
    ['See https://example.net/help for more.', 'lint.link'],
  ])('%s', (sentence, rule) => {
    const { lint } = reportOn(sentence, nothing());
    expect(lint.map((one) => one.rule)).toEqual([rule]);
    // A finding is shown and kept: it must not hold what it found.
    expect(JSON.stringify(lint)).not.toMatch(
      /4111 1111 1111 1111|3704 0044|ghp_abcdefgh|123-45-6789|12345678Z|jane\.roe/,
    );
  });

  test.each([
    'Order 4111 1111 1111 1112.',
    'Call +49 1511 2345678 or +353 1 555 0100.',
    'DNI 12345678A is no DNI.',
    'Write to dpo@example.com.',
    'See https://help.example.com/notice for more.',
    'Reference 2026-11-20, case 123-45-678.',
  ])('is none: %s', (sentence) => {
    expect(reportOn(sentence, nothing()).lint).toEqual([]);
  });

  test('a link that asks for a password is refused even at a known address, and a forged one is seen through', () => {
    const rules = (words: string) =>
      reportOn(words, nothing()).lint.map(({ rule, words: found }) => `${rule} ${found}`);
    expect(rules('Go to https://example.com/login now.')).toEqual(['lint.login example.com']);
    expect(rules('Go to https://example.com@evil.test/notice now.')).toEqual([
      'lint.address a mail address',
      'lint.link evil.test',
    ]);
    expect(rules('Go to https://example.com.evil.test/notice now.')).toEqual([
      'lint.link example.com.evil.test',
    ]);
  });
});

test('whoever a fact names in the place of a contact may be written to, and nobody else', () => {
  const lint = (fact: string): readonly string[] => {
    const said = { ...sampleOf('press-line'), [fact]: 'Nell Adair, press@nell-adair.test' };
    const incident = withFacts(said);
    return checkLetter(draft('press-line', incident), input('press-line', incident)).lint.map(
      ({ rule }) => rule,
    );
  };
  expect(lint('press-contact')).toEqual([]);
  expect(lint('press-advice')).toEqual(['lint.address']);
});

test('an estimate is refused in a line for the press, in each language, and nowhere else', () => {
  const lint = (
    letter: string,
    fact: string,
    basis: 'log' | 'estimated',
    language = 'en',
  ): readonly string[] => {
    const { [fact]: words, ...sample } = sampleOf(letter);
    const last: Fresh = {
      kind: 'fact.learned',
      pub: { fact, value: null, known: true, at: at('2026-11-20T03:00:00Z'), basis, step: null },
      priv: { text: { class: 'staff', value: words as string } },
    };
    const incident = withFacts(sample, false, [last]);
    return checkLetter(draft(letter, incident, { language }), input(letter, incident, { language })).lint.map(
      ({ rule, words }) => `${rule} ${words}`,
    );
  };
  expect(lint('press-line', 'press-facts', 'log')).toEqual([]);
  expect(lint('press-line', 'press-facts', 'estimated')).toEqual(['lint.unconfirmed press-facts']);
  expect(lint('press-line', 'press-facts-de', 'estimated')).toEqual([]);
  expect(lint('press-line', 'press-facts-de', 'estimated', 'de')).toEqual([
    'lint.unconfirmed press-facts-de',
  ]);
  expect(lint('staff-note', 'nature', 'estimated')).toEqual([]);
});

describe.each(letters)('the built-in letter %s', (letter) => {
  test('holds nothing with its sample that must not be in a letter, and reads as its language should', () => {
    const incident = withFacts(sampleOf(letter));
    const { lint, ease } = checkLetter(draft(letter, incident), input(letter, incident));
    expect(lint).toEqual([]);
    expect(ease?.score).toBeGreaterThan(20);
  });
});
