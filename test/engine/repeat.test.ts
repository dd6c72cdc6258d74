import { describe, expect, test } from 'vitest';
import { limits } from '../../src/model/limits.ts';
import { act } from '../incident/story.ts';
import { tiny, type Tiny } from './tiny.ts';

/** What happens when a step is run once more, by what the vendor makes of a repeat. */

const unproved = () => Promise.resolve({ is: 'unproved', how: 'it cannot be asked' } as const);
const runs = (one: Tiny): readonly string[] => one.calls.filter((call) => call.startsWith('run'));

describe('a step that is run once more', () => {
  test.each(['A', 'C', 'D'] as const)(
    'does not do again what the system took, class %s, where no proof can be had',
    async (retry) => {
      const one = tiny({ retry });
      one.script.verify = unproved;
      const refuse = one.script;
      refuse.run = (name) =>
        Promise.resolve(
          name === 'token'
            ? { result: 'failed', detail: 'no', http: 400 }
            : { result: 'done', detail: 'ok', http: 200 },
        );
      await one.act('stop');
      const again = await one.act('stop');
      expect(runs(one)).toEqual(['run bridge', 'run token', 'run token']);
      expect(again.state).not.toBe('proved');
      expect(again.lines[0]).toMatchObject({ is: 'proof', target: 'bridge', proof: { is: 'unproved' } });
    },
  );

  test('asks again for a state, where asking twice is asking once', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])], retry: 'B' });
    one.script.verify = unproved;
    await one.act('stop');
    await one.act('stop');
    expect(runs(one)).toHaveLength(2);
  });

  test('does again what was done and is on once more', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])], retry: 'D' });
    await one.act('stop');
    one.switches.set('bridge', 'on');
    await one.recheck('stop');
    await one.act('stop');
    expect(runs(one)).toHaveLength(2);
  });
});

describe('a step that was proved', () => {
  test('is not called proved from memory where the system was just seen on again', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])] });
    one.script.preview = () =>
      Promise.resolve({
        calls: [],
        breaks: [],
        now: one.switches.get('bridge') === 'off' ? 'already' : 'active',
        warnings: [],
      });
    await one.act('stop');
    expect(runs(one)).toHaveLength(1);
    // Off, as it should be: nothing is sent and nobody is asked once more.
    const asked = one.calls.length;
    expect((await one.act('stop')).state).toBe('proved');
    expect(one.calls).toHaveLength(asked);
    one.switches.set('bridge', 'on');
    expect((await one.act('stop')).state).toBe('proved');
    expect(one.switches.get('bridge')).toBe('off');
    expect([...one.told.state().acts.values()].map(({ drifts }) => drifts.length)).toEqual([1, 0]);
  });
});

describe('the idempotency key of a repeat', () => {
  const keysOf = async (retry: 'A' | 'B', first: 'lost' | 'refused'): Promise<readonly string[]> => {
    const one = tiny({ steps: [act('stop', ['bridge'])], retry });
    const keys: string[] = [];
    one.script.run = (_name, { key }) => {
      keys.push(key);
      return Promise.resolve(
        keys.length > 1
          ? { result: 'done', detail: 'ok' }
          : { result: first === 'lost' ? 'unknown' : 'failed', detail: 'no' },
      );
    };
    await one.act('stop');
    await one.act('stop');
    return keys;
  };

  test('is not trusted once the vendor may have forgotten it: the system is asked, and a person where it cannot tell', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])], retry: 'A' });
    one.script.run = () => {
      one.switches.set('bridge', 'off');
      return Promise.resolve({ result: 'unknown', detail: 'cut' });
    };
    one.script.verify = unproved;
    await one.act('stop');
    await one.clock.sleep(limits.keyHonouredMs);
    await expect(one.act('stop')).rejects.toThrow(/outcome-unknown/);
    expect(runs(one)).toHaveLength(1);
    delete one.script.verify;
    expect((await one.act('stop')).state).toBe('proved');
    expect(runs(one)).toHaveLength(1);
  });

  test('is the same where the answer was lost: the first request may still arrive', async () => {
    const [first, second] = await keysOf('A', 'lost');
    expect(second).toBe(first);
  });

  test('is another one after a refusal, which a vendor would only repeat', async () => {
    const [first, second] = await keysOf('A', 'refused');
    expect(second).not.toBe(first);
  });

  test('is another one where the vendor honours none', async () => {
    const [first, second] = await keysOf('B', 'lost');
    expect(second).not.toBe(first);
  });
});
