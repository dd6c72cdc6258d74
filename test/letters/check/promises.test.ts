import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { claimIds } from '../../../src/letters/check/report.ts';
import { at, leakedToken, told, type Happening } from '../../fixtures/incident.ts';
import { learned, nothing, reportOn } from './rig.ts';
import { sentences } from './sentences.ts';
import { processorMs } from '../../rig/processor.ts';

describe('promises', () => {
  const words = Object.values(sentences)
    .flat()
    .map(([sentence]) => sentence)
    .join(' ');
  const support: readonly Happening[] = [
    ...claimIds.map((claim) => learned(`claim-${claim}`, true, 'seen in the console at 03:00')),
    learned('not-touched', 'the shop', 'other systems'),
    learned('subjects-count', 1300, 'counted twice'),
  ];
  const base = leakedToken()
    .entries.slice(0, 12)
    .map((entry) => ({ fresh: { kind: entry.kind, pub: entry.pub } as never, actor: entry.actor }));
  const refusals = (extra: readonly Happening[], language: string): ReadonlySet<string> =>
    new Set(
      reportOn(words, told([...base, ...extra]), { language }).claims.flatMap((one) =>
        one.is === 'refused' ? [`${one.rule} ${one.sentence} ${one.words}`] : [],
      ),
    );

  test('one proof or basis more never adds a refusal, one less never takes one away', () => {
    fc.assert(
      fc.property(
        fc.subarray([...support]),
        fc.nat({ max: support.length - 1 }),
        fc.constantFrom('en', 'de', 'fr', 'es'),
        (some, which, language) => {
          const more = support[which];
          if (more === undefined || some.includes(more)) return;
          const [before, after] = [refusals(some, language), refusals([...some, more], language)];
          for (const one of after) expect(before).toContain(one);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('a proof of the systems never adds a refusal', () => {
    const happened = leakedToken().entries.slice(0, 12);
    const without = happened.filter(({ kind }) => kind !== 'act.verified').length;
    expect(without).toBeLessThan(happened.length);
    const proofs = happened.map((entry, n) => (entry.kind === 'act.verified' ? n : -1)).filter((n) => n >= 0);
    const refusedWith = (kept: readonly number[]): number =>
      reportOn(
        words,
        told(
          happened.map((entry, n) => ({
            // Left in its place as a note, so that the entries keep their numbers.
            fresh: (entry.kind === 'act.verified' && !kept.includes(n)
              ? { kind: 'note.added', pub: { at: at('2026-11-20T03:00:00Z'), star: false, corrects: null } }
              : { kind: entry.kind, pub: entry.pub }) as never,
            actor: entry.actor,
          })),
        ),
      ).claims.filter(({ is }) => is === 'refused').length;
    const none = refusedWith([]);
    expect(refusedWith(proofs.slice(0, 1))).toBeLessThanOrEqual(none);
    expect(refusedWith(proofs)).toBeLessThan(none);
  });

  test('a letter of 10 kB is read in a moment, and 100,000 characters of anything in a few', () => {
    const time = (text: string): number => processorMs(() => reportOn(text, leakedToken()));
    const letter = 'We have no indication yet that your 1,200 messages were read. '.repeat(160);
    time(letter);
    expect(time(letter)).toBeLessThan(250);
    for (const one of [
      'a',
      '1',
      ' ',
      '1 ',
      'no ',
      'not ',
      'a@',
      'a.',
      '1,',
      'ab12 ',
      '-',
      'https://a',
      'no evidence ',
    ])
      expect(time(one.repeat(100_000 / one.length)), JSON.stringify(one)).toBeLessThan(3000);
  });

  test('a language without rules says so and is looked at all the same', () => {
    const { lint, ease, claims } = reportOn('Card 4111 1111 1111 1111.', nothing(), { language: 'it' });
    expect(lint.map(({ rule }) => rule)).toEqual(['lint.language', 'lint.card-number']);
    expect(ease).toBeNull();
    expect(claims).toEqual([]);
  });
});
