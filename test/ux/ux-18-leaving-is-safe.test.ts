import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { opened, seen } from '../rig/keyboard.ts';
import { onTerminal, pause } from './terminal.ts';

// UX-18: no way out loses anything: typed words are kept, the terminal is as it was, and the way back is said.

test('esc keeps what was typed', async () => {
  const { press, words, store } = opened();
  await press('n');
  await words('half a thought');
  await press('esc', 'c', 'esc', 'n');
  expect(seen(store)).toContain('half a thought');
});

test(
  'ctrl+c twice is out within a second, with the terminal as it was and the way back',
  { timeout: 90_000 },
  async () => {
    const { pty, home, command } = onTerminal();
    try {
      await pty.until('READY$');
      await pty.type(
        `${command('declare leaked-whatsapp-token --title x > /dev/null 2>&1')}; ${command('resume')}; echo code=$?.\r`,
      );
      await pty.until('Write down what was reported');
      // The first frame is there before the keyboard is taken over.
      while ((await pty.modes()).lines) await pause(20);
      const before = (await pty.bytes()).length;
      await pty.type('\u0003');
      await pty.until('again', before);
      // On a machine that is busy with other suites the two seconds may be over before the second press is looked at: a person
      // presses once more then.
      let pressed = 0;
      for (let i = 0; i < 20 && !(await pty.bytes()).slice(before).includes('?1049l'); i += 1) {
        pressed = performance.now();
        await pty.type('\u0003');
        await pause(300);
      }
      const seenAfter = await pty.until(/code=\d+\./, before);
      expect(performance.now() - pressed).toBeLessThan(4000);
      expect(seenAfter).toContain('code=0.');
      expect(seenAfter).toContain('?1049l');
      expect(seenAfter.lastIndexOf('?25h')).toBeGreaterThan(seenAfter.lastIndexOf('?25l'));
      const after = seenAfter.slice(seenAfter.indexOf('?1049l'));
      for (const words of [
        /is open/,
        /Next step: Write down/,
        /Nearest clock: /,
        /Go on with: firebreak resume inc-/,
      ])
        expect(after).toMatch(words);
      expect(await pty.modes()).toEqual({ echo: true, lines: true });
    } finally {
      await pty[Symbol.asyncDispose]();
      rmSync(home, { recursive: true, force: true });
    }
  },
);
