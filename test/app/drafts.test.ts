import { setTimeout as pause } from 'node:timers/promises';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { draftsAt, type Drafts, type DraftsPlace } from '../../src/app/drafts.ts';
import type { Typed } from '../../src/app/contract.ts';
import { systemClock } from '../../src/io/clock.ts';
import { systemFiles } from '../../src/io/files.ts';
import { systemRandom } from '../../src/io/random.ts';
import { StorageError } from '../../src/io/storage.ts';
import { openText, sealText } from '../../src/journal/beside.ts';
import { newFolder } from '../journal/journals.ts';

// Words that were typed and not sent: on the disk after a pause, sealed, and gone when there are none.

const key = new Uint8Array(32).fill(7);
const about = { log: 'firebreak.invalid/l/1', name: 'drafts' };
const note = (text: string): Typed => ({
  name: '{"for":"note"}',
  on: 0,
  inputs: { text: { text, chosen: 0, ticked: [] } },
});

const place = (more: Partial<DraftsPlace> = {}): DraftsPlace => ({
  path: join(newFolder(), 'drafts.sealed'),
  files: systemFiles(),
  clock: systemClock(),
  sealed: {
    ready: () => true,
    seal: (text) => sealText({ id: 'k', key }, about, text, systemRandom()),
    open: (sealed) => openText((id) => (id === 'k' ? key : null), about, sealed),
  },
  ...more,
});

const kept = (at: DraftsPlace, ...all: readonly Typed[]): Drafts => {
  const drafts = draftsAt(at);
  drafts.keep(all);
  drafts.leave();
  return drafts;
};

test('they are there after a pause, without anybody leaving, and not in clear', async () => {
  const at = place();
  const drafts = draftsAt(at);
  drafts.keep([note('the courier saw')]);
  drafts.keep([note('the courier saw pelican seven')]);
  await expect
    .poll(() => draftsAt(at).found(), { timeout: 10_000 })
    .toEqual([note('the courier saw pelican seven')]);
  expect(readFileSync(at.path, 'utf8')).not.toMatch(/pelican|note/);
  drafts.leave();
});

test('whoever never pauses is not waited for', async () => {
  const at = place();
  const drafts = draftsAt(at);
  const typing = setInterval(() => drafts.keep([note(`word ${performance.now()}`)]), 100);
  try {
    await expect.poll(() => existsSync(at.path), { timeout: 15_000 }).toBe(true);
  } finally {
    clearInterval(typing);
    drafts.leave();
  }
});

test('what was typed last is written when the app ends, and nothing after that', () => {
  const at = place();
  const drafts = kept(at, note('to the end'));
  expect(draftsAt(at).found()).toEqual([note('to the end')]);
  drafts.keep([note('too late')]);
  drafts.leave();
  expect(draftsAt(at).found()).toEqual([note('to the end')]);
});

test('where nothing is typed any more there is no file', () => {
  const at = place();
  kept(at, note('half'));
  kept(at);
  expect(existsSync(at.path)).toBe(false);
  kept(at, note('half'));
  draftsAt(at).drop();
  expect(existsSync(at.path)).toBe(false);
});

test('a token or a card number is masked in it, as it is where a note is saved', () => {
  const at = place();
  kept(at, note(`it was EAA${'x'.repeat(60)} and 4111 1111 1111 1111`));
  const [found] = draftsAt(at).found();
  expect(found?.inputs['text']?.text).not.toMatch(/EAAx{20}|4111 1111 1111/);
});

describe('what cannot be kept or read is no error', () => {
  test('without a key nothing is written', () => {
    const at = place({ sealed: { ready: () => false, seal: () => null, open: () => null } });
    kept(at, note('half'));
    expect(existsSync(at.path)).toBe(false);
  });

  test('what lies there waits for a key that is not here yet, and is gone once it is to be', () => {
    const at = place();
    kept(at, note('half'));
    const locked = { ...at, sealed: { ready: () => false, seal: () => null, open: () => null } };
    expect(kept(locked).found()).toEqual([]);
    expect(draftsAt(at).found()).toEqual([note('half')]);
    draftsAt(locked).drop();
    expect(existsSync(at.path)).toBe(false);
  });

  test('a full disk lets typing go on', () => {
    const full = (): never => {
      throw new StorageError('full', '/', 'no space left');
    };
    const at = place({ files: { ...systemFiles(), writeAtomic: full, writeSoon: full } });
    expect(() => kept(at, note('half'))).not.toThrow();
  });

  test('a disk that is full only once gets what is typed after that', async () => {
    let failures = 0;
    const writeSoon: DraftsPlace['files']['writeSoon'] = (path, bytes) => {
      if (failures > 0) return systemFiles().writeSoon(path, bytes);
      failures += 1;
      return {
        done: Promise.reject(new StorageError('full', path, 'no space left')),
        giveUp: () => undefined,
      };
    };
    const at = place({ files: { ...systemFiles(), writeSoon } });
    const drafts = draftsAt(at);
    drafts.keep([note('half')]);
    await expect.poll(() => failures, { timeout: 10_000 }).toBe(1);
    await expect
      .poll(
        () => {
          drafts.keep([note(`more ${performance.now()}`.slice(0, 5 + failures))]);
          return draftsAt(at).found().length;
        },
        { timeout: 10_000, interval: 500 },
      )
      .toBe(1);
    drafts.leave();
  });

  test.each([
    ['nothing', ''],
    ['half of it', null],
    ['no words of ours', sealText({ id: 'k', key }, about, '{"a":1}', systemRandom())],
    ['of another journal', sealText({ id: 'k', key }, { ...about, log: 'x' }, '[]', systemRandom())],
    ['with another key', sealText({ id: 'gone', key }, about, '[]', systemRandom())],
  ])('a file that holds %s is none', (_what, bytes) => {
    const at = place();
    kept(at, note('half'));
    writeFileSync(at.path, bytes ?? readFileSync(at.path).subarray(0, 100));
    expect(draftsAt(at).found()).toEqual([]);
  });
});

describe('a slow disk', () => {
  const SLOW_MS = 600;
  /** Promises nothing for so long; whoever waits for it in one turn does nothing else. */
  const slow = (more: Partial<DraftsPlace['files']> = {}): DraftsPlace['files'] => ({
    ...systemFiles(),
    writeAtomic: (path, bytes) => {
      for (const until = performance.now() + SLOW_MS; performance.now() < until;) continue;
      systemFiles().writeAtomic(path, bytes);
    },
    writeSoon: (path, bytes) => {
      let given = false;
      const done = pause(SLOW_MS).then(async () => {
        if (!given) await systemFiles().writeSoon(path, bytes).done;
      });
      return { done, giveUp: () => void (given = true) };
    },
    ...more,
  });

  test('holds no key while words are kept, and keeps them all the same', async () => {
    const at = place({ files: slow() });
    const drafts = draftsAt(at);
    let [last, longest] = [performance.now(), 0];
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    try {
      for (const words of ['one', 'one two', 'one two three']) {
        drafts.keep([note(words)]);
        await pause(900);
      }
      await expect.poll(() => draftsAt(at).found(), { timeout: 10_000 }).toEqual([note('one two three')]);
      expect(longest).toBeLessThan(SLOW_MS / 2);
    } finally {
      clearInterval(beat);
      drafts.leave();
    }
  });

  test('does not put older words over those of the end', async () => {
    const at = place({ files: slow() });
    const drafts = draftsAt(at);
    drafts.keep([note('before')]);
    await pause(600);
    drafts.keep([note('to the end')]);
    drafts.leave();
    await pause(2 * SLOW_MS);
    expect(draftsAt(at).found()).toEqual([note('to the end')]);
  });

  test('does not bring back what was destroyed meanwhile', async () => {
    const at = place({ files: slow() });
    const drafts = draftsAt(at);
    drafts.keep([note('of Maria')]);
    await pause(600);
    drafts.drop();
    for (const over = performance.now() + 2 * SLOW_MS; performance.now() < over; await pause(2))
      expect(existsSync(at.path)).toBe(false);
    drafts.leave();
  });
});
