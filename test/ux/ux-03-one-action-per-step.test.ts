import { expect, test } from 'vitest';
import { opened, seen, toStep } from '../rig/keyboard.ts';

// UX-03: what to do, on what, why, how to know, who may, how long, and the way by hand, on one screen.

test('each step has everything on one screen that a person needs to take it', async () => {
  const { app, press, store } = opened();
  const { steps } = app.incident().view().progress;
  for (const [i, { step }] of steps.entries()) {
    await toStep(press, i);
    const screen = seen(store).replaceAll(/\s+/g, ' ');
    expect(screen).toContain(step.title);
    for (const label of ['Why', 'Worked if', 'Who, time', 'By hand'])
      expect(`${step.id}: ${screen}`).toContain(` ${label} `);
    expect(screen).toContain(`${step.role} | ${step.minutes} min`);
  }
  expect(steps.length).toBeGreaterThan(15);
});
