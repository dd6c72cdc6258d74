import { expect, test } from 'vitest';
import { company } from '../app/company.ts';
import { opened, seen, toStep } from '../rig/keyboard.ts';
import { FIRST_STEP, declared, keys, sitDown } from './sitting.ts';

// UX-04: the place is never lost: on the screen, and after the program was killed.

test('current and next step, how many are done, and how many were left out are on the screen', async () => {
  const { app, press, store } = opened();
  await app.incident().act({ do: 'skip', step: 'review', reason: 'Later' });
  await press('l');
  await toStep(press, 3);
  await press('.');
  const screen = seen(store);
  expect(screen).toMatch(/\/20 done/);
  expect(screen).toMatch(/1 (?:skipped|left out)/);
  expect(screen).toContain('NOW Write down what was reported');
  expect(screen).toContain('next: Record the earliest sign');
});

test('killed at twenty places, it opens again at the same step with what was in flight', async () => {
  const all = await company();
  const answers = ['record-report', 'record-earliest'] as const;
  const first = await all.app();
  const incident = await first.declare({ runbook: 'leaked-whatsapp-token', title: 'Killed often' });
  // Never closed: to the next one it is a process that died.
  for (let kill = 0; kill < 20; kill += 1) {
    const app = await all.app();
    const again = await app.open(incident.id, { takeOver: true });
    const before = again.view();
    const step = answers[kill];
    if (step === undefined) await again.act({ do: 'note', text: `note ${kill}` });
    else {
      const answer =
        step === 'record-report'
          ? ({ is: 'text', text: 'A scanner' } as const)
          : ({ is: 'time', at: again.view().now } as const);
      await again.act({ do: 'answer', step, answer });
    }
    const then = again.view();
    const other = await (await all.app()).open(incident.id, { readOnly: true });
    const { progress, state, inFlight } = other.view();
    expect(progress.current?.step.id).toBe(then.progress.current?.step.id);
    expect([progress.done, progress.skipped, state.size]).toEqual([
      then.progress.done,
      then.progress.skipped,
      then.state.size,
    ]);
    expect(inFlight).toEqual(before.inFlight);
  }
});

test(
  'on a terminal: killed in the middle of a form, it opens at the same step, and what was saved is there',
  { timeout: 120_000 },
  async () => {
    await using person = await sitDown('resume', await declared());
    await person.until(FIRST_STEP);
    await person.press(keys.enter, 'enter: save the answer');
    await person.press('A scanner found it', 'found it');
    await person.press(keys.enter, 'NOW Record the earliest sign');
    await person.press('s', 'Leave out: Record the earliest sign');
    process.kill(await person.pid(), 'SIGKILL');
    await person.until('code=137.');
    await person.again('resume');
    expect(await person.until('NOW Record the earliest sign')).toMatch(/ 1\/\d+ done/);
  },
);
