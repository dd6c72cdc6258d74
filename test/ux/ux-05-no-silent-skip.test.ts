import { expect, test } from 'vitest';
import { unsureIntent } from '../fakes/unsure.ts';
import { opened, seen, toStep } from '../rig/keyboard.ts';
import { FIRST_STEP, declared, keys, sitDown } from './sitting.ts';

// UX-05: nothing is left out in silence, and nothing is closed over what nobody knows.

test('leaving a step out wants a reason, and the reason is in the timeline', async () => {
  const { app, press, words, store } = opened();
  await press('s', 'enter');
  expect(app.commands).toEqual([]);
  await words('Nobody can be reached');
  await press('enter');
  expect(app.commands).toEqual([{ do: 'skip', step: 'record-report', reason: 'Nobody can be reached' }]);
  await press('t');
  expect(seen(store)).toMatch(/[Ll]eft out|[Ss]kipped/);
});

test('an incident with something unsure is not closed: what is in doubt is named', async () => {
  const { app } = opened();
  const incident = app.incident();
  incident.write(unsureIntent('a'));
  const closing = incident.act({ do: 'close', outcome: 'resolved', summary: 'All done' });
  await expect(closing).rejects.toThrow(/outcome-unknown.*targets=/);
  expect(incident.view().state.phase).toBe('open');
});

test('the end of a phase lists what was done and what was left out before it goes on', async () => {
  const { app, press, words, store } = opened();
  await app.incident().act({ do: 'skip', step: 'record-earliest', reason: 'Not known' });
  await toStep(press, 0);
  await press('enter');
  await words('A scanner found it');
  await press('enter');
  const screen = seen(store);
  expect(screen).toContain('Phase over');
  expect(screen).toContain('NOT COMPLETE. The goal was: ');
  expect(screen).toMatch(/DONE +Write down what was reported/);
  expect(screen).toMatch(/SKIP +Record the earliest sign/);
  expect(screen).toContain('1 left out');
});

test(
  'on a terminal: no reason, nothing left out; with one, the end of the phase names it',
  { timeout: 120_000 },
  async () => {
    await using person = await sitDown('resume', await declared());
    await person.until(FIRST_STEP);
    await person.press('s', 'Leave out: Write down what was reported');
    await person.press(keys.enter, '! needed');
    await person.press('Nobody can be reached', 'can be reached');
    expect(await person.press(keys.enter, 'NOW Record the earliest sign')).toMatch(/1 (?:skipped|left out)/);
    await person.press(keys.enter, 'enter: save the answer');
    await person.press('-5m', '= 20');
    const complete = await person.press(keys.enter, 'Phase over: Declare');
    expect(complete).toMatch(/SKIP +Write down what was reported/);
    expect(complete).toMatch(/DONE +Record the earliest sign/);
    expect(complete).toContain('1 left out');
  },
);
