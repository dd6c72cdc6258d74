import { expect, test, vi } from 'vitest';
import type { OpenIncident, RunReport } from '../../src/app/contract.ts';
import { fakeApp, fakeIncident, prepared, report } from './fake-app.ts';
import { firebreak, send } from './rig.ts';

const [only] = prepared().targets;
const targetsOf = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    ...(only ?? { target: { item: '' } }),
    target: { item: `t${i}`, instance: 'meta', connector: 'meta', action: 'meta.revoke-token' },
  })) as unknown as ReturnType<typeof prepared>['targets'];

/** A run that goes on until it is stopped or let go. */
const running = (count: number) => {
  let end: (state: RunReport['state']) => void = () => undefined;
  let stop: AbortSignal | undefined;
  const run = vi.fn<OpenIncident['run']>(async (_prepared, _confirmation, _heard, signal) => {
    stop = signal;
    const state = await new Promise<RunReport['state']>((resolve) => {
      end = resolve;
    });
    return report(state);
  });
  const incident = fakeIncident({
    run,
    prepare: async () => await Promise.resolve(prepared({ targets: targetsOf(count), friction: 'yes' })),
  });
  const exits: number[] = [];
  const said = firebreak(['run', 'revoke-token', '--yes'], {
    app: fakeApp({ open: async () => await Promise.resolve(incident) }),
    exits,
  });
  const begun = async (): Promise<void> =>
    await vi.waitFor(() => {
      expect(run).toHaveBeenCalled();
    });
  return { said, exits, begun, stopped: () => stop?.aborted, end: (state: RunReport['state']) => end(state) };
};

test('Ctrl-C between the targets of a run lets what is under way end, and says how to go on', async () => {
  const one = running(30);
  await one.begun();
  expect(one.stopped()).toBe(false);
  send('SIGINT');
  expect(one.stopped()).toBe(true);
  expect(one.exits).toEqual([]);
  one.end('stopped');
  const { code, stdout, stderr } = await one.said;
  expect(code).toBe(6);
  expect(stderr).toContain('Stopping after what is under way; nothing further is begun.');
  expect(stdout).toContain('the same command goes on with what is left');
});

test('Ctrl-C again leaves at once', async () => {
  const one = running(30);
  await one.begun();
  send('SIGINT');
  send('SIGINT');
  await vi.waitFor(() => {
    expect(one.exits).toEqual([130]);
  });
  one.end('stopped');
  await one.said;
});

test('Ctrl-C during one target alone leaves at once: it cannot be stopped half way', async () => {
  const one = running(1);
  await one.begun();
  send('SIGINT');
  await vi.waitFor(() => {
    expect(one.exits).toEqual([130]);
  });
  expect(one.stopped()).toBe(false);
  one.end('proved');
  await one.said;
});

test('a signal that ends the machine does not wait for the targets', async () => {
  const one = running(30);
  await one.begun();
  send('SIGTERM');
  await vi.waitFor(() => {
    expect(one.exits).toEqual([143]);
  });
  one.end('stopped');
  await one.said;
});
