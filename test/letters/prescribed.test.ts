import { describe, expect, test } from 'vitest';
import { clocks } from '../../src/projections/countdowns.ts';
import { regulations } from '../../src/regulations/index.ts';
import { india } from '../../src/regulations/india.ts';
import { at, type Happening, type Told } from '../fixtures/incident.ts';
import { draft, input, letters, sampleOf, withFacts } from './rig.ts';

/** What a law prescribes for the letter itself: its words, its stages, and where the clock leads. */

const duties = Object.values(regulations).flatMap(({ obligations }) => obligations);
const named = duties.flatMap(({ id, letter }) => (letter === undefined ? [] : [[id, letter] as const]));

describe.each(named)('the duty %s', (id, letter) => {
  test(`names a letter that is there: ${letter}`, () => {
    expect(letters).toContain(letter);
    const { duty } = input(letter, withFacts({})).source;
    const answered = duties.find((one) => one.id === duty);
    expect(answered?.to).toBe(duties.find((one) => one.id === id)?.to);
  });
});

test('California gets its title and its headings word for word, in their order', () => {
  const { markdown, subject } = draft('california-people', withFacts(sampleOf('california-people')));
  expect(subject).toBe('Notice of Data Breach');
  expect(markdown.match(/^#+ .*$/gm)).toEqual([
    '# Notice of Data Breach',
    '## What Happened',
    '## What Information Was Involved',
    '## What We Are Doing',
    '## What You Can Do',
    '## For More Information',
  ]);
});

test('California owes agencies and a service where such numbers were exposed, and nothing of it where they were not', () => {
  const {
    'credit-agencies': _agencies,
    'identity-service': _service,
    ...rest
  } = sampleOf('california-people');
  const owed = draft('california-people', withFacts(rest)).missing;
  expect(owed.join('; ')).toMatch(/identity theft services.*credit reporting agencies/);
  const spared = { ...rest, 'government-ids-exposed': 'no' };
  expect(draft('california-people', withFacts(spared)).missing).toEqual([]);
});

describe('the Board of India is told twice by one letter', () => {
  const detailed = ['cause', 'measures', 'attacker', 'remedial-action', 'people-told'];
  const sample = sampleOf('dpdp-board');
  const first = Object.fromEntries(Object.entries(sample).filter(([id]) => !detailed.includes(id)));
  const written = (incident: Told) => {
    const about = { zone: 'Asia/Kolkata', holidays: () => null };
    const now = at('2026-11-20T06:00:00Z');
    return draft('dpdp-board', incident, { clocks: clocks(incident.state, india.obligations, now, about) });
  };
  const submitted: Happening = {
    kind: 'duty.submitted',
    pub: { duty: 'india.dpdp-board-first', at: at('2026-11-20T03:30:00Z'), phase: 1 },
    priv: { channel: { class: 'staff', value: 'portal' } },
  };

  test('first with the description alone: the rest follows', () => {
    const { complete, follows, text } = written(withFacts(first));
    expect(complete).toBe(true);
    expect(follows).toHaveLength(detailed.length);
    expect(text).toContain('First notification');
    expect(text).not.toContain('Time of the first intimation');
  });

  test('never without the description', () => {
    const { consequences: _, ...rest } = first;
    expect(written(withFacts(rest)).missing).toEqual(['DPDP Rules 2025, rule 7(2)(a) likely impact']);
  });

  test('then in full, with when it was told first', () => {
    const { follows, text } = written(withFacts(sample, false, [submitted]));
    expect(follows).toEqual([]);
    expect(text).toContain('Further notification, part 2');
    expect(text).toMatch(/Time of the first intimation: 2026-11-20 03:30/);
  });
});
