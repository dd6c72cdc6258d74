import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Json } from '../../src/base/canonical.ts';
import { simulator, startSimulator } from '../../src/connectors/simulator.ts';
import { at } from '../fakes/clock.ts';
import { rigOutside } from '../rig/outside.ts';

const counter = simulator<{ count: number }>({
  state: z.object({ count: z.int().default(0) }),
  respond: (state, ask) => {
    const next = ask.method === 'POST' ? { count: state.count + 1 } : state;
    return { state: next, answer: { status: 200, body: JSON.stringify(next) } };
  },
});

const setUp = async () => {
  const written: Json[] = [];
  const busy: number[] = [];
  const sim = await startSimulator({
    simulator: counter,
    seed: {},
    recipe: null,
    now: () => at('2026-03-01T09:00:00Z'),
    persist: (state) => void written.push(state),
    busy: (inFlight) => void busy.push(inFlight),
  });
  const { outside } = rigOutside({ baseUrl: sim.url });
  const send = async (method: string, path = '/', signal?: AbortSignal): Promise<number | string> =>
    await outside.http
      .fetch(`${sim.url}${path}`, { method, ...(signal === undefined ? {} : { signal }) })
      .then(
        (response) => response.status,
        (error: unknown) => (error instanceof Error ? error.name : 'odd'),
      );
  return { sim, written, busy, send };
};

test('a new state is written down before its answer leaves, and an old one is not written again', async () => {
  const { sim, written, busy, send } = await setUp();
  expect(written).toEqual([{ count: 0 }]);
  await send('POST');
  expect(written).toEqual([{ count: 0 }, { count: 1 }]);
  await send('GET');
  expect(written).toHaveLength(2);
  expect(busy).toEqual([1, 0, 1, 0]);
  await sim.close();
});

test('faults are used up one request at a time, where they are laid', async () => {
  const { sim, send } = await setUp();
  sim.fault({ is: 'status', status: 503, path: '/b' });
  sim.fault({ is: 'cut', method: 'POST' });
  expect(await send('GET', '/a')).toBe(200);
  expect(await send('GET', '/b')).toBe(503);
  expect(await send('GET', '/b')).toBe(200);
  expect(await send('POST', '/a')).toBe('NetworkError');
  expect(sim.state()).toEqual({ count: 0 });
  expect(await send('POST', '/a')).toBe(200);
  await sim.close();
});

test('a fault afterwards takes effect although no answer comes', async () => {
  const { sim, send } = await setUp();
  sim.fault({ is: 'cut-after' });
  sim.fault({ is: 'hang-after' });
  expect(await send('POST')).toBe('NetworkError');
  expect(await send('POST', '/', AbortSignal.timeout(100))).toBe('NetworkError');
  expect(sim.state()).toEqual({ count: 2 });
  await sim.close();
});

test('the director changes the world, in the form that the system has', async () => {
  const { sim, written } = await setUp();
  sim.change(() => ({ count: 7 }));
  expect(written.at(-1)).toEqual({ count: 7 });
  expect(() => {
    sim.change(() => ({ count: 'many' }));
  }).toThrow('expected number');
  expect(sim.state()).toEqual({ count: 7 });
  await sim.close();
});
