import { describe, expect, test } from 'vitest';
import { letterSchema } from '../../src/model/letter.ts';
import type { LetterSource } from '../../src/model/letter.ts';
import type { Obligation } from '../../src/model/obligation.ts';
import { clocks } from '../../src/projections/countdowns.ts';
import { awaitingWords, changedWords } from '../../src/projections/told-words.ts';
import { toldOf } from '../../src/projections/told.ts';
import { waitingNow } from '../../src/projections/waiting.ts';
import { gdpr } from '../../src/regulations/gdpr.ts';
import { at, openedIn, told, type Happening } from '../fixtures/incident.ts';

const zone = 'Europe/Dublin';
const dutyOf = (id: string): Obligation => {
  const found = gdpr.obligations.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
};
const authority = { ...dutyOf('gdpr.33-1'), elements: [], starts: 'aware' };
const letter: LetterSource = letterSchema.parse({
  title: 'Notice',
  to: 'authority',
  duty: 'gdpr.33-1',
  subject: 'Notice',
  languages: ['en', 'de'],
  elements: [
    ['nature', 'Art. 33(3)(a)'],
    ['subjects-count', 'Art. 33(3)(a)'],
    ['consequences', 'Art. 33(3)(c)'],
    ['measures', 'Art. 33(3)(d)'],
  ].map(([fact = '', article]) => ({
    id: fact.replaceAll('-', '_'),
    title: { en: `the ${fact}`, de: `${fact} auf Deutsch` },
    article,
    from: { fact },
    required: true,
    may_follow: true,
  })),
});

const staff = (value: string) => ({ class: 'staff' as const, value });
const learned = (fact: string, value: number | string | null, known = true): Happening => ({
  kind: 'fact.learned',
  pub: { fact, value, known, at: at('2026-11-20T02:20:00Z'), basis: 'log', step: null },
  ...(value === null && known ? { priv: { text: staff(`the ${fact} in words`) } } : {}),
});
const corrected = (fact: string, value: number, corrects: number): Happening => ({
  kind: 'fact.corrected',
  pub: { fact, value, known: true, at: at('2026-11-20T02:20:00Z'), basis: 'log', corrects },
  priv: { reason: staff('counted again') },
});
const submitted = (phase: number, when: string, duty = 'gdpr.33-1'): Happening => ({
  kind: 'duty.submitted',
  pub: { duty, at: at(when), phase },
  priv: { channel: staff('the portal') },
});
const proved = (reference: string, duty = 'gdpr.33-1'): Happening => ({
  kind: 'duty.proved',
  pub: { duty, kind: 'portal-reference', evidence: null },
  priv: { reference: staff(reference) },
});
const acknowledged = (duty = 'gdpr.33-1'): Happening => ({
  kind: 'duty.acknowledged',
  pub: { duty, at: at('2026-11-20T09:00:00Z') },
  priv: { reference: staff('we have it') },
});
const released = (sha256: string): Happening => ({
  kind: 'letter.released',
  pub: {
    letter: 'gdpr-art33',
    language: 'en',
    duty: 'gdpr.33-1',
    sha256,
    at: at('2026-11-20T04:00:00Z'),
    missing: [],
    refused: [],
    override: false,
  },
});

const firstPhase: readonly Happening[] = [
  openedIn(zone),
  learned('aware', '2026-11-20T02:14:00Z'),
  learned('nature', null),
  learned('subjects-count', 100),
  learned('consequences', null, false),
  released('aa'),
  submitted(1, '2026-11-20T05:00:00Z'),
  proved('DPC-1'),
];
const shown = (happenings: readonly Happening[], sealed = false) => {
  const incident = told(happenings);
  return toldOf(incident.state, authority, letter, {
    reveal: sealed ? incident.sealed : incident.reveal,
    zone,
  });
};
const changes = (happenings: readonly Happening[]) =>
  Object.fromEntries(shown(happenings).since.map(({ fact, change }) => [fact, change]));

describe('what was told when', () => {
  test('is nothing before the first submission', () => {
    expect(shown(firstPhase.slice(0, 6))).toMatchObject({ told: [], since: [], changed: 0 });
  });

  test('names instant, channel, proof, letter and the facts of that entry', () => {
    const [first] = shown([...firstPhase, corrected('subjects-count', 4000, 3)]).told;
    expect(first).toMatchObject({
      phase: 1,
      entry: 6,
      at: at('2026-11-20T05:00:00Z'),
      channel: 'the portal',
      proofs: [{ entry: 7, kind: 'portal-reference', reference: 'DPC-1', evidence: null }],
      acknowledged: null,
      letter: { letter: 'gdpr-art33', language: 'en', entry: 5, sha256: 'aa' },
    });
    expect(first?.facts.map(({ fact, text }) => [fact, text])).toEqual([
      ['nature', 'the nature in words'],
      ['subjects-count', '100'],
      ['consequences', null],
      ['measures', null],
      ['aware', '2026-11-20 02:14 +00:00 (2026-11-20 02:14 UTC)'],
    ]);
  });

  test('keeps phases apart: each has the facts, the letter, the proof and the answer of its own moment', () => {
    const { told: phases } = shown([
      ...firstPhase,
      acknowledged(),
      corrected('subjects-count', 4000, 3),
      released('bb'),
      submitted(2, '2026-11-22T05:00:00Z'),
      proved('DPC-2'),
    ]);
    expect(
      phases.map(({ phase, proofs, letter: of, acknowledged: by }) => [
        phase,
        proofs[0]?.reference,
        of?.sha256,
        by?.reference ?? null,
      ]),
    ).toEqual([
      [1, 'DPC-1', 'aa', 'we have it'],
      [2, 'DPC-2', 'bb', null],
    ]);
    expect(phases.map(({ facts }) => facts[1]?.text)).toEqual(['100', '4,000']);
  });

  test('says so where no letter was let go before it, and shows what is sealed as sealed', () => {
    const [one] = shown([openedIn(zone), submitted(1, '2026-11-20T05:00:00Z'), released('late')], true).told;
    expect(one).toMatchObject({ letter: null, channel: null });
    expect(shown(firstPhase, true).told[0]?.facts[0]?.text).toBe('[sealed]');
  });
});

describe('what has changed since', () => {
  const after: readonly Happening[] = [
    ...firstPhase,
    learned('consequences', null),
    corrected('subjects-count', 4000, 3),
    { kind: 'fact.ruled_out', pub: { fact: 'nature', step: null }, priv: { reason: staff('none') } },
  ];

  test('is nothing where nothing was learned', () => {
    expect(changes(firstPhase)).toEqual({
      nature: 'same',
      'subjects-count': 'same',
      consequences: 'unknown',
      measures: 'unknown',
      aware: 'same',
    });
    expect(shown(firstPhase).changed).toBe(0);
  });

  test('is told element by element, with what was said and what is known', () => {
    expect(changes(after)).toEqual({
      nature: 'ruled-out',
      'subjects-count': 'corrected',
      consequences: 'new',
      measures: 'unknown',
      aware: 'same',
    });
    const { since, changed } = shown(after);
    expect(changed).toBe(3);
    expect(since[1]).toMatchObject({
      element: 'subjects_count',
      article: 'Art. 33(3)(a)',
      title: 'the subjects-count',
      was: '100',
      is: '4,000',
      entry: 9,
    });
  });

  test('begins anew with the next submission', () => {
    const { changed } = shown([...after, submitted(2, '2026-11-22T05:00:00Z')]);
    expect(changed).toBe(0);
  });

  test('is not moved by "not known yet" said once more, nor by a fact that the letter does not tell', () => {
    expect(shown([...firstPhase, learned('measures', null, false), learned('weather', 3)]).changed).toBe(0);
  });

  test('counts the German words of a free text, which were told too', () => {
    const german = [...firstPhase, learned('nature-de', null)];
    expect(shown(german).since.find(({ fact }) => fact === 'nature-de')?.change).toBe('new');
  });

  test('stands on the clock in one line, with the name of whoever was told', () => {
    const { state } = told(after);
    const [clock] = clocks(state, [authority], at('2026-11-20T10:00:00Z'), {
      zone,
      holidays: () => null,
      letter: () => letter,
    });
    expect(clock?.changed).toBe(3);
    if (clock === undefined) return;
    const dpc = {
      id: 'dpc',
      name: 'DPC',
      duty: 'the authority',
      phone: '1',
      checked: '2026-01-01',
      for: ['authority'],
    };
    expect(changedWords(clock, [dpc])).toBe('3 facts changed since DPC was told (gdpr.33-1)');
    expect(changedWords(clock, [])).toBe('3 facts changed since gdpr.33-1 was submitted');
    expect(changedWords({ ...clock, changed: 0 }, [dpc])).toBeNull();
  });
});

describe('an acknowledgement', () => {
  const now = at('2026-11-20T10:00:00Z');
  const clockOf = (happenings: readonly Happening[], duty: Obligation = authority) => {
    const { state } = told(happenings);
    const [clock] = clocks(state, [duty], now, { zone, holidays: () => null });
    if (clock === undefined) throw new Error('no clock');
    return { clock, state };
  };

  test('is waited for once it is proved that it was sent, and the duty is met all the same', () => {
    expect(clockOf(firstPhase.slice(0, 7)).clock.awaiting).toBeNull();
    const { clock, state } = clockOf(firstPhase);
    expect(clock).toMatchObject({
      standing: 'met',
      awaiting: { since: at('2026-11-20T05:00:00Z'), ageMs: 5 * 3_600_000, due: null, overdue: false },
    });
    expect(awaitingWords(clock)).toBe(
      'gdpr.33-1 was submitted and proved 5 h 00 min ago, and NOT ACKNOWLEDGED',
    );
    expect(waitingNow(state, [clock]).map(({ text }) => text)).toContain(awaitingWords(clock));
  });

  test('ends the waiting, until the next phase was sent and proved', () => {
    const answered = [...firstPhase, acknowledged()];
    expect(clockOf(answered).clock.awaiting).toBeNull();
    const next = [...answered, submitted(2, '2026-11-20T09:30:00Z')];
    expect(clockOf(next).clock.awaiting).toBeNull();
    expect(clockOf([...next, proved('DPC-2')]).clock.awaiting?.since).toBe(at('2026-11-20T09:30:00Z'));
  });

  test('is waited for from nobody who does not answer: people, an own register, one person who asked', () => {
    for (const id of ['gdpr.34', 'gdpr.33-5']) {
      const sent = [openedIn(zone), submitted(1, '2026-11-20T05:00:00Z', id), proved('x', id)];
      expect(clockOf(sent, dutyOf(id)).clock.awaiting).toBeNull();
    }
  });

  test('is late only where the rule gives them a time', () => {
    const within = (hours: number) => ({ ...authority, acknowledge_within: { hours } });
    expect(clockOf(firstPhase, within(24)).clock.awaiting).toMatchObject({
      due: at('2026-11-21T05:00:00Z'),
      overdue: false,
    });
    const { clock } = clockOf(firstPhase, within(4));
    expect(clock.awaiting?.overdue).toBe(true);
    expect(awaitingWords(clock)).toContain('the answer is LATE');
  });
});
