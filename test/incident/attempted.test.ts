import { describe, expect, test } from 'vitest';
import { progress } from '../../src/incident/ready.ts';
import { act, intent, outcome, story, verified } from './story.ts';

/** A step that was finished, and what happens to its targets afterwards. */

describe('a finished step', () => {
  test('that was switched on again is not done until another try of it is proved', () => {
    const told = story([act('stop', ['bridge'])]);
    const bridge = told.happens(intent('stop', 'bridge'));
    told.happens(outcome(bridge, 'stop', 'bridge', 'done'));
    told.happens(verified(bridge, 'stop', 'bridge', 'proved'), {
      kind: 'step.finished',
      pub: { step: 'stop', how: 'acted' },
    });
    told.happens(verified(bridge, 'stop', 'bridge', 'refuted'));
    const again = told.happens(intent('stop', 'bridge'));
    expect(told.step('stop').status).toBe('unsure');
    told.happens(outcome(again, 'stop', 'bridge', 'forbidden'));
    expect(told.step('stop')).toMatchObject({ status: 'fail', because: 'it did not work on bridge' });
    const third = told.happens(intent('stop', 'bridge'));
    told.happens(outcome(third, 'stop', 'bridge', 'done'));
    expect(told.step('stop')).toMatchObject({ status: 'now', because: 'not proved yet for bridge' });
    told.happens(verified(third, 'stop', 'bridge', 'proved'));
    expect(told.step('stop').status).toBe('done');
  });

  test('is open again for what its fact names only since it was finished', () => {
    const told = story([act('named', ['bridge', 'token', 'hook'], { from_fact: 'leaked' })]);
    const names = (...ids: readonly string[]) => ({ is: 'items', ids }) as const;
    told.does({ do: 'learn', fact: 'leaked', answer: names('bridge') });
    const bridge = told.happens(intent('named', 'bridge'));
    told.happens(outcome(bridge, 'named', 'bridge', 'done'), verified(bridge, 'named', 'bridge', 'proved'), {
      kind: 'step.finished',
      pub: { step: 'named', how: 'acted' },
    });
    expect(told.step('named').status).toBe('done');
    const correct = (...ids: readonly string[]) =>
      told.does({ do: 'correct', fact: 'leaked', answer: names(...ids), reason: 'One more was found' });
    correct('bridge', 'token');
    expect(told.step('named')).toMatchObject({
      status: 'now',
      because: 'named since it was finished, and not done: token',
    });
    expect(progress(told.state()).done).toBe(0);
    const token = told.happens(intent('named', 'token'));
    expect(told.step('named').status).toBe('unsure');
    told.happens(outcome(token, 'named', 'token', 'forbidden'));
    expect(told.step('named')).toMatchObject({ status: 'fail', because: 'it did not work on token' });
    const again = told.happens(intent('named', 'token'));
    told.happens(outcome(again, 'named', 'token', 'done'), verified(again, 'named', 'token', 'proved'));
    expect(told.step('named').status).toBe('done');
    correct('bridge');
    expect(told.step('named').status).toBe('done');
  });

  test('that a person did by hand is open again for what is named since', () => {
    const told = story([act('named', ['bridge', 'token', 'hook'], { from_fact: 'leaked' })]);
    told.does({ do: 'learn', fact: 'leaked', answer: { is: 'items', ids: ['bridge'] } });
    told.does({ do: 'tick', step: 'named', result: 'Paused in the console, seen off' });
    expect(told.step('named').status).toBe('hand');
    const both = { is: 'items', ids: ['bridge', 'hook'] } as const;
    told.does({ do: 'correct', fact: 'leaked', answer: both, reason: 'One more was found' });
    expect(told.step('named').because).toBe('named since it was finished, and not done: hook');
  });
});
