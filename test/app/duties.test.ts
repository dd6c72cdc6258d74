import { rmSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import type { OpenDrill } from '../../src/app/contract.ts';
import { newHome, rigApp } from '../rig/app.ts';

let home = '';
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const opened = async (): Promise<OpenDrill> => {
  home = newHome();
  const app = await rigApp({ home });
  return await app.drill('leaked-whatsapp-token', { seed: 7, auto: true });
};
const standing = (drill: OpenDrill, duty: string): string | undefined =>
  drill.view().clocks.find((clock) => clock.duty === duty)?.standing;

test('a duty that the company never owes stays away, whatever else is learned, until its own start is recorded', async () => {
  const drill = await opened();
  expect(standing(drill, 'gdpr.33-1')).toBe('provisional');
  expect(standing(drill, 'gdpr.33-2')).toBeUndefined();
  await drill.act({ do: 'learn', fact: 'personal-data', answer: { is: 'yes-no', value: true } });
  expect(standing(drill, 'gdpr.33-2')).toBeUndefined();
  await drill.act({ do: 'learn', fact: 'processor-aware', answer: { is: 'time', at: drill.view().now } });
  expect(standing(drill, 'gdpr.33-2')).toBe('running');
  await drill.leave();
});

test('a duty that the facts of the incident ruled out stays on the board', async () => {
  const drill = await opened();
  await drill.act({ do: 'learn', fact: 'personal-data', answer: { is: 'yes-no', value: false } });
  expect(standing(drill, 'gdpr.33-1')).toBe('ruled-out');
  await drill.leave();
});

test('nobody in a country ends the clocks of its law, as a plain no and as a count of none', async () => {
  const drill = await opened();
  expect(standing(drill, 'uk.33-1')).toBe('provisional');
  await drill.act({ do: 'learn', fact: 'people-gb', answer: { is: 'yes-no', value: false } });
  expect(standing(drill, 'uk.33-1')).toBe('ruled-out');
  await drill.act({ do: 'learn', fact: 'aware', answer: { is: 'time', at: drill.view().now } });
  expect(standing(drill, 'uk.33-1')).toBe('ruled-out');
  expect(standing(drill, 'gdpr.33-1')).toBe('running');
  await drill.act({
    do: 'correct',
    fact: 'people-gb',
    answer: { is: 'range', about: 0, from: 0, to: 0, basis: 'counted' },
    reason: 'counted',
  });
  const clock = drill.view().clocks.find((one) => one.duty === 'uk.33-1');
  expect(clock).toMatchObject({ standing: 'ruled-out' });
  expect(clock?.startedBecause).toContain('nobody in the United Kingdom');
  await drill.leave();
});

test('an answer that would end duties says which, and a misspelt fact which was meant', async () => {
  const drill = await opened();
  const no = { is: 'yes-no', value: false } as const;
  expect(drill.ends('personal-data', no)).toEqual(
    expect.arrayContaining(['gdpr.33-1', 'gdpr.34', 'uk.33-1']),
  );
  expect(drill.ends('personal-data', { is: 'yes-no', value: true })).toEqual([]);
  expect(drill.ends('people-gb', no)).toEqual(['uk.33-1', 'uk.34']);
  expect(drill.ends('sensitive-auth-data', no)).toEqual([]);
  expect(drill.meant('awrae')).toBe('aware');
  for (const fact of ['aware', 'people-fr', 'data-unintelligible', 'colour-of-the-door'])
    expect(drill.meant(fact)).toBeNull();
  await drill.leave();
});
