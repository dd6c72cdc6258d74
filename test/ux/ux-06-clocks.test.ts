import { expect, test } from 'vitest';
import { HOUR } from '../../src/base/duration.ts';
import { opened, seen } from '../rig/keyboard.ts';
import { START } from '../fakes/app.ts';
import { instant } from '../../src/base/instant.ts';
import { FIRST_STEP, declaredIn, keys, sitDown } from './sitting.ts';

// UX-06: the nearest duty is always there: which rule, until when in both times, how long, from which fact.

test('the nearest duty stands on every screen of an incident with its rule, both times and its start', async () => {
  const { press, store } = opened();
  for (const screen of ['', 't', 'c', 'L', 'I', 'P', 'H']) {
    if (screen !== '') await press(screen);
    const shown = seen(store).replaceAll(/\s+/g, ' ');
    expect(shown).toContain('gdpr.33-1');
    expect(shown).toMatch(/72 h 00 min left/);
    expect(shown).toMatch(/due 2026-11-23 01:14 \+00:00 = 01:14 UTC/);
    if (screen !== '') await press('esc');
  }
});

test('the start is corrected with a reason alone; old and new stay in the timeline', async () => {
  const { app } = opened();
  const incident = app.incident();
  const at = (hours: number) => instant(START - hours * HOUR);
  const answer = (hours: number) => ({ is: 'time', at: at(hours) }) as const;
  await incident.act({ do: 'learn', fact: 'aware', answer: answer(1), at: at(1) });
  const due = () => incident.view().clocks.find(({ duty }) => duty === 'gdpr.33-1')?.due ?? 0;
  const before = due();
  await expect(
    incident.act({ do: 'correct', fact: 'aware', answer: answer(3), at: at(3), reason: '' }),
  ).rejects.toThrow(/reason/);
  expect(due()).toBe(before);
  await incident.act({
    do: 'correct',
    fact: 'aware',
    answer: answer(3),
    at: at(3),
    reason: 'The mail came then',
  });
  expect(before - due()).toBe(2 * HOUR);
  const said = incident.timeline().map(({ what, why }) => `${what} ${why}`);
  expect(said.some((one) => /Recorded when the company became aware/.test(one))).toBe(true);
  expect(
    said.some((one) =>
      /Corrected when the company became aware.*before: entry \d+.*The mail came then/.test(one),
    ),
  ).toBe(true);
});

test('a threshold rings once', async () => {
  const { app, store } = opened();
  const alerts: string[] = [];
  store.connect({
    alert: (text) => void alerts.push(text),
    suspend: async () => {},
    repaint: async () => {},
  });
  app.advance(49 * HOUR);
  for (let i = 0; i < 5; i += 1) store.tick();
  await store.idle();
  expect(alerts).toEqual([expect.stringMatching(/23 h 00 min left: /) as string]);
});

test(
  'on a terminal: every screen has the nearest duty, and a threshold that is passed rings the bell once',
  { timeout: 120_000 },
  async () => {
    // Where the zone is UTC both times are one.
    const start = await declaredIn('America/New_York');
    await using person = await sitDown('resume', start);
    await person.until(FIRST_STEP);
    for (const [screen, title] of [
      ['t', 'newest first'],
      ['c', 'Clocks'],
      ['L', 'Letters'],
      ['H', 'People and handover'],
    ] as const) {
      const flat = (await person.press(screen, title)).replaceAll(/\s+/g, ' ');
      expect(flat).toMatch(/\(?gdpr\.33-1\)?.*due \d{4}-\d\d-\d\d \d\d:\d\d -0[45]:00 = \d\d:\d\d UTC/);
      await person.press(keys.esc, FIRST_STEP);
    }
    expect(bells(await person.bytes())).toBe(0);
    for (const [typed, brings] of [
      [keys.enter, '> Answer'],
      ['A scanner', 'A scanner'],
      [keys.enter, 'NOW Record the earliest'],
      [keys.enter, 'save the answer'],
      // Under an hour is counted by the second, so the bell need not wait for the minute.
      ['-4280m', '= 20'],
      [keys.enter, /(?:40|39) min/],
    ] as const)
      await person.press(typed, brings);
    await expect.poll(async () => bells(await person.bytes()), { timeout: 30_000 }).toBe(1);
    await person.press(keys.enter, 'Give the leaked token');
    expect(bells(await person.bytes())).toBe(1);
  },
);

/** A bell that rings; the one that ends a title or a notification is none. */
const bells = (bytes: string): number =>
  // oxlint-disable-next-line no-control-regex -- these bytes are what is looked for
  bytes.replaceAll(/\u001B\][^\u0007\u001B]*\u0007/g, '').split('\u0007').length - 1;
