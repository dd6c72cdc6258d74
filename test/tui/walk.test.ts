import { rmSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import type { OpenDrill } from '../../src/app/contract.ts';
import type { LedgerHooks } from '../../src/app/ledger.ts';
import { newHome, rigApp } from '../rig/app.ts';
import { keys } from '../rig/screen.ts';
import { personAt, type Person } from '../rig/walk.ts';

// One person, cold, alone at the keyboard of the real app: from the page to the exported timeline, with a death in between.

let home = '';
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

/** The program dies between the answer of the system and the entry that records it. */
const diesBefore = (kind: string, step: string): LedgerHooks => {
  let dead = false;
  return {
    before: (events) => {
      dead ||= events.some((event) => event.kind === kind && JSON.stringify(event.pub).includes(step));
      if (dead) throw new Error('the tool died');
    },
  };
};

const { enter, ctrlC, ctrlY, tab } = keys;

/** From the page to a dead token that is proved dead, and the number of the data protection officer on the screen. */
const stopTheBleeding = async (person: Person): Promise<void> => {
  expect(person.sees()).toContain('Live token of app 840021');
  await person.press(enter);
  expect(person.sees()).toContain('NOW Write down what was reported');
  expect(person.sees()).not.toMatch(/NEVER: Never/);
  await person.press(enter, 'scanner: live token, public notebook', enter);
  await person.press(enter, '02:10', enter);
  expect(person.sees()).toContain('Phase complete: Declare');
  await person.press(enter, enter);
  expect(person.sees()).toContain('DRILL: ctrl+y pastes the made-up value');
  await person.press(ctrlY, enter);
  await person.press(enter, 'no time', enter);
  await person.press(enter, 'lrh-prod-su', enter);
  expect(person.sees()).toContain('DONE and PROVED');
  await person.press(enter);
  expect(person.sees()).toContain('+353 20 910 0101');
};

const containTheRest = async (person: Person): Promise<void> => {
  // The call and its result in one form: reached is the first choice.
  await person.press(enter, enter, 'calls back at 07:30', enter);
  await person.press(enter, tab, ctrlY, enter);
  await person.press(enter, 'lrh-legacy-su', enter, enter);
};

test('from the page to the exported timeline by keyboard at 80x24, dying once in the middle of an action', { timeout: 240_000 }, async () => {
  home = newHome();
  const first = await rigApp({ home, hooks: diesBefore('act.outcome', 'wa-webhooks') });
  const drill = await first.drill('leaked-whatsapp-token', { seed: 7 });
  const before = await personAt(first, drill);
  await stopTheBleeding(before);
  expect(before.keys()).toBeLessThanOrEqual(90);
  const bleeding = before.keys();
  await containTheRest(before);
  expect(before.sees()).toContain("NOW Stop the app's WhatsApp webhooks");
  await before.press(enter, 'y');
  await before.press(ctrlC, ctrlC);
  await before.screen.result;

  const app = await rigApp({ home });
  const again = (await app.open(drill.id)) as OpenDrill;
  const person = await personAt(app, again);
  console.log(person.sees(), bleeding);
});
