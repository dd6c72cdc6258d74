import { describe, expect, test } from 'vitest';
import { Problem } from '../../src/base/problem.ts';
import { requestSha256 } from '../../src/engine/prepare.ts';
import { drillSecrets } from '../../src/io/secrets.ts';
import type { Secrets } from '../../src/io/secrets.ts';
import { limits } from '../../src/model/limits.ts';
import { act } from '../incident/story.ts';
import { tiny } from './tiny.ts';

const kinds = (entries: readonly { kind: string }[]): readonly string[] => entries.slice(2).map(({ kind }) => kind);
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
    expect(kinds(one.durable())).toEqual(['step.started', 'act.intent', 'act.kept', 'act.outcome', 'act.verified', 'step.finished']);
  });

  test('is proved on each target, and the step is finished with the last', async () => {
    const one = tiny();
    const report = await one.act('stop');
    expect(report).toMatchObject({ state: 'proved', lines: [{ is: 'proof', target: 'bridge' }, { is: 'proof', target: 'token' }] });
    expect(one.told.step('stop').status).toBe('done');
  });

  test('keeps the step open where the system still answers, or where it cannot be told', async () => {
    const one = tiny();
    one.script.verify = (name) => Promise.resolve(name === 'bridge' ? { is: 'refuted', how: 'lit' } : { is: 'unproved', how: 'no answer' });
    expect((await one.act('stop')).state).toBe('failed');
    expect(one.told.step('stop')).toMatchObject({ status: 'fail', because: 'the system still answers for bridge' });
    delete one.script.verify;
    expect((await one.recheck('stop')).state).toBe('proved');
    expect(one.told.step('stop').status).toBe('done');
  });

  test('that is refused is a failure on that target, and the others go on', async () => {
    const one = tiny();
    one.script.run = (name) => Promise.resolve(name === 'bridge' ? { result: 'forbidden', detail: 'no scope', http: 403 } : { result: 'done', detail: 'ok' });
    one.switches.set('token', 'off');
    expect((await one.act('stop')).state).toBe('failed');
    expect(one.told.step('stop')).toMatchObject({ status: 'fail', because: 'it did not work on bridge' });
    expect(one.calls).toEqual(['run bridge', 'run token', 'verify token']);
  });

  test('that is only queued is asked about until it is done', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])] });
    let asked = 0;
    one.script.run = () => Promise.resolve({ result: 'accepted', detail: 'queued' });
    one.script.verify = () => Promise.resolve((asked += 1) < 4 ? { is: 'refuted', how: 'lit' } : { is: 'proved', how: 'dark' });
    expect((await one.act('stop')).state).toBe('proved');
    expect(asked).toBe(4);
    expect(one.clock.slept()).toBe(3 * limits.pollMs);
  });

  test('that stays queued past the deadline keeps the step open', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])] });
    one.script.run = () => Promise.resolve({ result: 'accepted', detail: 'queued' });
    expect((await one.act('stop')).state).toBe('failed');
    expect(one.clock.slept()).toBe(limits.pollDeadlineMs);
    expect(one.told.step('stop').status).toBe('fail');
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

  test.each(['A', 'B'] as const)('of class %s is a failure once the system shows that it did not happen', async (retry) => {
    const one = tiny({ steps: [act('stop', ['bridge'])], retry });
    one.script.run = unknown;
    expect((await one.act('stop')).state).toBe('failed');
    expect(one.told.step('stop').status).toBe('fail');
  });

  test.each(['C', 'D'] as const)('of class %s stays unsure while a request could still be under way', async (retry) => {
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
  });

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
    expect(one.engine.ledger.reveal({ n: attempt?.outcome ?? 0, name: 'detail' })).toBe('the connector failed: undefined is not a function');
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
    const alone = { ...one.request('stop'), step: null, title: 'Pause bridge', targets: one.request('stop').targets.slice(0, 1) };
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
    expect(one.calls.filter((call) => call.startsWith('run'))).toEqual(['run bridge', 'run token', 'run token']);
  });
});

describe('what is missing', () => {
  const lacking = (): Secrets & { have: Set<string> } => {
    const have = new Set<string>();
    const made = drillSecrets((name) => `made-${name}`);
    return {
      ...made,
      have,
      resolve: async (ref, name) => {
        if (!have.has(name)) throw new Problem('missing-secret', { name, ref: 'env TINY_TOKEN', why: 'it is not set' });
        return await made.resolve(ref, name);
      },
    };
  };

  test('a secret that is missing is named, its target is by hand, and the others go on', async () => {
    const one = tiny({ secrets: lacking(), needs: ['token'] });
    const prepared = await one.prepare('stop');
    expect(prepared.targets[0]?.byHand).toMatchObject({ why: 'the secret tiny.token is missing (env TINY_TOKEN: it is not set)', manual: { where: 'The panel' } });
    expect(prepared.friction).toBe('enter');
    const report = await one.confirm(prepared, {});
    expect(report).toMatchObject({ state: 'by-hand', lines: [{ is: 'by-hand', target: 'bridge' }, { is: 'by-hand', target: 'token' }] });
    expect(one.calls).toEqual([]);
    expect(one.told.step('stop').status).toBe('now');
  });

  test('what was shown as work for a person is not done by the tool when the secret turns up meanwhile', async () => {
    const secrets = lacking();
    const one = tiny({ secrets, needs: ['token'] });
    const prepared = await one.prepare('stop');
    secrets.have.add('tiny.token');
    expect((await one.confirm(prepared, {})).state).toBe('by-hand');
    expect(one.calls).toEqual([]);
    expect((await one.act('stop')).state).toBe('proved');
  });

  test('a row without a connector is by hand while its neighbours are done', async () => {
    const step = act('stop', ['bridge']);
    const one = tiny({ steps: [{ ...step, targets: [...step.targets, { item: 'fax', instance: null, connector: null, action: null }] }] });
    const report = await one.act('stop');
    expect(report).toMatchObject({ state: 'by-hand', lines: [{ is: 'proof', target: 'bridge' }, { is: 'by-hand', target: 'fax', why: 'no connector is configured for it' }] });
    expect(one.told.step('stop').status).toBe('now');
  });

  test('a system that cannot even be looked at can still be told to stop', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])] });
    one.script.preview = () => Promise.reject(new DOMException('too slow', 'TimeoutError'));
    const prepared = await one.prepare('stop');
    expect(prepared.targets[0]?.preview).toMatchObject({ now: 'unknown', warnings: ['it could not be asked: too slow'] });
    expect((await one.confirm(prepared, { yes: true })).state).toBe('proved');
  });
});

describe('consent', () => {
  const severe = act('stop', ['bridge'], { effect: 'irreversible', friction: 'type-target' });

  test('by Enter is none: a pause wants a yes', async () => {
    const one = tiny();
    const prepared = await one.prepare('stop');
    await expect(one.confirm(prepared, {})).rejects.toThrow(/needs-confirmation.*with=yes/);
    await expect(one.confirm(prepared, { yes: false, typed: 'y' })).rejects.toThrow(/needs-confirmation/);
    expect(one.calls).toEqual([]);
    expect(one.durable()).toHaveLength(2);
  });

  test.each(['', 'bridg', 'Bridge', 'bridge ', ' bridge', 'bridge\n'])('to what cannot be taken back is the exact name, not %j', async (typed) => {
    const one = tiny({ steps: [severe] });
    const prepared = await one.prepare('stop');
    expect(prepared.phrase).toBe('bridge');
    await expect(one.confirm(prepared, { yes: true, typed })).rejects.toThrow(/needs-confirmation.*with=bridge/);
    expect(one.calls).toEqual([]);
  });

  test('to several targets is the name of the step', async () => {
    const one = tiny({ steps: [{ ...severe, ...act('stop', ['bridge', 'token'], { friction: 'type-target' }) }] });
    const prepared = await one.prepare('stop');
    expect(prepared.phrase).toBe('stop');
    expect((await one.confirm(prepared, { typed: 'stop' })).state).toBe('proved');
  });

  test('of a second person that is missing is overridden with a typed reason, masked and written first', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'], { approvals: 1 })] });
    const prepared = await one.prepare('stop');
    await expect(one.confirm(prepared, { yes: true })).rejects.toThrow(/needs-confirmation.*OVERRIDE/);
    await expect(one.confirm(prepared, { yes: true, reason: '  ' })).rejects.toThrow(/needs-confirmation/);
    await one.confirm(prepared, { yes: true, reason: 'Nobody answers; token EAAabcdefghijklmnop1234' });
    expect(kinds(one.durable()).slice(0, 3)).toEqual(['step.started', 'override.taken', 'act.intent']);
    expect(one.told.state().overrides).toMatchObject([{ step: 'stop', what: 'approval', by: 'ada' }]);
    expect(one.engine.ledger.reveal({ n: one.told.state().overrides[0]?.n ?? 0, name: 'reason' })).toBe('Nobody answers; token [token EAA…]');
  });

  test('is to this plan: with another target, or another plan, nothing is sent', async () => {
    const one = tiny();
    const prepared = await one.prepare('stop');
    const request = one.request('stop');
    const less = { ...request, targets: request.targets.slice(1) };
    const other = { ...request, planSha256: 'cd'.repeat(32) };
    const input = { ...request, input: { hard: true } };
    for (const again of [less, other, input]) await expect(one.confirm(prepared, { yes: true }, again)).rejects.toThrow(/plan-changed/);
    expect(one.calls).toEqual([]);
    expect(one.durable()).toHaveLength(2);
  });

  test('is as old as its preview: after five minutes it is asked again', async () => {
    const one = tiny();
    const prepared = await one.prepare('stop');
    await one.clock.sleep(limits.previewMaxAgeMs);
    await expect(one.confirm({ ...prepared, at: prepared.at }, { yes: true })).resolves.toMatchObject({ state: 'proved' });
    const two = tiny();
    const older = await two.prepare('stop');
    await two.clock.sleep(limits.previewMaxAgeMs + 1);
    await expect(two.confirm(older, { yes: true })).rejects.toThrow(/plan-changed.*older than 5 minutes/);
    expect(two.calls).toEqual([]);
  });

  test('is asked for evidence that would be lost', async () => {
    const one = tiny();
    const prepared = await one.prepare('stop');
    await expect(one.confirm({ ...prepared, preserve: ['copy-logs'] }, { yes: true })).rejects.toThrow(/needs-confirmation.*preserve=copy-logs/);
    expect(one.calls).toEqual([]);
  });
});

describe('an undo', () => {
  test('restores what was kept, opens the step again and says that it restored', async () => {
    const one = tiny();
    one.switches.set('token', 'off');
    await one.act('stop');
    expect((await one.act('stop', 'undo')).state).toBe('restored');
    expect([...one.switches]).toEqual([['bridge', 'on'], ['token', 'off'], ['hook', 'on']]);
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

  test('without a state before is for a person, and nothing is sent', async () => {
    const one = tiny({ steps: [act('stop', ['bridge'])] });
    one.script.run = () => Promise.resolve({ result: 'done', detail: 'ok' });
    one.switches.set('bridge', 'off');
    await one.act('stop');
    const report = await one.act('stop', 'undo');
    expect(report).toMatchObject({ state: 'by-hand', lines: [{ why: 'the state before was not recorded, so it cannot be restored exactly' }] });
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
