import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  circumstances,
  contexts,
  dataTypes,
  ease,
  severity,
  type DataType,
  type Dpc,
  type Findings,
  type Level,
} from '../../src/incident/severity.ts';

const harmless: Findings = {
  data: [{ type: 'simple', dpc: 1 }],
  ease: 'negligible',
  confidentiality: 'untouched',
  integrity: 'untouched',
  availability: 'untouched',
  intent: 'none',
  individuals: null,
  unintelligible: null,
};

/** The name of the level that is worth so much; undefined where the method has none. */
const worth = <Id extends string>(levels: Readonly<Record<Id, Level>>, value: number): Id | undefined =>
  (Object.keys(levels) as Id[]).find((id) => levels[id].points === Math.round(value * 100));

const found = (
  dpc: Dpc,
  ei: number,
  conf: number,
  integ: number,
  avail: number,
  mal: number,
): Findings | null => {
  const levels = {
    ease: worth(ease, ei),
    confidentiality: worth(circumstances.confidentiality, conf),
    integrity: worth(circumstances.integrity, integ),
    availability: worth(circumstances.availability, avail),
    intent: worth(circumstances.intent, mal),
  };
  return Object.values(levels).includes(undefined)
    ? null
    : ({ ...harmless, ...levels, data: [{ type: 'simple', dpc }] } as Findings);
};

describe('SE = DPC x EI + CB', () => {
  it.each([
    [1, 1, 0.5, 0, 0, 0, 150, 'low'],
    [1, 1, 0.5, 0, 0, 0.5, 200, 'medium'],
    [4, 1, 0.25, 0, 0, 0, 425, 'very-high'],
    [4, 0.25, 0.5, 0, 0, 0, 150, 'low'],
    [3, 0.75, 0.5, 0, 0.25, 0, 300, 'high'],
    [2, 0.5, 0, 0, 0.25, 0.5, 175, 'low'],
    [4, 1, 0.5, 0.5, 0.5, 0.5, 600, 'very-high'],
  ] as const)(
    '%d x %d + %d + %d + %d + %d is %d hundredths, %s',
    (dpc, ei, conf, integ, avail, mal, points, band) => {
      const findings = found(dpc, ei, conf, integ, avail, mal);
      expect(findings).not.toBeNull();
      expect(findings && severity(findings)).toMatchObject({ points, band });
    },
  );

  it('has no level worth 0.49', () => {
    expect(found(3, 1, 0.5, 0, 0, 0.49)).toBeNull();
  });

  it('stays between 0.25 and 6 and never falls when a finding gets worse', () => {
    const keys = <T extends object>(levels: T) => fc.constantFrom(...(Object.keys(levels) as (keyof T)[]));
    const findings = fc.record({
      data: fc
        .record({ type: fc.constantFrom(...dataTypes), dpc: fc.constantFrom<Dpc>(1, 2, 3, 4) })
        .map((one) => [one] as const),
      ease: keys(ease),
      confidentiality: keys(circumstances.confidentiality),
      integrity: keys(circumstances.integrity),
      availability: keys(circumstances.availability),
      intent: keys(circumstances.intent),
      individuals: fc.constant(null),
      unintelligible: fc.constant(null),
    });
    fc.assert(
      fc.property(findings, (one) => {
        const { points } = severity(one);
        expect(points).toBeGreaterThanOrEqual(25);
        expect(points).toBeLessThanOrEqual(600);
        expect(severity({ ...one, intent: 'malicious' }).points).toBeGreaterThanOrEqual(points);
        expect(severity({ ...one, ease: 'maximum' }).points).toBeGreaterThanOrEqual(points);
        expect(
          severity({ ...one, data: [...one.data, { type: 'sensitive', dpc: 4 }] }).points,
        ).toBeGreaterThanOrEqual(points);
      }),
    );
  });
});

describe('the processing context', () => {
  it.each([
    ['simple', 1],
    ['behavioural', 2],
    ['financial', 3],
    ['sensitive', 4],
  ] as const)(
    'of %s data starts at %d and can be raised or lowered within 1 to 4',
    (type: DataType, base) => {
      expect(contexts[type].base).toBe(base);
      for (const dpc of [1, 2, 3, 4] as const) expect(contexts[type][dpc]).toMatch(/./);
    },
  );

  it('is the highest of several types of data', () => {
    const both = severity({
      ...harmless,
      data: [
        { type: 'simple', dpc: 1 },
        { type: 'financial', dpc: 4 },
        { type: 'behavioural', dpc: 2 },
      ],
    });
    expect(both.reasons[0]).toMatchObject({
      factor: 'dpc',
      points: 400,
      text: expect.stringMatching(/^financial/) as string,
    });
  });
});

describe('the result', () => {
  it('says what it is made of', () => {
    const { reasons } = severity({ ...harmless, confidentiality: 'unknown-recipients', intent: 'malicious' });
    expect(reasons.map(({ factor, points }) => [factor, points])).toEqual([
      ['dpc', 100],
      ['ei', 25],
      ['confidentiality', 50],
      ['integrity', 0],
      ['availability', 0],
      ['intent', 50],
    ]);
  });

  it.each([
    [100, null, []],
    [101, null, ['many-individuals']],
    [null, true, ['unintelligible']],
    [5000, true, ['many-individuals', 'unintelligible']],
    [null, null, []],
  ])('flags %d people and unintelligible %s beside the score: %j', (individuals, unintelligible, flags) => {
    const result = severity({ ...harmless, individuals, unintelligible });
    expect(result.flags).toEqual(flags);
    expect(result.points).toBe(severity(harmless).points);
  });
});
