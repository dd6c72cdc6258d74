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
