import { expect, test } from 'vitest';
import { easeOf } from '../../../src/letters/check/ease.ts';

test.each([
  ['en', 'The cat sat on the mat. The dog ran to the door.', 'easy'],
  [
    'en',
    'Notwithstanding considerable organisational countermeasures, unauthorised exfiltration of personal information materialised.',
    'very hard',
  ],
  ['de', 'Das Haus ist rot. Der Hund ist da.', 'easy'],
  [
    'de',
    'Datenschutzrechtliche Informationspflichten begründen unternehmensinterne Dokumentationserfordernisse.',
    'very hard',
  ],
  ['fr', 'Le chat est là. Il fait beau.', 'easy'],
  [
    'fr',
    'Nonobstant les considérations organisationnelles, une exfiltration non autorisée de renseignements confidentiels est intervenue.',
    'very hard',
  ],
  ['es', 'El sol es rojo. El mar es azul.', 'easy'],
  [
    'es',
    'Independientemente de consideraciones organizativas, determinadas comunicaciones confidenciales fueron indebidamente exfiltradas.',
    'very hard',
  ],
] as const)('%s: %s', (language, text, band) => {
  expect(easeOf(text, language)?.band).toBe(band);
});

test('the number is that of the formula', () => {
  // Twelve words of one syllable in two sentences: 206.835 - 1.015 * 6 - 84.6.
  expect(easeOf('The cat sat on the mat. The dog ran to the door.', 'en')).toEqual({
    score: 116,
    band: 'easy',
    formula: 'Flesch',
  });
});

test('no number for a language without a formula, or without words', () => {
  expect(easeOf('Ciao a tutti.', 'it')).toBeNull();
  expect(easeOf('1234', 'en')).toBeNull();
});
