import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { onTerminal } from './terminal.ts';

// UX-01: from nothing to the first containment step in six keys, beside the words that say what happened.

const KEYS_MAX = 6;
const SECONDS_MAX = 60;
const FIRST_PAINT_MS = 1500;
/** Other suites use the same processors meanwhile: what is measured is that nothing is waited for. */
const BUSY = 4;

test('a cold start leads to the first containment step in six keys', { timeout: 90_000 }, async () => {
  const { pty, home, command } = onTerminal();
  try {
    await pty.until('READY$');
    const begun = performance.now();
    await pty.type(`${command('')}\r`);
    await pty.until('> Declare an incident');
    expect(performance.now() - begun).toBeLessThan(FIRST_PAINT_MS * BUSY);
    let keys = 0;
    const press = async (key: string, then: string | RegExp): Promise<void> => {
      const before = (await pty.bytes()).length;
      keys += 1;
      await pty.type(key);
      await pty.until(then, before);
    };
    await press('\r', 'the worst plausible');
    // The line of words is what it is; the keys are those that lead on.
    await pty.type('whatsapp token in a public notebook');
    await pty.until('public notebook');
    await press('\r', 'the best match is first');
    await press('\r', 'Write down what was reported');
    await press('j', 'Record the earliest sign');
    await press('j', 'leaked token on the hidden field');
    expect(keys).toBeLessThanOrEqual(KEYS_MAX);
    expect(performance.now() - begun).toBeLessThan(SECONDS_MAX * 1000);
  } finally {
    await pty[Symbol.asyncDispose]();
    rmSync(home, { recursive: true, force: true });
  }
});
