import { describe, expect, test } from 'vitest';
import { Problem } from '../../src/base/problem.ts';
import { byDanger } from '../../src/engine/batch/order.ts';
import type { Job } from '../../src/engine/job.ts';
import { drillSecrets } from '../../src/io/secrets.ts';
import type { Effect } from '../../src/model/action.ts';
import { act } from '../incident/story.ts';
import { tiny, type Tiny } from './tiny.ts';

const MANY = 30;
const names = Array.from({ length: MANY }, (_, i) => `t${i}`);

const job = (item: string, effect: Effect, ...suspects: readonly string[]): Job =>
  ({ target: { item, instance: 'tiny' }, action: { effect }, suspects }) as unknown as Job;
const items = (jobs: readonly Job[]): readonly string[] => jobs.map(({ target }) => target.item);

describe('what is most dangerous', () => {
  const jobs = [
    job('hook', 'reversible'),
    job('key', 'irreversible'),
    job('seen', 'irreversible', 'in-wrong-hands'),
    job('log', 'reads'),
    job('own', 'irreversible', 'made-tiny.token'),
    job('page', 'reversible', 'in-wrong-hands-too'),
  ];

  test('comes first: what is in wrong hands, then what stays off, then the rest; the own credential last of all', async () => {
    const { engine } = tiny({ needs: ['token'] });
    const { first, last } = await byDanger(engine.world, engine.definitions, jobs);
    expect(items(first)).toEqual(['seen', 'page', 'key', 'hook', 'log']);
    expect(items(last)).toEqual(['own']);
  });

  test('is known without the own credential, where that one is not at hand', async () => {
    const secrets = {
      ...drillSecrets(() => ''),
      resolve: async () =>
        await Promise.reject(new Problem('missing-secret', { name: 'tiny.token', ref: 'env', why: 'unset' })),
    };
    const { engine } = tiny({ needs: ['token'], secrets });
    const { first, last } = await byDanger(engine.world, engine.definitions, jobs);
    expect(items(first)).toEqual(['seen', 'own', 'page', 'key', 'hook', 'log']);
    expect(last).toEqual([]);
  });
});

describe('a batch', () => {
  const given = async (one: Tiny, credential: string, value: string): Promise<void> => {
    await one.engine.ledger.append([
      {
        kind: 'credential.given',
        pub: { credential, fingerprint: 'fp' },
        priv: { secret: { class: 'secrets-seen', value } },
      },
    ]);
  };

  test('takes leaked credentials first, and the one it works with when nothing else is under way', async () => {
    const one = tiny({ steps: [act('stop', names)], items: names, needs: ['token'] });
    for (const name of names) one.switches.set(name, 'on');
    await given(one, 't3', 'made-tiny.token');
    await given(one, 't17', 'leaked');
    let others = 0;
    one.script.run = async (name) => {
      if (name === 't3') expect(others).toBe(MANY - 1);
      await one.clock.sleep(1);
      if (name !== 't3') others += 1;
      one.switches.set(name, 'off');
      return { result: 'done', detail: 'turned' };
    };
    expect((await one.act('stop')).state).toBe('proved');
    const runs = one.calls.filter((call) => call.startsWith('run '));
    expect(runs[0]).toBe('run t17');
    expect(runs.at(-1)).toBe('run t3');
  });
});
