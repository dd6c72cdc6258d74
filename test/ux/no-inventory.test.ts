import { expect, test } from 'vitest';
import { declared, FIRST_STEP, keys, sitDown } from './sitting.ts';

// A team that has written nothing down yet, on the night when it needs the tool: every step can be done, and none leads nowhere.

test(
  'without an inventory what acts is done by hand, and stands on the board',
  { timeout: 120_000 },
  async () => {
    await using person = await sitDown('resume', await declared());
    await person.until(FIRST_STEP);
    await person.toStep('Give the leaked token on the hidden field');
    // There is no row to paste it into: it says so, and can be answered all the same.
    expect(await person.press(keys.enter, 'no field to paste it into')).toContain('enter: save the answer');
    await person.press(keys.enter, 'Recorded: not known yet');

    await person.toStep('Revoke the leaked token');
    const card = await person.until('do it, then enter: write down the result');
    expect(card).toContain('NONE: the inventory had no row for this');
    expect(card).toContain('nothing is sent from here');
    expect(card).not.toContain('changes nothing');
    await person.press('x', 'the inventory had no row for it; h: the way by hand');

    await person.press(keys.enter, 'Revoke the leaked token: by hand');
    await person.press('revoked at the vendor', 'revoked at the vendor');
    await person.press(keys.enter, 'Done and recorded');
    const board = await person.press('b', 'What is stopped');
    expect(board).toContain('STILL BLEEDING? NOT PROVED');
    expect(board).toMatch(/Revoke the leaked token[^\n]*\n +by hand, not proved by the tool/);
  },
);

test('where no action has that name, the list of actions says so', { timeout: 120_000 }, async () => {
  await using person = await sitDown('resume', await declared());
  await person.until(FIRST_STEP);
  await person.press(':', 'What do you want to do?');
  expect(await person.press('zebra', 'Nothing is called that')).not.toContain('the board');
  for (let i = 0; i < 5; i += 1) await person.press('\u007F', 'What do you want to do?');
  expect(await person.press('board', 'the board: what is stopped')).toContain('firebreak status');
});
