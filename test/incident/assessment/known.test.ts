import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adviceOn } from '../../../src/incident/assessment/known.ts';
import type { Assess } from '../../../src/model/plan.ts';
import type { Command } from '../../../src/model/command.ts';
import { choice, story, type Story } from '../story.ts';

const assess: Assess = {
  about: 'authority',
  advised: 'no',
  not_advised: 'yes',
  factors: { breach: ['confidentiality'], malicious: true },
};
const step = choice('risk', 'risk-unlikely', { assess });
const teach = (told: Story, fact: string, value: boolean): void =>
  void told.does({ do: 'learn', fact, answer: { is: 'yes-no', value } } as Command);
const adviceIn = (told: Story) => {
  const found = adviceOn(step, told.state());
  if (found === null) throw new Error('the step asks for advice');
  return found;
};

describe('advice from the facts of an incident', () => {
  test('speaks of nothing but the question it is asked', () => {
    expect(adviceOn(choice('other', 'cut'), story([step]).state())).toBeNull();
  });

  test('counts what nobody knows as its worst, and says what to find out first', () => {
    const advice = adviceIn(story([step]));
    expect(advice.point.yes).toBe(true);
    expect(advice.option).toBe('no');
    expect(advice.open.map(({ fact }) => fact)).toContain('data-unintelligible');
    expect(advice.facts).toEqual(advice.open.map(({ fact }) => fact));
  });

  test('is lowered by a recorded fact, and names it among what it was drawn from', () => {
    const told = story([step]);
    teach(told, 'data-unintelligible', true);
    teach(told, 'key-compromised', false);
    const advice = adviceIn(told);
    expect(advice).toMatchObject({ option: 'yes', point: { yes: false } });
    expect(advice.facts).toEqual(expect.arrayContaining(['data-unintelligible', 'key-compromised']));
  });

  test('takes a suspicion of card data as financial data, and its absence as nothing', () => {
    const suspected = story([step]);
    teach(suspected, 'cardholder-data-suspected', true);
    expect(adviceIn(suspected).point.because.join()).toMatch(/financial data/);
    expect(adviceIn(suspected).open.map(({ fact }) => fact)).not.toContain('financial');
    const cleared = story([step]);
    teach(cleared, 'cardholder-data-suspected', false);
    expect(adviceIn(cleared).open.map(({ fact }) => fact)).toContain('financial');
  });

  test('reads a count with its bounds', () => {
    const told = story([step]);
    told.does({
      do: 'learn',
      fact: 'subjects-count',
      answer: { is: 'range', about: 40, from: 30, to: 50, basis: 'logs' },
    } as Command);
    expect(adviceIn(told).warnings).toEqual([]);
    expect(adviceIn(told).open.map(({ fact }) => fact)).not.toContain('subjects-count');
  });

  test('a fact more never takes back that the authority is told, unless it is a good one', () => {
    const facts = ['exfiltration', 'special-category', 'financial', 'vulnerable', 'national-id'];
    fc.assert(
      fc.property(fc.subarray(facts), (bad) => {
        const told = story([step]);
        for (const fact of bad) teach(told, fact, true);
        expect(adviceIn(told).point.yes).toBe(true);
      }),
    );
  });
});
