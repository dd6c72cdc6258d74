import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/app/contract.ts';
import { Problem } from '../../src/base/problem.ts';
import type { Fault } from '../../src/connectors/simulator.ts';
import { secrets } from '../live/workspace.ts';
import { key, opened, seen, toStep } from '../rig/keyboard.ts';
import { liveTeam, WEBHOOKS_STEP, type LiveTeam } from './live-team.ts';
import { keys } from './sitting.ts';
import { pause } from './terminal.ts';

// UX-09: whoever waits sees for what, how long, and how long at most; whoever is refused sees what is still true and what to do.

const WEBHOOKS = 5;

test('within a tenth of a second a call shows what it is, since when, and how long at most', async () => {
  const { app, press, store } = opened();
  let end: () => void = () => undefined;
  Object.assign(app.incident(), {
    prepare: async () =>
      await new Promise((_resolve, reject) => {
        end = () => reject(new Problem('remote-failed', { why: 'no answer' }));
      }),
  });
  await toStep(press, WEBHOOKS);
  store.send({ is: 'key', key: key('x') });
  await pause(100);
  expect(seen(store)).toMatch(/WAIT .* \d+ s of at most (?:15 s|1 min 00 s|2 min 00 s)/);
  end();
  await store.idle();
  expect(seen(store)).not.toContain('of at most');
});

const failed = async (result: 'forbidden' | 'failed' | 'unknown', detail: string): Promise<string> => {
  const { app, press, store } = opened();
  const report: RunReport = {
    state: result === 'unknown' ? 'unsure' : 'failed',
    lines: [{ is: 'outcome', target: 'wa-number-1', outcome: { result, detail } }],
  };
  Object.assign(app.incident(), { run: async () => await Promise.resolve(report) });
  await toStep(press, WEBHOOKS);
  await press('x', 'y');
  return seen(store).replaceAll(/\s+/g, ' ');
};

test.each([
  ['forbidden', '403 not authorised for this number', /403 not authorised/],
  ['failed', '404 no such app', /404 no such app/],
  ['unknown', 'the connection broke after the request was sent', /UNSURE|not known/],
] as const)(
  '%s says what happened, what is still true, and what to do next',
  async (result, detail, words) => {
    const shown = await failed(result, detail);
    expect(shown).toMatch(words);
    expect(shown).toMatch(/Still true|still|Nothing was changed|nothing/i);
    expect(shown).toMatch(/by hand|ask the real system|again/i);
  },
);

describe('on a terminal, a live system that does not do what it is asked', () => {
  let team: LiveTeam;
  beforeAll(async () => void (team = await liveTeam()), 120_000);
  afterAll(async () => await team[Symbol.asyncDispose]());

  /** What the last refusals left over must not meet the next request. */
  const drained = async (): Promise<void> => {
    while ((await (await fetch(`${team.meta.url}/none`, { method: 'DELETE' })).text()).includes(MADE))
      continue;
  };
  const MADE = 'made to fail';
  const TRIES = 8;

  test('what is waited for is shown with its time and its end', { timeout: 150_000 }, async () => {
    await using person = await team.sitAt(WEBHOOKS_STEP);
    team.meta.fault({ is: 'hang' });
    const picture = await person.press('x', /WAIT .* \d+ s of at most (?:\d+ min )?\d+ s/);
    const shown = Number(/(\d+) s of at most/.exec(picture)?.[1]);
    const later = [1, 2, 3].map((more) => `${shown + more} s of at most`).join('|');
    expect(await person.until(new RegExp(later))).toContain('WAIT');
    await person.press(keys.esc, WEBHOOKS_STEP);
  });

  test(
    'each refusal says what failed, what is still true, what to do next, and whether a retry is safe',
    { timeout: 400_000 },
    async () => {
      await using person = await team.sitAt(WEBHOOKS_STEP);
      for (const [status, error, failed, retry] of [
        [401, { code: 190 }, 'is not accepted: it has expired', 'refused again until'],
        [403, { code: 200 }, 'is let in, and is not allowed this', 'refused again until'],
        [404, { code: 100, error_subcode: 33 }, 'another organisation, or a wrong id', 'refused again until'],
        [409, { code: 1 }, 'the system refused it, or could not do it', 'safe'],
        [429, { code: 4 }, 'takes no more requests at the moment', 'safe'],
        [
          503,
          { code: 2 },
          'the answer was lost, or leaves open what became of it',
          'NOT before it was checked',
        ],
      ] as const) {
        await person.press('x', 'y: run exactly this');
        const body = JSON.stringify({ error: { ...error, message: `${MADE} for ${secrets.token}` } });
        const fault: Fault = { is: 'status', status, body, method: 'DELETE' };
        for (let i = 0; i < TRIES; i += 1) team.meta.fault(fault);
        const picture = await person.press('y', /Retry/);
        const words = picture.replaceAll(/\s+/g, ' ');
        for (const label of ['Failed', 'Still true', 'Next', 'By hand']) expect(words).toContain(label);
        expect(words).toContain(failed);
        expect(words).toContain(retry);
        expect(words).not.toContain(`HTTP ${status}`);
        await person.press('z', `HTTP ${status}`);
        await drained();
        await person.press(keys.esc, 'Worked if');
      }
      expect(await person.bytes()).not.toContain(secrets.token);
    },
  );
});
