import { expect, test } from 'vitest';
import { bounded } from '../../src/base/bounded.ts';

const tick = async (): Promise<void> =>
  await new Promise((resolve) => {
    setImmediate(resolve);
  });

test('makes one of each in the order given, with so many under way and no more', async () => {
  let [under, most] = [0, 0];
  const made = await bounded([5, 1, 4, 2, 3], 2, async (ticks) => {
    under += 1;
    most = Math.max(most, under);
    for (let i = 0; i < ticks; i += 1) await tick();
    under -= 1;
    return ticks * 10;
  });
  expect(made).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(2);
});

test('of nothing makes nothing', async () => {
  expect(await bounded([], 8, async () => await Promise.resolve(1))).toEqual([]);
});

test('begins nothing further after the first failure', async () => {
  const begun: number[] = [];
  const making = bounded([0, 1, 2, 3, 4, 5], 2, async (one) => {
    begun.push(one);
    await tick();
    if (one === 1) throw new Error('no');
    return one;
  });
  await expect(making).rejects.toThrow('no');
  for (let i = 0; i < 5; i += 1) await tick();
  expect(begun.length).toBeLessThanOrEqual(3);
});
