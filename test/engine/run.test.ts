import { describe, expect, test } from 'vitest';
import { requestSha256 } from '../../src/engine/prepare.ts';
import { limits } from '../../src/model/limits.ts';
import { act } from '../incident/story.ts';
import { tiny } from './tiny.ts';

const kinds = (entries: readonly { kind: string }[]): readonly string[] =>
  entries.slice(2).map(({ kind }) => kind);
const unknown = () => Promise.resolve({ result: 'unknown', detail: 'the answer was lost' } as const);

describe('what is done to a system', () => {
  test('is in the journal before it is begun, with the state before, and its end and its proof after it', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])] });
    let atStart: readonly string[] = [];
    one.script.run = async (_name, outside) => {
      atStart = kinds(one.durable());
      await outside.keep({ was: 'on' }, { was: 'off' });
      expect(kinds(one.durable()).at(-1)).toBe('act.kept');
      one.switches.set('bridge', 'off');
      return { result: 'done', detail: 'turned' };
    };
    expect((await one.act('stop')).state).toBe('proved');
    expect(atStart).toEqual(['step.started', 'act.intent']);
    expect(kinds(one.durable())).toEqual([
      'step.started',
      'act.intent',
      'act.kept',
      'act.outcome',
      'act.verified',
      'step.finished',
    ]);
  });

  test('is proved on each target, and the step is finished with the last', async () => {
    const one = tiny();
    const report = await one.act('stop');
    expect(report).toMatchObject({
      state: 'proved',
      lines: [
        { is: 'proof', target: 'bridge' },
        { is: 'proof', target: 'token' },
      ],
    });
    expect(one.told.step('stop').status).toBe('done');
  });

  test('keeps the step open where the system still answers, or where it cannot be told', async () => {
    const one = tiny();
    one.script.verify = (name) =>
      Promise.resolve(
        name === 'bridge' ? { is: 'refuted', how: 'lit' } : { is: 'unproved', how: 'no answer' },
      );
    expect((await one.act('stop')).state).toBe('failed');
    expect(one.told.step('stop')).toMatchObject({
      status: 'fail',
      because: 'the system still answers for bridge',
    });
    delete one.script.verify;
    expect((await one.recheck('stop')).state).toBe('proved');
    expect(one.told.step('stop').status).toBe('done');
  });

  test('that is refused is a failure on that target, and the others go on', async () => {
    const one = tiny();
    one.script.run = (name) =>
      Promise.resolve(
        name === 'bridge'
          ? { result: 'forbidden', detail: 'no scope', http: 403 }
          : { result: 'done', detail: 'ok' },
      );
    one.switches.set('token', 'off');
    expect((await one.act('stop')).state).toBe('failed');
    expect(one.told.step('stop')).toMatchObject({ status: 'fail', because: 'it did not work on bridge' });
    expect(one.calls).toEqual(['run bridge', 'run token', 'verify token']);
  });

  test('that is only queued is asked about until it is done', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])] });
    let asked = 0;
    one.script.run = () => Promise.resolve({ result: 'accepted', detail: 'queued' });
    one.script.verify = () =>
      Promise.resolve((asked += 1) < 4 ? { is: 'refuted', how: 'lit' } : { is: 'proved', how: 'dark' });
    expect((await one.act('stop')).state).toBe('proved');
    expect(asked).toBe(4);
    expect(one.clock.slept()).toBe(3 * limits.pollMs);
  });

  test('that stays queued past the deadline keeps the step open', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])] });
    one.script.run = () => Promise.resolve({ result: 'accepted', detail: 'queued' });
    expect((await one.act('stop')).state).toBe('unproved');
    expect(one.clock.slept()).toBe(limits.pollDeadlineMs);
    expect(one.told.step('stop').status).toBe('now');
  });

  test('is not begun without a target, and says so', async () => {
    const one = tiny({ steps: [act('stop', [])] });
    await expect(one.act('stop')).rejects.toThrow(/step-not-ready.*no targets/);
    expect(one.durable()).toHaveLength(2);
  });

  test('stops between two targets when the person leaves; the rest is not called proved', async () => {
    const leaving = new AbortController();
    const one = tiny({ signal: leaving.signal });
    one.script.verify = () => {
      leaving.abort();
      return Promise.resolve({ is: 'proved', how: 'dark' });
    };
    expect((await one.act('stop')).state).toBe('unproved');
    expect(one.calls).toEqual(['run bridge', 'verify bridge']);
    expect(one.told.step('stop').status).not.toBe('done');
  });
});

describe('an outcome that is not known', () => {
  test('is settled at once where the system shows that it happened', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])], retry: 'D' });
    one.script.run = async () => {
      one.switches.set('bridge', 'off');
      return await unknown();
    };
    expect((await one.act('stop')).state).toBe('proved');
    const [attempt] = [...one.told.state().acts.values()];
    expect(attempt).toMatchObject({ result: 'done', settledBy: 'tool', proof: 'proved' });
    expect(one.calls).toEqual(['run bridge', 'verify bridge']);
  });

  test.each(['A', 'B'] as const)(
    'of class %s is a failure once the system shows that it did not happen',
    async (retry) => {
      const one = tiny({ steps: [act('stop', ['bridge'])], retry });
      one.script.run = unknown;
      expect((await one.act('stop')).state).toBe('failed');
      expect(one.told.step('stop').status).toBe('fail');
    },
  );

  test.each(['C', 'D'] as const)(
    'of class %s stays unsure while a request could still be under way',
    async (retry) => {
      const one = tiny({ steps: [act('stop', ['bridge'])], retry });
      one.script.run = unknown;
      expect((await one.act('stop')).state).toBe('unsure');
      expect(one.told.step('stop').status).toBe('unsure');
      await one.clock.sleep(limits.inFlightMs - 1);
      expect((await one.recheck('stop')).state).toBe('unsure');
      await one.clock.sleep(1);
      expect((await one.recheck('stop')).state).toBe('failed');
      expect(one.told.step('stop').status).toBe('fail');
      expect(one.calls.filter((call) => call.startsWith('run'))).toHaveLength(1);
    },
  );

  test('stays unsure while the system cannot be asked either', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])] });
    one.script.run = unknown;
    one.script.verify = () => Promise.reject(new Error('down'));
    expect((await one.act('stop')).state).toBe('unsure');
    expect(one.told.step('stop').status).toBe('unsure');
  });

  test('is what a connector that falls over leaves: it may have acted', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])], retry: 'D' });
    one.script.run = () => Promise.reject(new TypeError('undefined is not a function'));
    expect((await one.act('stop')).state).toBe('unsure');
    const [attempt] = [...one.told.state().acts.values()];
    expect(attempt?.result).toBe('unknown');
    expect(one.engine.ledger.reveal({ n: attempt?.outcome ?? 0, name: 'detail' })).toBe(
      'the connector failed: undefined is not a function',
    );
  });

  test('is never repeated before it is settled', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])], retry: 'D' });
    one.script.run = unknown;
    await one.act('stop');
    await expect(one.act('stop')).rejects.toThrow(/outcome-unknown: targets=bridge/);
    expect(one.calls.filter((call) => call.startsWith('run'))).toHaveLength(1);
  });

  test('is not repeated outside a step either', async () => {
    const one = tiny({ retry: 'D' });
    one.script.run = unknown;
    const alone = {
      ...one.request('stop'),
      step: null,
      title: 'Pause bridge',
      targets: one.request('stop').targets.slice(0, 1),
    };
    const again = { ...(await one.prepare('stop')), step: null, request: alone };
    const prepared = { ...again, sha256: requestSha256(alone) };
    expect((await one.confirm(prepared, { yes: true })).state).toBe('unsure');
    await expect(one.confirm(prepared, { yes: true })).rejects.toThrow(/outcome-unknown: targets=bridge/);
    await one.clock.sleep(limits.inFlightMs);
    expect((await one.recheck()).state).toBe('failed');
    delete one.script.run;
    expect((await one.confirm({ ...prepared, at: one.clock.now() }, { yes: true })).state).toBe('proved');
  });

  test('does not stop the targets before it from counting, nor are they done again', async () => {
    const one = tiny({ retry: 'B' });
    one.script.run = (name) => {
      if (name === 'token') return Promise.resolve({ result: 'failed', detail: 'no' });
      one.switches.set(name, 'off');
      return Promise.resolve({ result: 'done', detail: 'ok' });
    };
    await one.act('stop');
    delete one.script.run;
    expect((await one.act('stop')).state).toBe('proved');
    expect(one.calls.filter((call) => call.startsWith('run'))).toEqual([
      'run bridge',
      'run token',
      'run token',
    ]);
  });
});
