import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Selftest } from '../../src/app/contract.ts';
import { folder } from '../app/company.ts';
import { rigApp } from '../rig/app.ts';

/** Every scenario as it is expected, and once into each of its traps, by the door that `drill selftest` uses. */

const runbooks = readdirSync(join(import.meta.dirname, '../../runbooks')).filter((name) =>
  existsSync(join(import.meta.dirname, '../../runbooks', name, 'drill.yaml')),
);

const tested = async (runbook: string, seed: number): Promise<Selftest> => {
  const app = await rigApp({ home: folder() });
  const lines: string[] = [];
  const found = await app.selftest(runbook, seed, (line) => void lines.push(line));
  expect(lines.length).toBeGreaterThanOrEqual(found.scenarios.flatMap(({ runs }) => runs).length);
  expect(app.incidents()).toEqual([]);
  await app.close();
  return found;
};

describe.each(runbooks)('%s', (runbook) => {
  test('goes as written, and each trap is noticed with its consequence', async () => {
    const { scenarios } = await tested(runbook, 1);
    expect(
      scenarios.flatMap(({ runs }) => runs.flatMap(({ run, wrong }) => wrong.map((why) => `${run}: ${why}`))),
    ).toEqual([]);
  }, 60_000);
});

test('the same seed gives the same scorecards to the byte, another seed others, and neither an id nor a port is in them', async () => {
  const [one, same, other] = [
    await tested('unknown-chat-breach', 5),
    await tested('unknown-chat-breach', 5),
    await tested('unknown-chat-breach', 6),
  ];
  expect(JSON.stringify(same)).toBe(JSON.stringify(one));
  const measures = (of: Selftest): string => JSON.stringify(of.scenarios[0]?.runs[0]?.scorecard.measures);
  expect(measures(other)).not.toBe(measures(one));
  expect(JSON.stringify(one)).not.toMatch(/drill-0|127\.0\.0\.1|20\d\d-\d\d-\d\dT/);
}, 60_000);

test('a scenario that nobody wrote is said', async () => {
  const app = await rigApp({ home: folder() });
  await expect(app.selftest('no-such-scenario', 1, () => undefined)).rejects.toMatchObject({
    code: 'not-found',
  });
  await app.close();
});
