import { describe, expect, test } from 'vitest';
import { at } from '../fakes/clock.ts';
import { ask, choice, opened, story } from './story.ts';

describe('what is learned', () => {
  test('stays as it was when it is learned again: only a correction with its reason changes it', () => {
    const told = story();
    told.does({ do: 'learn', fact: 'personal-data', answer: { is: 'yes-no', value: true } });
    expect(() =>
      told.does({ do: 'learn', fact: 'personal-data', answer: { is: 'yes-no', value: false } }),
    ).toThrow(/already recorded in entry 1/);
    // Two processes may both have asked before either wrote: the first entry stands.
    told.happens({
      kind: 'fact.learned',
      pub: { fact: 'personal-data', value: false, known: true, at: told.now(), basis: 'told', step: null },
    });
    expect(told.state().facts.get('personal-data')).toMatchObject({ value: true, n: 1, earlier: [] });
  });

  test('is corrected by an entry that names the one it corrects, and both stay', () => {
    const told = story();
    told.does({ do: 'learn', fact: 'personal-data', answer: { is: 'yes-no', value: true } });
    const [corrected] = told.does({
      do: 'correct',
      fact: 'personal-data',
      answer: { is: 'yes-no', value: false },
      reason: 'It was test data',
    });
    expect(corrected).toMatchObject({ kind: 'fact.corrected', pub: { corrects: 1, value: false } });
    told.does({
      do: 'correct',
      fact: 'personal-data',
      answer: { is: 'yes-no', value: true },
      reason: 'It was not',
    });
    expect(told.state().facts.get('personal-data')).toMatchObject({ value: true, n: 3, earlier: [1, 2] });
  });

  test('cannot be corrected before it is known, nor without a reason', () => {
    const told = story();
    const correct = { do: 'correct', fact: 'aware', answer: { is: 'time', at: told.now() } } as const;
    expect(() => told.does({ ...correct, reason: 'Better known' })).toThrow(/not-found/);
    told.does({ do: 'learn', fact: 'aware', answer: { is: 'time', at: told.now() } });
    expect(() => told.does({ ...correct, reason: '  ' })).toThrow(/a reason is needed/);
  });

  test('gives way to an answer while it is only "not known yet"', () => {
    const told = story([ask('count', 'people', 'number')]);
    told.does({ do: 'answer', step: 'count', answer: { is: 'unknown' } });
    expect(told.state().facts.get('people')).toMatchObject({ known: false, value: null });
    const [learned] = told.does({ do: 'learn', fact: 'people', answer: { is: 'number', value: 41 } });
    expect(learned?.kind).toBe('fact.learned');
    expect(told.state().facts.get('people')).toMatchObject({ known: true, value: 41, n: 4, earlier: [2] });
  });

  test('is ruled out by a named person with a reason, and counts as answered', () => {
    const told = story();
    expect(() => told.does({ do: 'rule-out', fact: 'card-data', reason: '' })).toThrow(/a reason is needed/);
    told.does({ do: 'rule-out', fact: 'card-data', reason: 'No cards are taken there' });
    expect(told.state().facts.get('card-data')).toMatchObject({
      ruledOut: true,
      known: true,
      value: null,
      by: 'ada',
    });
    expect(() =>
      told.does({ do: 'learn', fact: 'card-data', answer: { is: 'yes-no', value: true } }),
    ).toThrow(/correct it with a reason/);
    told.does({
      do: 'correct',
      fact: 'card-data',
      answer: { is: 'yes-no', value: true },
      reason: 'There was a form',
    });
    expect(told.state().facts.get('card-data')).toMatchObject({ ruledOut: false, value: true });
  });

  test('becomes a correction when its step is opened again and answered anew', () => {
    const told = story([ask('count', 'people', 'number')]);
    told.does({ do: 'answer', step: 'count', answer: { is: 'number', value: 40 } });
    expect(() => told.does({ do: 'answer', step: 'count', answer: { is: 'number', value: 41 } })).toThrow(
      /a correction needs a reason/,
    );
    told.does({ do: 'reopen', step: 'count', reason: 'The log was not complete' });
    const events = told.does({ do: 'answer', step: 'count', answer: { is: 'number', value: 41 } });
    expect(events.map(({ kind }) => kind)).toEqual(['fact.corrected', 'step.finished']);
    expect(told.state().facts.get('people')).toMatchObject({ value: 41, earlier: [2] });
  });

  test('a decision made anew after reopening corrects its fact too', () => {
    const told = story([choice('risk', 'risk-unlikely')]);
    const decide = { do: 'decide', step: 'risk', rationale: 'Counsel said so', decider: 'jonas' } as const;
    told.does({ ...decide, option: 'yes' });
    expect(() => told.does({ ...decide, option: 'no' })).toThrow(/open it again with a reason/);
    told.does({ do: 'reopen', step: 'risk', reason: 'New findings' });
    told.does({ ...decide, option: 'no' });
    expect(told.state().facts.get('risk-unlikely')).toMatchObject({ value: 'no' });
    expect(told.state().decisions.map(({ option }) => option)).toEqual(['yes', 'no']);
  });
});

describe('what stands in public', () => {
  test('words are private and masked, numbers, choices and times are public', () => {
    const told = story([ask('say', 'report', 'long-text')]);
    const [learned] = told.does({
      do: 'answer',
      step: 'say',
      answer: { is: 'text', text: 'Card 4111111111111111 was seen' },
    });
    expect(learned).toMatchObject({
      pub: { value: null },
      priv: { text: { class: 'staff', value: 'Card [card] was seen' } },
    });
    const [range] = told.does({
      do: 'learn',
      fact: 'people',
      answer: { is: 'range', about: 5, from: 4, to: 9, basis: 'the log' },
    });
    expect(range).toMatchObject({
      pub: { value: { about: 5, from: 4, to: 9 } },
      priv: { reason: { value: 'the log' } },
    });
    const [time] = told.does({
      do: 'learn',
      fact: 'aware',
      answer: { is: 'time', at: at('2026-11-20T02:14:00Z') },
    });
    expect(time).toMatchObject({
      pub: { value: '2026-11-20T02:14:00+00:00', at: at('2026-11-20T02:14:00Z') },
    });
  });

  test('a leaked credential is named by its row and its fingerprint; its value is sealed under a key of its own', () => {
    const told = story([ask('give', 'leaked', 'secret')]);
    const credentials = [
      { item: 'token', value: 'EAAsecret' },
      { item: 'token', value: 'EAAother' },
    ];
    const events = told.does({ do: 'answer', step: 'give', answer: { is: 'secret', credentials } });
    expect(events.map(({ kind }) => kind)).toEqual([
      'credential.given',
      'credential.given',
      'fact.learned',
      'step.finished',
    ]);
    expect(events[0]).toMatchObject({
      pub: { credential: 'token', fingerprint: 'fp-1' },
      priv: { secret: { class: 'secrets-seen', value: 'EAAsecret' } },
    });
    expect(JSON.stringify(events.map(({ pub }) => pub))).not.toContain('EAA');
    expect(told.state().facts.get('leaked')?.value).toEqual(['token']);
    expect(told.state().credentials.get('token')).toHaveLength(2);
  });
});

describe('the time of a fact', () => {
  test('is when it happened by the word of whoever records it, else now', () => {
    const told = story();
    told.does({
      do: 'learn',
      fact: 'one',
      answer: { is: 'yes-no', value: true },
      at: at('2026-11-20T03:00:00Z'),
    });
    told.does({ do: 'learn', fact: 'two', answer: { is: 'yes-no', value: true } });
    expect(told.state().facts.get('one')?.at).toBe(at('2026-11-20T03:00:00Z'));
    expect(told.state().facts.get('two')?.at).toBe(told.now());
  });

  test('is not moved by a correction that names no time: no deadline moves by typing again', () => {
    const told = story();
    told.does({ do: 'learn', fact: 'aware', answer: { is: 'time', at: at('2026-11-20T02:14:00Z') } });
    told.later(3_600_000);
    told.does({
      do: 'correct',
      fact: 'aware',
      answer: { is: 'text', text: 'by mail' },
      reason: 'More exact',
    });
    expect(told.state().facts.get('aware')?.at).toBe(at('2026-11-20T02:14:00Z'));
    told.does({
      do: 'correct',
      fact: 'aware',
      answer: { is: 'time', at: at('2026-11-20T02:20:00Z') },
      reason: 'Header of the mail',
    });
    expect(told.state().facts.get('aware')?.at).toBe(at('2026-11-20T02:20:00Z'));
  });
});

describe('the earliest sign', () => {
  const sign = (text: string) => ({ is: 'time', at: at(text) }) as const;

  test('moves what provisional clocks count from back, and never forward by itself', () => {
    const told = story();
    expect(told.state().earliestAt).toBe(opened.pub.earliest_at);
    told.does({ do: 'learn', fact: 'earliest-sign', answer: sign('2026-11-20T04:00:00Z') });
    expect(told.state().earliestAt).toBe(opened.pub.earliest_at);
    told.happens({
      kind: 'fact.learned',
      pub: {
        fact: 'earliest-sign',
        value: null,
        known: true,
        at: at('2026-11-19T22:00:00Z'),
        basis: 'log',
        step: null,
      },
    });
    expect(told.state().earliestAt).toBe(at('2026-11-19T22:00:00Z'));
  });

  test('moves forward by a correction with its reason alone, and not by one that gives no time', () => {
    const told = story();
    told.does({ do: 'learn', fact: 'earliest-sign', answer: sign('2026-11-19T22:00:00Z') });
    told.does({
      do: 'correct',
      fact: 'earliest-sign',
      answer: { is: 'text', text: 'another scanner' },
      reason: 'Source',
    });
    expect(told.state().earliestAt).toBe(at('2026-11-19T22:00:00Z'));
    told.does({
      do: 'correct',
      fact: 'earliest-sign',
      answer: { is: 'unknown' },
      reason: 'Not certain any more',
    });
    expect(told.state().earliestAt).toBe(at('2026-11-19T22:00:00Z'));
    told.does({ do: 'learn', fact: 'earliest-sign', answer: sign('2026-11-20T01:00:00Z') });
    expect(told.state().earliestAt).toBe(at('2026-11-19T22:00:00Z'));
    told.does({
      do: 'correct',
      fact: 'earliest-sign',
      answer: sign('2026-11-20T01:00:00Z'),
      reason: 'The other alert was of another app',
    });
    expect(told.state().earliestAt).toBe(at('2026-11-20T01:00:00Z'));
  });
});
