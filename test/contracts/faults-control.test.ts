import { expect, test } from 'vitest';
import { status } from '../faults/answers.ts';
import { everyone, firstWrite, tried } from './faults.ts';
import type { Twist } from './faults.ts';

/** The eyes of the fault suite on actions that are wrong: one that calls what happened a failure, and one that does it twice. */

const wrong = async (connector: string, action: string, twist: Twist): Promise<readonly string[]> => {
  const member = everyone.find(({ name }) => name === connector);
  const one = member?.fixture?.cases.find((each) => each.action === action);
  if (member === undefined || one === undefined) throw new Error(`no case for ${connector} ${action}`);
  const from = (await firstWrite(member, one))?.place ?? null;
  return await tried(member, one, { fault: { answer: status(500), once: true }, how: {}, from, twist });
};
test('an action that lies is caught, and one that acts twice', async () => {
  const liar: Twist = (action) => ({
    ...action,
    run: async (input, outside) => ({
      ...(await action.run(input, outside)),
      result: 'failed',
      detail: 'pausing it: answered 500',
    }),
  });
  const twice: Twist = (action) => ({
    ...action,
    run: async (input, outside) => {
      await action.run(input, { ...outside, key: 'another intent' });
      return await action.run(input, outside);
    },
  });
  expect((await wrong('stripe', 'pause-endpoint', liar)).join('\n')).toMatch(
    /^it happened, and is called not done/,
  );
  expect((await wrong('slack', 'post-status', twice)).join('\n')).toMatch(/done [2-9] times/);
  expect(await wrong('stripe', 'pause-endpoint', (action) => action)).toEqual([]);
});
