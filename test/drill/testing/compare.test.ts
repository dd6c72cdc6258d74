import { expect, test } from 'vitest';
import { instant } from '../../../src/base/instant.ts';
import { wrongIn } from '../../../src/drill/testing/compare.ts';
import { coverageOf } from '../../../src/drill/testing/coverage.ts';
import { letterWord, wayThrough } from '../../../src/drill/testing/seen.ts';
import type { Seen } from '../../../src/drill/testing/seen.ts';
import type { Expected } from '../../../src/model/runbook-test.ts';
import { progress } from '../../../src/incident/ready.ts';
import { act, ask, byHand, choice, intent, outcome, story } from '../../incident/story.ts';

const EARLIEST = '2026-11-10T02:10:00+00:00';

const seen: Seen = {
  path: ['a', 'b', 'c', 'b'],
  again: ['b'],
  unsure: [],
  steps: new Map([
    ['a', 'done'],
    ['b', 'hand'],
    ['d', 'void'],
  ]),
  clocks: new Map([
    ['gdpr.33-1', { standing: 'running', startedAt: instant(Date.parse(EARLIEST)), due: null }],
  ]),
  letters: new Map([['gdpr-art33', 'complete']]),
  containment: { bleeding: 'no', targets: [] },
  facts: new Map<string, string | number>([
    ['aware', '2026-11-10T03:10:00+01:00'],
    ['count', 3],
  ]),
  context: { facts: {}, steps: { a: 'done' }, incident: { severity: 'high', drill: true } },
  stuck: null,
};

test('what was named and seen is no fault, however a time is written and whatever lies between two steps', () => {
  const expected: Expected = {
    path: ['a', 'c', 'b'],
    steps: { a: 'done', d: 'void' },
    again: ['b'],
    unsure: [],
    clocks: { 'gdpr.33-1': { is: 'running', started: 'earliest', due: null } },
    letters: { 'gdpr-art33': 'complete', 'gdpr-art34': 'not-needed' },
    bleeding: 'no',
    facts: { aware: EARLIEST, count: 3, other: null },
    checks: ['steps.a == "done"'],
  };
  expect(wrongIn(expected, seen, EARLIEST)).toEqual([]);
});

test('each thing that was not so is one fault, at its place', () => {
  const expected: Expected = {
    path: ['a', 'c', 'c'],
    steps: { a: 'skip', x: 'done' },
    again: [],
    unsure: ['a'],
    clocks: { 'gdpr.33-1': { is: 'met', started: null }, 'uk.33-1': { is: 'idle' } },
    letters: { 'gdpr-art33': 'open' },
    bleeding: 'yes',
    contained: { bridge: 'proved' },
    facts: { count: 4, aware: null },
    checks: ['steps.a == "skip"', 'facts.a'],
  };
  const wrong = wrongIn(expected, seen, EARLIEST);
  expect(wrong.map(({ path, seen: was }) => `${path.join('.')}: ${was}`)).toEqual([
    'path.2: it ended earlier; after that came b',
    'steps.a: done',
    'steps.x: no such step',
    'again: b',
    'unsure: nothing',
    'clocks.gdpr.33-1.is: running',
    'clocks.gdpr.33-1.started: 2026-11-10T02:10:00.000Z',
    'clocks.uk.33-1: not there',
    'letters.gdpr-art33: complete',
    'bleeding: no',
    'contained.bridge: nothing',
    'facts.count: 3',
    'facts.aware: "2026-11-10T03:10:00+01:00"',
    'checks.0: it is false',
    expect.stringContaining('checks.1: '),
  ]);
});

test('a play that got stuck is a fault even where everything named was seen', () => {
  const stuck = { ...seen, stuck: { step: 'c', why: 'nobody answers' } };
  expect(wrongIn({ steps: { a: 'done' } }, stuck, EARLIEST)).toMatchObject([
    { seen: 'stuck: nobody answers' },
  ]);
});

test('the way through is read from the journal: order, doubts that were settled, decisions asked again', () => {
  const told = story([
    ask('count', 'subjects-count', 'number'),
    act('kill', ['bridge']),
    choice('risk', 'risk-unlikely', { relies: ['subjects-count'] }),
    byHand('look'),
  ]);
  told.does({ do: 'answer', step: 'count', answer: { is: 'number', value: 3 } });
  const n = told.happens(intent('kill', 'bridge'));
  told.happens(outcome(n, 'kill', 'bridge', 'unknown'));
  told.happens(outcome(n, 'kill', 'bridge', 'done'), {
    kind: 'step.finished',
    pub: { step: 'kill', how: 'acted' },
  });
  const decide = {
    do: 'decide',
    step: 'risk',
    option: 'yes',
    rationale: 'So few.',
    decider: 'legal',
  } as const;
  told.does(decide);
  told.does({
    do: 'correct',
    fact: 'subjects-count',
    answer: { is: 'number', value: 900 },
    reason: 'Counted again',
  });
  told.does(decide);
  const way = wayThrough(told.entries());
  expect(way).toEqual({ path: ['count', 'kill', 'risk', 'risk'], again: ['risk'], unsure: ['kill'] });
  expect(letterWord(progress(told.state()).steps, 'gdpr-art33', true)).toBe('not-needed');
});

test('a step that no test came to is neither taken nor left out', () => {
  const steps = [
    { id: 'a', when: null },
    { id: 'b', when: 'facts.x == 1' },
    { id: 'c', when: null },
    { id: 'd', when: 'facts.y == 1' },
  ];
  const upToC = {
    path: ['a', 'c'],
    steps: new Map([
      ['a', 'done'],
      ['b', 'void'],
      ['c', 'hand'],
      ['d', 'void'],
      ['e', 'todo'],
    ] as const),
  };
  expect(coverageOf(steps, [upToC])).toEqual({
    steps: 4,
    branches: 4,
    unreached: ['b', 'd'],
    untaken: [
      { step: 'b', when: 'facts.x == 1', holds: true },
      { step: 'd', when: 'facts.y == 1', holds: true },
      { step: 'd', when: 'facts.y == 1', holds: false },
    ],
  });
  const toTheEnd = {
    path: ['a', 'b', 'c'],
    steps: new Map([
      ['a', 'done'],
      ['b', 'skip'],
      ['c', 'hand'],
      ['d', 'void'],
    ] as const),
  };
  expect(coverageOf(steps, [upToC, toTheEnd]).untaken).toEqual([
    { step: 'd', when: 'facts.y == 1', holds: true },
  ]);
});
