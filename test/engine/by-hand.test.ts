import { describe, expect, test } from 'vitest';
import { aboutStep } from '../../src/incident/about-step.ts';
import { progress } from '../../src/incident/ready.ts';
import { instant } from '../../src/base/instant.ts';
import { containment, driftAlarms } from '../../src/projections/containment.ts';
import { tiny } from './tiny.ts';
import type { Tiny } from './tiny.ts';

/** A person records a step; what they did at the panel, the test does. */
const record = async (one: Tiny): Promise<void> => {
  await one.engine.ledger.append(
    aboutStep(
      one.told.state(),
      { do: 'tick', step: 'stop', result: 'turned off at the panel' },
      { actor: 'ada', now: instant(0), fingerprint: () => '', mask: (text) => text },
    ),
  );
  await one.recheck('stop');
};
const words = (one: Tiny): readonly string[] =>
  containment(one.told.state(), () => null).targets.map(({ word }) => word);
const status = (one: Tiny) => progress(one.told.state()).steps.find(({ step }) => step.id === 'stop');

describe('what a person does at the vendor', () => {
  test('is proved by asking the system, though the tool has no way to do it', async () => {
    const one = tiny({ noApi: true });
    for (const name of ['bridge', 'token']) one.switches.set(name, 'off');
    await record(one);
    expect(words(one)).toEqual([
      'by hand, proved: the system itself confirms it',
      'by hand, proved: the system itself confirms it',
    ]);
    expect(one.calls).toEqual(['verify bridge', 'verify token']);
    expect(containment(one.told.state(), () => null).bleeding).toBe('no');
    expect(status(one)?.status).toBe('hand');
  });

  test('is not taken for stopped where the system still answers', async () => {
    const one = tiny({ noApi: true });
    one.switches.set('bridge', 'off');
    await record(one);
    expect(words(one)[1]).toBe('by hand, and NOT stopped: the system still answers');
    expect(status(one)).toMatchObject({
      status: 'fail',
      because: 'done by hand, and the system still answers: token',
    });
    // Nobody turned it back on: it never was off.
    expect(driftAlarms(containment(one.told.state(), () => null))).toEqual([]);
  });

  test('stays by hand, not proved, where the system cannot tell', async () => {
    const one = tiny({ noApi: true });
    one.script.verify = async () => await Promise.resolve({ is: 'unproved', how: 'it does not say' });
    await record(one);
    expect(words(one)[0]).toBe('by hand, not proved: the system was asked and could not tell');
    expect(status(one)?.status).toBe('hand');
  });
});

describe('somebody turned it back on', () => {
  test.each([
    ['after the tool stopped it', undefined],
    ['after a person stopped it', true as const],
  ])('%s: a check finds it, and it is an alarm until it is stopped again', async (_title, noApi) => {
    const one = tiny(noApi === undefined ? {} : { noApi });
    if (noApi === true) {
      for (const name of ['bridge', 'token']) one.switches.set(name, 'off');
      await record(one);
    } else await one.act('stop');
    expect(driftAlarms(containment(one.told.state(), () => null))).toEqual([]);
    one.switches.set('token', 'on');
    await one.recheck();
    const view = containment(one.told.state(), () => null);
    expect(driftAlarms(view)).toHaveLength(1);
    expect(view.bleeding).toBe('yes');
    expect(view.targets[1]?.word).toMatch(/^ON AGAIN: /);
    expect(status(one)).toMatchObject({
      status: 'fail',
      because: 'it was proved off and answers again: token',
    });
    one.switches.set('token', 'off');
    await one.recheck();
    expect(driftAlarms(containment(one.told.state(), () => null))).toEqual([]);
  });
});
