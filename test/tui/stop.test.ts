import { expect, test, vi } from 'vitest';
import type { RunReport } from '../../src/app/contract.ts';
import { key, opened, seen, toStep } from '../rig/keyboard.ts';

const REVOKE = 4;
const WEBHOOKS = 5;

/** A run that goes on until it is let go; nobody may wait for the app to be idle meanwhile. */
const running = async (step: number, confirm: (one: ReturnType<typeof opened>) => Promise<void>) => {
  const one = opened();
  let end: (state: RunReport['state']) => void = () => undefined;
  let stop: AbortSignal | undefined;
  Object.assign(one.app.incident(), {
    run: async (...[, , , signal]: readonly [unknown, unknown, unknown, AbortSignal]) => {
      stop = signal;
      return await new Promise<RunReport>((resolve) => {
        end = (state) => resolve({ lines: [], state });
      });
    },
  });
  await toStep(one.press, step);
  await one.press('x');
  await confirm(one);
  await vi.waitFor(() => {
    expect(stop).toBeDefined();
  });
  return {
    ...one,
    stopped: () => stop?.aborted,
    send: (name: string) => one.store.send({ is: 'key', key: key(name) }),
    end: (state: RunReport['state']) => end(state),
  };
};

test('esc stops a run between two targets: nothing further is begun, and the screen says how to go on', async () => {
  const one = await running(WEBHOOKS, async ({ store }) => {
    store.send({ is: 'key', key: key('y') });
    await Promise.resolve();
  });
  expect(one.stopped()).toBe(false);
  one.send('esc');
  expect(one.stopped()).toBe(true);
  expect(seen(one.store)).toContain('Stopping after what is under way');
  one.end('stopped');
  await one.store.idle();
  expect(seen(one.store)).toContain('STOPPED between two targets');
  expect(seen(one.store).replaceAll(/\s+/g, ' ')).toContain(
    'running the step again goes on with what is left',
  );
});

test('esc does not pretend to call one target back', async () => {
  const one = await running(REVOKE, async ({ press, store, words }) => {
    await press('v');
    await words('wa-system-user-token');
    store.send({ is: 'key', key: key('enter') });
  });
  one.send('esc');
  expect(one.stopped()).toBe(false);
  expect(seen(one.store)).toContain('cannot be called back');
  one.end('proved');
  await one.store.idle();
});
