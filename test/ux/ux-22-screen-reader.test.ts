import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { newHome, rigApp } from '../rig/app.ts';
import { keys } from '../rig/screen.ts';
import { personAt } from '../rig/walk.ts';

// UX-22: an incident is worked through lines that are read out once: no other screen, no cursor that goes up.

const { enter, ctrlC, ctrlY } = keys;

test('from the page to a dead token by ear alone', { timeout: 60_000 }, async () => {
  const home = newHome();
  const app = await rigApp({ home });
  const drill = await app.drill('leaked-whatsapp-token', { seed: 7 });
  const person = await personAt(app, drill, { screenReader: true });
  await person.press(enter);
  expect(person.sees()).toContain('Write down what was reported');
  await person.press(enter, 'scanner: live token', enter);
  await person.press(enter, '02:10', enter);
  await person.press(enter, enter, ctrlY, enter);
  await person.press(enter, 'no time', enter);
  await person.press(enter, 'lrh-prod-su', enter);
  expect(person.sees()).toContain('PROVED');
  const bytes = person.screen.bytes();
  expect(bytes).not.toContain('?1049h');
  // oxlint-disable-next-line no-control-regex -- the sequences are what is looked for
  expect(bytes).not.toMatch(/\u001B\[\d*[AFH]/);
  await person.press(ctrlC, ctrlC);
  await person.screen.result;
  await app.close();
  rmSync(home, { recursive: true, force: true });
});
