import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/base/duration.ts';
import { handoverParts } from '../../src/projections/handover-brief.ts';
import { peopleOf } from '../../src/projections/people.ts';
import { containment } from '../../src/projections/containment.ts';
import { progress } from '../../src/incident/ready.ts';
import { taskWord, teamOf } from '../../src/projections/team.ts';
import { act, story, type Story } from './story.ts';

const NOTE = 'CRM token is dead; if the vendor rings back, ask for the export log first';
const SAID = 'Token dead, waiting for the vendor, then the authority';

const night = (): Story => {
  const told = story([act('stop', ['bridge'])]);
  told.does({ do: 'role', role: 'commander', person: 'ada' });
  return told;
};
const nags = (told: Story) => peopleOf(told.state(), told.now(), 'ada').nags;
const team = (told: Story) => teamOf(told.state(), told.now(), ({ n, name }) => `${name} of ${n}`);

describe('a role that goes over', () => {
  test('stays where it is until the other has said it back', () => {
    const told = night();
    told.does({ do: 'hand-over', role: 'commander', to: 'ben', note: NOTE });
    expect(told.state().roles.get('commander')).toBe('ada');
    expect(nags(told)).toContain('commander: ada hands over to ben, who has not said it back yet');
    told.does({ do: 'take-role', role: 'commander', person: 'ben', said: SAID });
    expect(told.state().roles.get('commander')).toBe('ben');
    expect(told.state().team.offers.size).toBe(0);
    expect(nags(told).join()).not.toContain('hands over');
    const kinds = told.entries().map(({ kind }) => kind);
    expect(kinds.slice(-2)).toEqual(['handover.offered', 'handover.taken']);
  });

  test('broken off leaves it where it was, with the reason in the journal', () => {
    const told = night();
    told.does({ do: 'hand-over', role: 'commander', to: 'ben', note: NOTE });
    const [entry] = told.does({ do: 'withdraw', role: 'commander', reason: 'Ben is not to be had' });
    expect(entry).toMatchObject({
      kind: 'handover.withdrawn',
      priv: { reason: { value: 'Ben is not to be had' } },
    });
    expect(told.state().roles.get('commander')).toBe('ada');
    expect(() => told.does({ do: 'take-role', role: 'commander', person: 'ben', said: SAID })).toThrow(
      /nobody hands over the role of commander/,
    );
  });

  test('is not taken by an "ok", nor by somebody else', () => {
    const told = night();
    told.does({ do: 'hand-over', role: 'commander', to: 'ben', note: NOTE });
    expect(() => told.does({ do: 'take-role', role: 'commander', person: 'ben', said: 'ok got it' })).toThrow(
      /say back in your own words/,
    );
    expect(() => told.does({ do: 'take-role', role: 'commander', person: 'cem', said: SAID })).toThrow(
      /to ben, not to cem/,
    );
    expect(told.state().roles.get('commander')).toBe('ada');
  });

  test('is said back in scripts that leave no space between words too', () => {
    const told = night();
    told.does({ do: 'hand-over', role: 'commander', to: 'ben', note: NOTE });
    expect(() => told.does({ do: 'take-role', role: 'commander', person: 'ben', said: '了解' })).toThrow(
      /say back in your own words/,
    );
    told.does({
      do: 'take-role',
      role: 'commander',
      person: 'ben',
      said: 'トークンは無効化済み、次は当局への通知',
    });
    expect(told.state().roles.get('commander')).toBe('ben');
  });

  test('that somebody takes outright is no longer on its way', () => {
    const told = night();
    told.does({ do: 'hand-over', role: 'commander', to: 'ben', note: NOTE });
    told.does({ do: 'role', role: 'commander', person: 'cem' });
    expect(told.state().team.offers.size).toBe(0);
  });

  test('is counted as said back, or as just taken; one that nobody held is neither', () => {
    const told = night();
    expect(told.state().team.changed).toEqual({ saidBack: 0, taken: 0 });
    told.does({ do: 'hand-over', role: 'commander', to: 'ben', note: NOTE });
    told.does({ do: 'take-role', role: 'commander', person: 'ben', said: SAID });
    told.does({ do: 'role', role: 'commander', person: 'ben' });
    told.does({ do: 'role', role: 'commander', person: 'cem' });
    expect(told.state().team.changed).toEqual({ saidBack: 1, taken: 1 });
  });

  test('must be held by somebody, and go to one person', () => {
    const told = night();
    const offer = (role: 'legal' | 'commander', to: string) => () =>
      told.does({ do: 'hand-over', role, to, note: NOTE });
    expect(offer('legal', 'ben')).toThrow(/nobody holds the role of legal.*firebreak role legal ben/);
    expect(offer('commander', 'ada')).toThrow(/ada holds the role of commander already/);
    expect(offer('commander', 'everybody')).toThrow(/"everybody" is nobody/);
    expect(offer('commander', 'ben; rm')).toThrow(/no handle/);
  });
});

describe('a task', () => {
  const given = (minutes = 20): readonly [Story, number] => {
    const told = night();
    told.does({ do: 'give-task', person: 'ada', text: 'Pull the audit log', minutes });
    return [told, told.entries().length - 1];
  };

  test('waits for a yes, runs, and ends with a result', () => {
    const [told, n] = given();
    expect(team(told).tasks.map(taskWord)).toEqual(['WAIT']);
    told.does({ do: 'take-task', task: n });
    expect(team(told).tasks.map(taskWord)).toEqual(['NOW']);
    told.does({ do: 'end-task', task: n, how: 'done', note: 'Log kept as evidence 3' });
    expect(team(told).tasks.map(taskWord)).toEqual(['DONE']);
    expect(() => told.does({ do: 'end-task', task: n, how: 'dropped', note: 'No' })).toThrow(
      /has ended: done/,
    );
  });

  test('of somebody who says nothing, and one that is late, come up by themselves', () => {
    const [told, n] = given();
    told.later(4 * MINUTE);
    expect(nags(told).join()).not.toContain('task');
    told.later(MINUTE);
    expect(nags(told)).toContain(`task ${n}: ada has not said yes`);
    told.does({ do: 'take-task', task: n });
    expect(nags(told).join()).not.toContain('task');
    told.later(15 * MINUTE);
    expect(nags(told)).toContain(`task ${n}: ada is LATE`);
    expect(team(told).tasks.map(taskWord)).toEqual(['LATE']);
  });

  test('is one named person’s, and has a time', () => {
    const told = night();
    const give = (person: string, minutes: number) => () =>
      told.does({ do: 'give-task', person, text: 'Pull the log', minutes });
    for (const nobody of ['team', 'Everyone', 'someone', 'all']) expect(give(nobody, 5)).toThrow(/is nobody/);
    for (const minutes of [0, -1, 2.5, 1441, Number.NaN])
      expect(give('ben', minutes)).toThrow(/whole minutes/);
  });

  test('is said yes to by its person alone', () => {
    const told = night();
    told.does({ do: 'give-task', person: 'ben', text: 'Ring the acquirer', minutes: 5 });
    const n = told.entries().length - 1;
    expect(() => told.does({ do: 'take-task', task: n })).toThrow(/firebreak --as ben task ack/);
    expect(() => told.does({ do: 'take-task', task: 0 })).toThrow(/not-found.*near=/);
  });

  test('gets no more time from a clock that goes back', () => {
    const [told, n] = given();
    const before = told.state().team.tasks.get(n)?.dueAt ?? 0;
    told.happens({
      kind: 'clock.jump',
      pub: { before: told.now(), after: told.now(), difference_ms: -3_600_000, restarted: false },
    });
    expect(told.state().team.tasks.get(n)?.dueAt).toBe(before - 3_600_000);
  });
});

test('whoever takes over reads how bad it is, what is to be done, who does what, and what only the other knew', () => {
  const told = night();
  told.does({ do: 'give-task', person: 'ben', text: 'Ring the acquirer', minutes: 5 });
  told.does({ do: 'hand-over', role: 'commander', to: 'cem', note: NOTE });
  const state = told.state();
  const parts = handoverParts(
    {
      title: 'Token leaked',
      zone: 'Europe/Dublin',
      state,
      progress: progress(state),
      clocks: [],
      containment: containment(state, () => null),
      people: peopleOf(state, told.now(), 'ada'),
      team: team(told),
    },
    'commander',
  );
  expect(parts.map(({ head }) => head)).toEqual([
    'How bad it is',
    'How it stands',
    'To be done',
    'Who does what',
    'From whoever hands over',
  ]);
  const text = parts.flatMap(({ lines }) => lines).join('\n');
  expect(text).toContain('Token leaked (amber-otter), severity high');
  expect(text).toMatch(/commander: ada\n.*WAIT task \d+, ben, 5 min 00 s left/s);
  expect(text).toMatch(/ada as commander: note of \d+/);
});
