import { describe, expect, test } from 'vitest';
import { limits } from '../../src/model/limits.ts';
import { act } from '../incident/story.ts';
import { tiny } from './tiny.ts';

describe('an undo', () => {
  test('restores what was kept, opens the step again and says that it restored', async () => {
    const one = tiny();
    one.switches.set('token', 'off');
    await one.act('stop');
    expect((await one.act('stop', 'undo')).state).toBe('restored');
    expect([...one.switches]).toEqual([
      ['bridge', 'on'],
      ['token', 'off'],
      ['hook', 'on'],
    ]);
    expect(one.told.step('stop').status).toBe('now');
    expect([...one.told.state().acts.values()].filter(({ undone }) => undone)).toHaveLength(2);
  });

  test('can be followed by doing it again', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])] });
    await one.act('stop');
    await one.act('stop', 'undo');
    expect((await one.act('stop')).state).toBe('proved');
    expect(one.switches.get('bridge')).toBe('off');
    expect(one.told.step('stop').status).toBe('done');
  });

  test('leads back behind the first attempt that still stands, not to what the second one found', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])] });
    one.script.verify = () => Promise.resolve({ is: 'unproved', how: 'no answer' });
    await one.act('stop');
    await one.act('stop');
    delete one.script.verify;
    await one.act('stop', 'undo');
    expect(one.switches.get('bridge')).toBe('on');
  });

  test('leads not back behind an attempt that changed nothing: what somebody else switched off since stays off', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])] });
    one.script.run = async (_name, { keep }) => {
      await keep({ was: 'on' }, { was: 'off' });
      return { result: 'forbidden', detail: 'not with this token', http: 403, receipt: { was: 'on' } };
    };
    await one.act('stop');
    delete one.script.run;
    one.switches.set('bridge', 'off');
    await one.act('stop');
    await one.act('stop', 'undo');
    expect(one.switches.get('bridge')).toBe('off');
  });

  test('of what was never changed sends nothing', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])] });
    one.script.run = () =>
      Promise.resolve({ result: 'forbidden', detail: 'no', http: 403, receipt: { was: 'on' } });
    await one.act('stop');
    one.switches.set('bridge', 'off');
    const report = await one.act('stop', 'undo');
    expect(report.lines[0]).toMatchObject({
      is: 'by-hand',
      why: 'no attempt of ours changed it, so there is nothing to take back',
    });
    expect(one.calls).not.toContain('undo bridge');
  });

  test('without a state before is for a person, and nothing is sent', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])] });
    one.script.run = () => Promise.resolve({ result: 'done', detail: 'ok' });
    one.switches.set('bridge', 'off');
    await one.act('stop');
    const report = await one.act('stop', 'undo');
    expect(report).toMatchObject({
      state: 'by-hand',
      lines: [{ why: 'the state before was not recorded, so it cannot be restored exactly' }],
    });
    expect(one.calls).not.toContain('undo bridge');
    expect(one.told.step('stop').status).toBe('done');
  });

  test('that fails leaves the step as it was', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])] });
    await one.act('stop');
    one.script.undo = () => Promise.resolve({ result: 'failed', detail: 'somebody else has changed it' });
    expect((await one.act('stop', 'undo')).state).toBe('failed');
    expect(one.told.step('stop').status).toBe('done');
  });

  test('whose end nobody knows makes the step unsure, is not repeated, and is read off the system', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])], retry: 'D' });
    await one.act('stop');
    one.script.undo = () => {
      one.switches.set('bridge', 'on');
      return Promise.resolve({ result: 'unknown', detail: 'cut' });
    };
    expect((await one.act('stop', 'undo')).state).toBe('unsure');
    expect(one.told.step('stop').status).toBe('unsure');
    await expect(one.act('stop', 'undo')).rejects.toThrow(/outcome-unknown/);
    await expect(one.act('stop')).rejects.toThrow(/outcome-unknown/);
    await one.recheck('stop');
    expect(one.told.step('stop').status).toBe('now');
    expect([...one.told.state().acts.values()].map(({ undone }) => undone)).toEqual([true, false]);
  });

  test('that did not happen leaves the step done, once no request can be under way any more', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])], retry: 'D' });
    await one.act('stop');
    one.script.undo = () => Promise.resolve({ result: 'unknown', detail: 'cut' });
    await one.act('stop', 'undo');
    await one.recheck('stop');
    expect(one.told.step('stop').status).toBe('unsure');
    await one.clock.sleep(limits.inFlightMs);
    await one.recheck('stop');
    expect(one.told.step('stop').status).toBe('done');
  });
});

describe('asking again', () => {
  test('catches somebody turning it back on', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])] });
    await one.act('stop');
    one.switches.set('bridge', 'on');
    expect((await one.recheck()).state).toBe('failed');
    expect([...one.told.state().acts.values()][0]?.proof).toBe('refuted');
  });

  test('changes nothing at the system', async () => {
    const one = tiny();
    await one.act('stop');
    const before = one.calls.filter((call) => !call.startsWith('verify'));
    await one.recheck();
    expect(one.calls.filter((call) => !call.startsWith('verify'))).toEqual(before);
  });

  test('of nothing says nothing against anybody', async () => {
    expect(await tiny().recheck()).toEqual({ lines: [], state: 'proved' });
  });
});
