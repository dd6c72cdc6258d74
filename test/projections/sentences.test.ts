import { describe, expect, test } from 'vitest';
import type { Fresh } from '../../src/model/event.ts';
import { pseudonyms } from '../../src/projections/audience/pseudonyms.ts';
import { conditionWords, factHeading, factName, factWithId } from '../../src/projections/fact-names.ts';
import { timelineContext, timelineRow } from '../../src/projections/timeline.ts';
import { at, told } from '../fixtures/incident.ts';

/** What stands in a line of the timeline for whoever was not there: words, and neither ids nor what only programs read. */

const staff = (value: string) => ({ class: 'staff', value }) as const;

const saysOf = (fresh: Fresh) => {
  const one = told([{ fresh, at: at('2026-11-20T02:20:00Z') }]);
  const context = timelineContext(one.state, [], 'UTC', () => null);
  return one.entries.map((entry) => timelineRow(entry, one.reveal, context));
};

test('a score says what it came to and what was missed, and never its JSON', () => {
  const card = {
    passed: false,
    seed: 7,
    measures: [
      { id: 'contain', title: 'Time to contain', value: '6 min', target: '30 min', met: true },
      { id: 'late', title: 'Clocks missed', value: '1', target: 'none', met: false },
    ],
    ends: [{ id: 'off', says: 'No page loads the script', holds: true }],
    traps: [],
  };
  const [row] = saysOf({
    kind: 'drill.scored',
    pub: { passed: false, seed: 7 },
    priv: { scorecard: staff(JSON.stringify(card)) },
  });
  expect(row?.detail).toBe(
    '1 of 2 targets met; 1 of 1 things true at the end; missed: Clocks missed: 1 (target none)',
  );
});

test('facts are called by words, and by their id where it has to be typed', () => {
  expect(factName('subjects-count')).toBe('number of people affected');
  expect(factHeading('aware')).toBe('When the company became aware');
  expect(factWithId('high-risk')).toBe('whether a high risk to people is likely (high-risk)');
  expect(factName('our-own-thing')).toBe('our own thing');
  expect(factName('constructor')).toBe('constructor');
});

test('a condition is read aloud, and what is no question about a fact stays as it is', () => {
  expect(conditionWords('facts.neighbour_items != null')).toBe('"neighbours of the suspect" is known');
  expect(conditionWords('facts.personal_data != false && facts.trail == "goes-on"')).toBe(
    '"whether personal data are affected" is not no and "whether the trail ends here" is goes on',
  );
  expect(conditionWords('count(facts.cut) > 3')).toBe('count("what was taken off the air") > 3');
});

test('an export is named in the timeline without the folders of the machine', () => {
  const [row] = saysOf({
    kind: 'export.written',
    pub: { format: 'brief.md', sha256: 'ab'.repeat(32) },
    priv: { path: staff('/home/dana/private/amber-otter-brief.md') },
  });
  expect(row?.detail).toBe(`amber-otter-brief.md; sha256 ${'ab'.repeat(32)}`);
});

describe('a person with two names', () => {
  const { text } = pseudonyms([], () => null, [
    { id: 'pfi', name: 'Calder Forensics (PFI), hotline' },
    { id: 'dpo', name: 'Jonas Ebert' },
  ]);

  test('is told once', () => {
    expect(text('Calder Forensics from 1 December')).toBe('contact-1 from 1 December');
    expect(text('Jonas Ebert rang Calder')).toBe('contact-2 rang contact-1');
  });

  test('and two people stay two', () => {
    expect(text('Jonas and Calder')).toBe('contact-2 and contact-1');
    expect(text('Jonas Calder')).toBe('contact-2 contact-1');
  });
});
