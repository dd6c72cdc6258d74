import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pause } from './terminal.ts';
import { declared, FIRST_STEP, keys, sitDown, type Sitting } from './sitting.ts';

// What was typed and not sent outlives the process, however it ends, and lies in no file in clear.

const WORDS = 'the courier saw pelican seven';
/** Longer than the pause in typing after which words are kept. */
const A_PAUSE_MS = 2500;

const holding = (folder: string, words: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .filter((path) => readFileSync(path).includes(words));

const kept = (home: string): readonly string[] =>
  readdirSync(home, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('drafts.sealed'));

const ended = async (person: Sitting, signal: NodeJS.Signals): Promise<void> => {
  process.kill(await person.pid(), signal);
  await person.until(/code=\d+\./);
};

test.each([
  ['SIGKILL', A_PAUSE_MS],
  ['SIGTERM', 0],
  ['SIGHUP', 0],
] as const)(
  'a half-written note survives %s, and stands in its form again',
  { timeout: 150_000 },
  async (signal, wait) => {
    await using person = await sitDown('resume', await declared());
    await person.until(FIRST_STEP);
    await person.press('n', 'Note (enter saves');
    await person.press(WORDS, WORDS);
    await pause(wait);
    await ended(person, signal);
    expect(kept(person.home)).toHaveLength(1);
    expect(holding(person.home, 'pelican')).toEqual([]);
    await person.again('resume');
    await person.until('What you had typed and not sent stands in its form.');
    await person.press('n', WORDS);
    await person.press(keys.enter, 'Note saved');
    expect((await person.beside(['note', '--help'])).code).toBe(0);
    await expect.poll(() => kept(person.home), { timeout: 10_000 }).toEqual([]);
    await ended(person, 'SIGKILL');
    await person.again('resume');
    await person.until(FIRST_STEP);
    expect(await person.press('n', 'Note (enter saves')).not.toContain(WORDS);
  },
);

test('a form that was emptied is offered empty', { timeout: 150_000 }, async () => {
  await using person = await sitDown('resume', await declared());
  await person.until(FIRST_STEP);
  await person.press('n', 'Note (enter saves');
  await person.press('x1', 'x1');
  await expect.poll(() => kept(person.home), { timeout: 10_000 }).toHaveLength(1);
  await person.move('\u007F\u007F');
  await expect.poll(() => kept(person.home), { timeout: 10_000 }).toEqual([]);
});

test('the line that declares is kept too, before there is any incident', { timeout: 150_000 }, async () => {
  await using person = await sitDown('');
  await person.press(keys.enter, 'What');
  await person.press(WORDS, WORDS);
  await pause(A_PAUSE_MS);
  await ended(person, 'SIGKILL');
  expect(kept(person.home)).toHaveLength(1);
  expect(holding(person.home, 'pelican')).toEqual([]);
  await person.again('');
  await person.press(keys.enter, WORDS);
});

test('where nothing is to be written, nothing is', { timeout: 150_000 }, async () => {
  await using person = await sitDown('--read-only', await declared());
  await person.press('d', 'What');
  await person.press(WORDS, WORDS);
  await pause(A_PAUSE_MS);
  await ended(person, 'SIGTERM');
  expect(kept(person.home)).toEqual([]);
});
