import { expect, test } from 'vitest';
import { opened, seen, toStep } from '../rig/keyboard.ts';
import { FIRST_STEP, declared, sitDown } from './sitting.ts';

// UX-03: what to do, on what, why, how to know, who may, how long, and the way by hand, on one screen.

test('each step has everything on one screen that a person needs to take it', async () => {
  const { app, press, store } = opened();
  const { steps } = app.incident().view().progress;
  for (const [i, { step }] of steps.entries()) {
    await toStep(press, i);
    const screen = seen(store).replaceAll(/\s+/g, ' ');
    expect(screen).toContain(step.title);
    // What a person does anyway has another way, not one by hand.
    for (const label of ['Why', 'Worked if', 'Who, time', step.kind === 'act' ? 'By hand' : 'Otherwise'])
      expect(`${step.id}: ${screen}`).toContain(` ${label} `);
    expect(screen).toContain(`${step.role} | ${step.minutes} min`);
  }
  expect(steps.length).toBeGreaterThan(15);
});

test(
  'on a terminal of 80x24 nobody turns a page for what a step of the first phases asks',
  { timeout: 120_000 },
  async () => {
    await using person = await sitDown('resume', await declared());
    await person.until(FIRST_STEP);
    for (let place = 0; place < 12; place += 1) {
      const picture = await person.sees();
      const flat = picture.replaceAll(/\s+/g, ' ');
      // A verb and its object in one line, and what a person needs to take it below.
      expect(flat).toMatch(/ (?:NOW|TODO|WAIT) [A-Z][a-z]+ .*?> /);
      for (const label of ['Why', 'Worked if', 'Who, time', '(?:By hand|Otherwise)'])
        expect(picture).toMatch(new RegExp(`^${label} {2,}\\S`, 'm'));
      await person.move('j');
    }
  },
);
