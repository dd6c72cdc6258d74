import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { App, KeyChange } from '../../src/app/contract.ts';
import { Problem } from '../../src/base/problem.ts';
import { fakeApp } from './fake-app.ts';
import { CODE, fakeKey, fakeKeyDesk, withOneKey } from './fake-keys.ts';
import { firebreak, type Asked } from './rig.ts';

let box = '';
beforeEach(() => {
  box = mkdtempSync(join(tmpdir(), 'firebreak-keys-'));
});
afterEach(() => {
  rmSync(box, { recursive: true, force: true });
});

const WORDS = 'correct horse battery';

/** What the command chose as the new passphrase. */
const choosing = async (
  asked: Asked,
): Promise<Readonly<{ chosen: string | null; code: number; stderr: string }>> => {
  let chosen: string | null = null;
  const useKey: App['useKey'] = async (from, choose) => {
    chosen = await choose();
    return { from, changed: true, rewrapped: 1, wiped: true, left: [], kept: [] };
  };
  const { code, stderr } = await firebreak(['keys', 'use', 'passphrase'], {
    ...asked,
    app: fakeApp({ useKey }),
  });
  return { chosen, code, stderr };
};

const passphraseFile = (mode: number): string => {
  const path = join(box, 'passphrase');
  writeFileSync(path, `${WORDS}\n`);
  chmodSync(path, mode);
  return path;
};

describe('a new passphrase', () => {
  test('is typed twice, and compared', async () => {
    expect(await choosing({ tty: true, typed: [WORDS, WORDS] })).toMatchObject({ chosen: WORDS, code: 0 });
    expect(await choosing({ tty: true, typed: [WORDS, 'correct horse batter'] })).toMatchObject({
      chosen: null,
      code: 2,
    });
    expect(await choosing({ tty: true, typed: [WORDS] })).toMatchObject({ chosen: null, code: 130 });
  });

  test('comes from a file that nobody else can read', async () => {
    const env = { FIREBREAK_PASSPHRASE_FILE: passphraseFile(0o600) };
    expect(await choosing({ env })).toMatchObject({ chosen: WORDS, code: 0 });
    passphraseFile(0o644);
    const refused = await choosing({ env });
    expect(refused).toMatchObject({ chosen: null, code: 13 });
    expect(refused.stderr).toContain('chmod 600');
    expect(refused.stderr).not.toContain(WORDS);
  });

  test('is never taken from the command line or the environment', async () => {
    expect(await choosing({ env: { FIREBREAK_PASSPHRASE: WORDS } })).toMatchObject({ chosen: null, code: 7 });
    expect((await firebreak(['keys', 'use', 'passphrase', WORDS])).code).toBe(2);
  });
});

describe('the passphrase in use', () => {
  const askedOf = async (argv: readonly string[], asked: Asked): Promise<string | null | undefined> => {
    const { opened } = await firebreak(argv, asked);
    return await opened[0]?.passphrase?.(false);
  };

  test('is asked for at a terminal only, and not at all by a program', async () => {
    expect(await askedOf(['list'], { tty: true, typed: [WORDS] })).toBe(WORDS);
    expect(await askedOf(['list'], { tty: true, typed: [''] })).toBeNull();
    expect(await askedOf(['list', '--json'], { tty: true, typed: [WORDS] })).toBeNull();
    expect(await askedOf(['list', '--no-input'], { tty: true, typed: [WORDS] })).toBeNull();
    expect(await askedOf(['list'], { typed: [WORDS] })).toBeNull();
  });

  test('comes from its file without a question', async () => {
    const env = { FIREBREAK_PASSPHRASE_FILE: passphraseFile(0o600) };
    expect(await askedOf(['list', '--json'], { env })).toBe(WORDS);
    expect(await askedOf(['list'], { env, tty: true })).toBe(WORDS);
  });

  test('is asked for before the screens are drawn, and before a list of titles', async () => {
    const order: string[] = [];
    const unlock: App['unlock'] = async () => await Promise.resolve(void order.push('unlock'));
    const incidents: App['incidents'] = () => {
      order.push('list');
      return [];
    };
    await firebreak(['list'], { app: fakeApp({ unlock, incidents }) });
    expect(order).toEqual(['unlock', 'list']);
    await firebreak([], { tty: true, app: fakeApp({ unlock }) });
    expect(order).toEqual(['unlock', 'list', 'unlock']);
  });
});

test('keys show says where the key comes from, and when it is the only one', async () => {
  const { stdout, stderr, code } = await firebreak(['keys', 'show'], { app: fakeApp(withOneKey()) });
  expect(code).toBe(0);
  expect(stdout).toMatch(/from +file\nplace +\/data\/keys\/data\.key\nat hand +yes\n/);
  expect(stderr).toMatch(/^WARNING: this key is the only one\. Lost, it takes all that is sealed with it/);
  const two = await firebreak(['keys', 'show']);
  expect(two.stderr).toBe('');
  expect(two.stdout).toMatch(/or from +code/);
  const json = await firebreak(['keys', 'show', '--json']);
  expect(JSON.parse(json.stdout)).toEqual({
    schema: 'firebreak.keys/v1',
    from: 'file',
    place: '/data/keys/data.key',
    at_hand: true,
    changing: null,
    stand_in: [],
    alone: false,
    drilled: null,
    ways: fakeKey().ways,
  });
});

test('keys show tells of a change that is half done and of incidents under the stand-in', async () => {
  const place = '/data/keys/key.json';
  const key: App['key'] = () =>
    fakeKey({ from: 'passphrase', place, atHand: false, changing: 'file', standIn: ['inc-7'] });
  const { stdout, stderr } = await firebreak(['keys', 'show'], { app: fakeApp({ key }) });
  expect(stdout).toContain('asked for when something private is read or written');
  expect(stderr).toContain('a change to file is half done. Next: firebreak keys use file');
  expect(stderr).toContain(
    'stand-in key file: inc-7. Next, with the key at hand: firebreak keys use passphrase',
  );
});

test('keys use tells what became of every incident and key, and promises no more than a disk can keep', async () => {
  const told = async (more: Partial<KeyChange>): Promise<string> => {
    const useKey: App['useKey'] = async (from) =>
      await Promise.resolve({ from, changed: true, rewrapped: 2, wiped: true, left: [], kept: [], ...more });
    const { stdout, stderr } = await firebreak(['keys', 'use', 'file'], { app: fakeApp({ useKey }) });
    return stdout + stderr;
  };
  expect(await told({})).toContain('KEY from file, 2 incidents re-wrapped');
  expect(await told({})).toContain('A solid-state drive, a snapshot or a backup may still hold them.');
  expect(await told({ changed: false })).toContain('UNCHANGED');
  expect(await told({ wiped: false })).toContain('-wal file');
  const kept = await told({
    kept: ['/data/keys/data.key'],
    left: [
      { incident: 'inc-1', why: 'no-key' },
      { incident: 'inc-2', why: 'unreadable' },
    ],
  });
  for (const words of [
    'journal may still need it: /data/keys/data.key',
    'inc-1 is sealed with a key that is not here',
    'firebreak verify inc-2',
  ]) {
    expect(kept).toContain(words);
  }
});

test('keys use refuses an unknown source, and --read-only', async () => {
  expect((await firebreak(['keys', 'use', 'cloud'])).code).toBe(2);
  expect((await firebreak(['keys', 'use', 'file', '--read-only'])).code).toBe(4);
});

describe('a recovery code', () => {
  /** The commands that make one, at a terminal and without. */
  const declaring = ['declare', 'leaked-token', '--title', 'x'];

  test.each([['keys', 'init'], ['keys', 'add', 'code'], declaring])(
    'is shown once by: %s %s',
    async (...argv) => {
      let written = 0;
      const desk = { written: async () => await Promise.resolve(void (written += 1)) };
      const shown = await firebreak(argv, { app: fakeApp(withOneKey(desk)), tty: true, typed: [''] });
      expect(shown.stdout.split(CODE)).toHaveLength(2);
      expect([shown.code, written]).toEqual([0, 1]);
      expect(shown.stderr).not.toContain(CODE);
    },
  );

  test('is no second way before somebody says that it is written down', async () => {
    let written = 0;
    const desk = { written: async () => await Promise.resolve(void (written += 1)) };
    const asked = { app: fakeApp(withOneKey(desk)), tty: true, typed: [] };
    expect((await firebreak(['keys', 'add', 'code'], asked)).code).toBe(130);
    const declared = await firebreak(declaring, asked);
    expect(declared.code).toBe(0);
    expect(declared.stderr).toContain('no second way to the key was made');
    expect(written).toBe(0);
  });

  test('is never made where it would end in a file or a pipe; the way to one is told', async () => {
    const add = async (): Promise<never> => await Promise.reject(new Error('made'));
    const app = fakeApp(withOneKey({ add }));
    expect((await firebreak(['keys', 'add', 'code'], { app })).code).toBe(7);
    for (const argv of [declaring, [...declaring, '--json'], ['keys', 'init']]) {
      const told = await firebreak(argv, { app });
      expect([told.code, told.stderr]).toEqual([0, expect.stringContaining('firebreak keys init')]);
    }
  });

  test('that cannot be made keeps nobody from declaring', async () => {
    const add = async (): Promise<never> => await Promise.reject(new Problem('sealed', {}));
    const told = await firebreak(declaring, { app: fakeApp(withOneKey({ add })), tty: true });
    expect([told.code, told.stderr]).toEqual([0, expect.stringContaining('firebreak keys init')]);
  });
});

test('keys drill says what could be restored, and fails when something could not', async () => {
  const drill = (opened: number): App['keyDesk'] => {
    const incidents = [{ incident: 'inc-1', keys: 3, opened, fields: opened }];
    const found = { way: 'code', incidents, unreadable: [], passed: opened === 3 };
    return async () =>
      await Promise.resolve(fakeKeyDesk({ drill: async () => await Promise.resolve(found) }));
  };
  const passed = await firebreak(['keys', 'drill'], { app: fakeApp({ keyDesk: drill(3) }) });
  expect([passed.code, passed.stdout]).toEqual([0, expect.stringContaining('PASSED by way of code alone')]);
  const failed = await firebreak(['keys', 'drill', '--json'], { app: fakeApp({ keyDesk: drill(2) }) });
  expect(failed.code).toBe(4);
  expect(JSON.parse(failed.stdout)).toMatchObject({ schema: 'firebreak.keys-drill/v1', passed: false });
});

test('keys remove and keys rotate tell what became of the key', async () => {
  for (const argv of [
    ['keys', 'rotate'],
    ['keys', 'remove', 'code'],
  ]) {
    expect(await firebreak(argv)).toMatchObject({
      code: 0,
      stdout: 'KEY from file, 2 incidents re-wrapped\n',
    });
    expect((await firebreak([...argv, '--read-only'])).code).toBe(4);
  }
});
