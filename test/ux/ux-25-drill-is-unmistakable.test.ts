import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newHome, rigApp } from '../rig/app.ts';
import { opened, seen } from '../rig/keyboard.ts';
import { keys, sitDown } from './sitting.ts';

// UX-25: nobody takes a drill for the real thing, nor can it become one.

test(
  'every screen, file name, letter and export of a drill says so, and its store is another one',
  { timeout: 60_000 },
  async () => {
    const { press, store } = opened({ drill: true });
    for (const screen of ['', 'c', 't', 'L', 'I', 'P', 'H', 'n', 'D', '?', ':']) {
      if (screen !== '') await press(screen);
      expect(seen(store)).toContain('DRILL');
      if (screen !== '') await press('esc');
    }
    const home = newHome();
    const app = await rigApp({ home });
    const drill = await app.drill('leaked-whatsapp-token', { seed: 7 });
    const [path = ''] = await drill.export('brief', null);
    expect(path).toMatch(/DRILL-[^/]+$/);
    expect(readdirSync(join(home, 'drills'))).toContain(drill.id);
    expect(readdirSync(join(home, 'incidents'))).toEqual([]);
    const letter = await drill.letter('gdpr-art33');
    expect(JSON.stringify(letter)).toContain('DRILL');
    await app.close();
    rmSync(home, { recursive: true, force: true });
  },
);

test('in an app for drills alone there is no live world to reach', async () => {
  const home = newHome();
  const app = await rigApp({ home });
  await expect(app.declare({ runbook: 'leaked-whatsapp-token', title: 'Real' })).rejects.toThrow(/wall/);
  await app.close();
  rmSync(home, { recursive: true, force: true });
});

test(
  'on a terminal: each screen begins with DRILL, and so does what leaves it',
  { timeout: 120_000 },
  async () => {
    await using person = await sitDown('drill run leaked-whatsapp-token --seed 7');
    expect(await person.until('The story')).toMatch(/^ DRILL /);
    await person.press(keys.enter, 'NOW Write down');
    for (const [key, brings] of [
      ['c', 'Clocks'],
      ['t', 'newest first'],
      ['L', 'Letters'],
      ['H', 'People and handover'],
      ['n', '> Note'],
      ['D', '> What was to be decided'],
      [':', 'What do you want to do?'],
      ['?', 'Keys of this screen'],
    ] as const) {
      expect(await person.press(key, brings)).toMatch(/^ DRILL /);
      await person.press(keys.esc, 'NOW Write down');
    }
    const [drill = ''] = readdirSync(join(person.home, 'data/drills'));
    const { stdout } = await person.beside(['export', drill, '--format', 'brief', '--json']);
    for (const path of (JSON.parse(stdout) as { paths: readonly string[] }).paths)
      expect(path).toMatch(/\/DRILL-[^/]+$/);
  },
);
