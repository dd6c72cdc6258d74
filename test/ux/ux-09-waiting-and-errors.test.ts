import { expect, test } from 'vitest';
import type { RunReport } from '../../src/app/contract.ts';
import { Problem } from '../../src/base/problem.ts';
import { key, opened, seen, toStep } from '../rig/keyboard.ts';
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
