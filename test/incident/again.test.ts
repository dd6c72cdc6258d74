import { describe, expect, test } from 'vitest';
import { againWords, askedAgain } from '../../src/incident/again.ts';
import type { Command } from '../../src/model/command.ts';
import { decisionRecords } from '../../src/projections/decisions.ts';
import { ask, byHand, choice, story } from './story.ts';

const steps = [
  ask('count', 'subjects-count', 'range'),
  choice('risk', 'risk-unlikely', { relies: ['subjects-count', 'exfiltration'] }),
  byHand('submit', { after: [] }),
];
const count: Command = {
  do: 'answer',
  step: 'count',
  answer: { is: 'range', about: 40, from: 30, to: 50, basis: 'inventory' },
};
const decide: Command = {
  do: 'decide',
  step: 'risk',
  option: 'yes',
  rationale: 'Few, harmless',
  decider: 'jonas',
};
const learn = (fact: string, value: boolean): Command => ({
  do: 'learn',
  fact,
  answer: { is: 'yes-no', value },
});
const recount: Command = {
  do: 'correct',
  fact: 'subjects-count',
  answer: { is: 'number', value: 4000 },
  reason: 'the logs say more',
};

describe('a decision', () => {
  test('rests on the facts of its step, each with the entry that stood, or none', () => {
    const told = story(steps);
    told.does(count);
    const [made] = told.does(decide);
    const n = told.state().facts.get('subjects-count')?.n;
    expect(made?.pub).toMatchObject({
      relies: [
        { fact: 'subjects-count', n },
        { fact: 'exfiltration', n: null },
      ],
    });
    expect(askedAgain(told.state())).toEqual([]);
    expect(told.step('risk').status).toBe('done');
  });

  test('is asked again once a fact is corrected, and stands until it is decided anew', () => {
    const told = story(steps);
    told.does(count);
    told.does(decide);
    told.does(recount);
    expect(told.step('risk')).toMatchObject({ status: 'now' });
    expect(told.step('risk').because).toMatch(/subjects-count has changed \(entry \d+, now \d+\)/);
    expect(told.state().facts.get('risk-unlikely')?.value).toBe('yes');
    told.does({ ...decide, option: 'no', rationale: 'Four thousand people' } as Command);
    expect(told.step('risk').status).toBe('done');
    expect(told.state().facts.get('risk-unlikely')?.value).toBe('no');
    expect(told.state().decisions).toHaveLength(2);
  });

  test('is confirmed with the same option and a reason', () => {
    const told = story(steps);
    told.does(count);
    told.does(decide);
    told.does(recount);
    expect(() => told.does({ ...decide, rationale: ' ' } as Command)).toThrow(/is needed/);
    told.does({ ...decide, rationale: 'Still harmless' } as Command);
    expect(askedAgain(told.state())).toEqual([]);
    const records = decisionRecords(told.state(), () => null, 'UTC');
    expect(records.map(({ over }) => over)).toEqual([true, false]);
    expect(records[0]?.relies.find(({ fact }) => fact === 'subjects-count')?.changed).toBe(true);
  });

  test('is asked again once something that nobody knew becomes known, or is ruled out', () => {
    for (const command of [
      learn('exfiltration', true),
      { do: 'rule-out', fact: 'exfiltration', reason: 'logs' },
    ] as const) {
      const told = story(steps);
      told.does(count);
      told.does(decide);
      told.does(command as Command);
      const [again] = askedAgain(told.state());
      expect(again === undefined ? '' : againWords(again)).toMatch(/exfiltration became known/);
    }
  });

  test('is not asked again for a fact that it does not rest on', () => {
    const told = story(steps);
    told.does(count);
    told.does(decide);
    told.does(learn('weather', true));
    expect(askedAgain(told.state())).toEqual([]);
  });

  test('that has not changed is not decided a second time without being opened', () => {
    const told = story(steps);
    told.does(count);
    told.does(decide);
    expect(() => told.does(decide)).toThrow(/open it again/);
  });

  test('outside the runbook rests on what a person names, and is decided anew by its entry', () => {
    const told = story(steps);
    const freely: Command = {
      do: 'decide',
      step: null,
      question: 'Do we pay?',
      option: 'no',
      rationale: 'Never',
      decider: 'ada',
      relies: ['exfiltration'],
    };
    told.does(freely);
    expect(askedAgain(told.state())).toEqual([]);
    told.does(learn('exfiltration', true));
    const n = askedAgain(told.state())[0]?.decision.n ?? -1;
    expect(() => told.does({ ...freely, instead: n + 1 } as Command)).toThrow(/not-found/);
    told.does({ ...freely, option: 'still no', instead: n } as Command);
    expect(askedAgain(told.state())).toEqual([]);
  });

  test('of an older journal, that kept nothing of what it rests on, is left alone', () => {
    const told = story(steps);
    told.happens({
      kind: 'decision.made',
      pub: { decision: 'risk-unlikely', option: 'yes', decider: 'jonas', step: 'risk', star: true },
    });
    told.does(count);
    expect(askedAgain(told.state())).toEqual([]);
  });
});
