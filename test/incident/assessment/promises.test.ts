import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../../../src/incident/assessment/assess.ts';
import { factorNames } from '../../../src/incident/assessment/factors.ts';

/** Every factor with its values from the best to the worst. `channel` and `insider` say what happened, and are on no scale. */
const scales: Readonly<Record<string, readonly unknown[]>> = {
  exfiltration: [false, true],
  data_unintelligible: [true, false],
  key_compromised: [false, true],
  special_categories: [false, 'marginal_health', true],
  financial: [false, true],
  national_id: [false, true],
  vulnerable: [false, true],
  identifiable: ['low', 'high'],
  subjects: [1, '24', 'dozens', 101, 'hundreds', 'thousands', '100000+', 'clients'],
  malicious: [false, true],
  social_engineering: [false, true],
  accounts_entered: [0, 1, '2000', 'some'],
  undetected_days: [0, 29, 30, 90, 'months'],
  recipient: [
    'trusted_professional_secrecy',
    'known_small_group',
    'known_other_customer',
    'large_uncontrolled_group',
  ],
  recipient_count: [1, 15, 51, 'everybody'],
  deletion_confirmed: [true, false],
  remote_wipe: [true, false],
  backup: ['available', 'paper_only', 'also_encrypted', 'none'],
  restore_hours: [0, 6, 24, 25, 'weeks'],
  service_impact: ['none', 'minor', 'significant', 'major'],
};
const words: Readonly<Record<string, readonly unknown[]>> = {
  ...scales,
  breach: [
    ['availability'],
    ['integrity'],
    ['confidentiality'],
    ['availability', 'confidentiality'],
    ['integrity', 'availability', 'confidentiality'],
  ],
  insider: [true, false],
  device: ['stolen'],
  medium: ['paper'],
  channel: ['email', 'contact_centre'],
  data: ['basic_contact'],
};

type Factors = Readonly<Record<string, unknown>>;
/** Mostly good news, because where everything is bad already nothing can be seen to rise. */
const anyFactors: fc.Arbitrary<Factors> = fc.record(
  Object.fromEntries(
    Object.entries(words).map(([name, values]) => [
      name,
      fc.oneof(
        { weight: 6, arbitrary: fc.constant(values[0]) },
        { weight: 1, arbitrary: fc.constantFrom(...values, null) },
      ),
    ]),
  ),
  { requiredKeys: ['special_categories', 'financial', 'vulnerable'] },
);
const step = (factors: Factors): number => {
  const { authority, people } = assess(factors);
  return Number(authority.yes) + Number(people.yes);
};
const RUNS = { numRuns: 3000 };

describe('the advice', () => {
  it('is tried with every factor that is known', () => {
    expect(Object.keys(words).toSorted()).toEqual(factorNames.toSorted());
  });

  it('is never lower for more risk', () => {
    const worse = fc
      .tuple(fc.constantFrom(...Object.keys(scales)), fc.nat(), fc.nat())
      .map(([name, one, other]) => {
        const scale = scales[name] ?? [];
        const [low, high] = [one % scale.length, other % scale.length].toSorted((a, b) => a - b);
        return { name, better: scale[low ?? 0], worse: scale[high ?? 0] };
      });
    fc.assert(
      fc.property(anyFactors, worse, (factors, { name, better, worse: bad }) => {
        expect(step({ ...factors, [name]: bad })).toBeGreaterThanOrEqual(
          step({ ...factors, [name]: better }),
        );
      }),
      RUNS,
    );
  });

  it('is never lower for one more side that was hit', () => {
    fc.assert(
      fc.property(
        anyFactors,
        fc.constantFrom('confidentiality', 'integrity', 'availability'),
        (factors, side) => {
          const breach = (factors['breach'] ?? ['availability']) as readonly string[];
          expect(step({ ...factors, breach: [...new Set([...breach, side])] })).toBeGreaterThanOrEqual(
            step({ ...factors, breach }),
          );
        },
      ),
      RUNS,
    );
  });

  it('is never lower for what is not known, left out where every breach has it, or not understood', () => {
    fc.assert(
      fc.property(anyFactors, fc.constantFrom(...factorNames), (factors, name) => {
        const known = step(factors);
        expect(step({ ...factors, [name]: null })).toBeGreaterThanOrEqual(known);
        expect(step({ ...factors, [name]: 'no such word' })).toBeGreaterThanOrEqual(known);
      }),
      RUNS,
    );
    fc.assert(
      fc.property(
        anyFactors,
        fc.constantFrom(
          'breach',
          'special_categories',
          'financial',
          'vulnerable',
          'malicious',
          'subjects',
          'data_unintelligible',
          'backup',
        ),
        (factors, name) => {
          const { [name]: _, ...silent } = factors;
          expect(step(silent)).toBeGreaterThanOrEqual(step(factors));
        },
      ),
      RUNS,
    );
  });

  it('always records, tells the people only where the authority hears it too, and shows both sides', () => {
    fc.assert(
      fc.property(anyFactors, (factors) => {
        const { document, authority, people } = assess(factors);
        expect(document.yes).toBe(true);
        expect(authority.yes || !people.yes).toBe(true);
        for (const { because, against } of [document, authority, people])
          expect(Math.min(because.length, against.length)).toBeGreaterThan(0);
      }),
    );
  });

  it('does not depend on what a case is called, on order, or on what it does not know', () => {
    fc.assert(
      fc.property(anyFactors, (factors) => {
        const turned = Object.fromEntries(Object.entries(factors).toReversed());
        expect(assess(turned)).toEqual(assess(factors));
        expect(step({ ...factors, id: 'edpb-01', title: 'x' })).toBe(step(factors));
      }),
    );
  });
});
