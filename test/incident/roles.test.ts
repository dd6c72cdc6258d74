import { describe, expect, test } from 'vitest';
import { mayDo, mustBeAllowed, unfilledRoles } from '../../src/incident/roles.ts';
import type { Deed } from '../../src/incident/roles.ts';
import type { Role } from '../../src/model/names.ts';
import { known } from '../fakes/people.ts';
import { act, byHand, choice, story } from './story.ts';
import type { Story } from './story.ts';

const deeds = Object.keys(mayDo) as readonly Deed[];
const steps = [act('stop', ['bridge']), byHand('ring', { role: 'comms' }), choice('risk', 'risk-unlikely')];
const with_ = (...taken: readonly (readonly [Role, string])[]): Story => {
  const told = story(steps);
  for (const [role, person] of taken) told.does({ do: 'role', role, person });
  return told;
};
const may = (told: Story, actor: string, deed: Deed, step: string | null = null): boolean => {
  try {
    mustBeAllowed(told.state(), actor, deed, step);
    return true;
  } catch {
    return false;
  }
};
const allowed = (told: Story, actor: string): readonly Deed[] =>
  deeds.filter((deed) => may(told, actor, deed));

describe('roles', () => {
  test('that nobody has taken stop nobody', () => {
    expect(allowed(with_(), 'ada')).toEqual(deeds);
  });

  test('taken by one person alone stop that person from nothing', () => {
    for (const role of ['manager', 'responder', 'scribe'] as const)
      expect(allowed(with_([role, 'ada']), 'ada')).toEqual(deeds);
  });

  test('of others leave a manager reading, noting, approving, reviewing, and doing what they were asked', () => {
    const told = with_(['manager', 'mia'], ['commander', 'ada'], ['responder', 'ben']);
    expect(allowed(told, 'mia')).toEqual([
      'note',
      'call',
      'role',
      'hand-over',
      'take-role',
      'withdraw',
      'take-task',
      'end-task',
      'ask-approval',
      'approve',
      'review',
    ]);
    expect(() => mustBeAllowed(told.state(), 'mia', 'run', 'stop')).toThrow(
      /not-authorised: rule=role .*the role of manager does not run while ada is commander.*firebreak role commander/,
    );
  });

  test('known from the workspace count for whoever has taken none, and taking one is always allowed', () => {
    const told = with_(['responder', 'ben']);
    told.happens(known('mia', ['manager']));
    expect(may(told, 'mia', 'run', 'stop')).toBe(false);
    told.does({ do: 'role', role: 'responder', person: 'mia' });
    expect(may(told, 'mia', 'run', 'stop')).toBe(true);
  });

  test('never keep somebody without any from containing, and keep closing for the commander who is there', () => {
    const told = with_(['commander', 'ada'], ['responder', 'ben']);
    expect(may(told, 'someone', 'run', 'stop')).toBe(true);
    expect(may(told, 'someone', 'close')).toBe(false);
    expect(may(told, 'ada', 'close')).toBe(true);
  });

  test('for which a step was written may take that step', () => {
    const told = with_(['commander', 'ada'], ['comms', 'nell'], ['scribe', 'tom'], ['responder', 'ben']);
    expect(may(told, 'nell', 'skip', 'ring')).toBe(true);
    expect(may(told, 'nell', 'skip', 'stop')).toBe(false);
    expect(may(told, 'tom', 'decide', 'risk')).toBe(false);
    expect(may(told, 'ada', 'decide', 'risk')).toBe(true);
  });

  test('of every kind may note, call and take a role', () => {
    for (const deed of ['note', 'call', 'role', 'approve', 'review'] as const)
      expect(mayDo[deed]).toHaveLength(7);
  });

  test('that the steps ahead want and nobody holds are named', () => {
    const told = with_(['responder', 'ada']);
    expect(unfilledRoles(told.state())).toEqual(['commander', 'comms', 'legal']);
    told.does({ do: 'role', role: 'commander', person: 'ada' });
    told.does({ do: 'skip', step: 'ring', reason: 'not now' });
    expect(unfilledRoles(told.state())).toEqual(['legal']);
  });
});
