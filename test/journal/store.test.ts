import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CanonicalError } from '../../src/base/canonical.ts';
import { StorageError } from '../../src/io/storage.ts';
import { openSqlite, type Sqlite } from '../../src/io/sqlite.ts';
import { verifyJournal } from '../../src/journal/check.ts';
import { signerFromSeed } from '../../src/journal/keys.ts';
import { newJournal, note, reopen, testKeys } from './journals.ts';

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return error instanceof StorageError ? error.code : String(error);
  }
  return 'no error';
};

describe('a journal', () => {
  it('opens with its incident and its key, and verifies', () => {
    const journal = newJournal();
    const [first] = [...journal.entries()];
    expect(first).toMatchObject({
      n: 0,
      kind: 'log.open',
      pub: { incident: journal.incident, key: journal.vkey },
    });
    expect(journal.origin).toMatch(/^firebreak\.invalid\/l\/[0-9a-f]{16}$/);
    journal.close();
    expect(verifyJournal(journal.path, { pinned: journal.vkey })).toMatchObject({
      ok: true,
      size: 1,
      findings: [],
    });
  });

  it('keeps order and content over closing and opening', async () => {
    const journal = newJournal();
    for (let i = 0; i < 20; i += 1) await journal.append([note(i)]);
    const before = [...journal.entries()];
    journal.close();
    const again = reopen(journal.path);
    expect([...again.entries()]).toEqual(before);
    expect(again.size()).toBe(21);
    expect([...again.entries(18)].map(({ n }) => n)).toEqual([18, 19, 20]);
    again.close();
  });

  it('puts what is appended in one turn under one checkpoint', async () => {
    const journal = newJournal();
    const appended = await Promise.all([journal.append([note(1)]), journal.append([note(2), note(3)])]);
    expect(appended.map((entries) => entries.map(({ n }) => n))).toEqual([[1], [2, 3]]);
    expect(journal.checkpoint().split('\n')[1]).toBe('4');
    journal.close();
    expect(verifyJournal(journal.path).ok).toBe(true);
    const db = openSqlite(journal.path, { mode: 'read' });
    expect(db.all('SELECT size FROM checkpoint ORDER BY size').map((row) => row['size'])).toEqual([1, 4]);
    db.close();
  });

  it('writes what was queued before what is appended now', async () => {
    const journal = newJournal();
    const queued = journal.append([note(1)]);
    const [now] = journal.appendNow([note(2)]);
    expect(now?.n).toBe(2);
    expect((await queued)[0]?.n).toBe(1);
    const last = journal.append([note(3)]);
    journal.close();
    expect((await last)[0]?.n).toBe(3);
  });

  it('refuses alone a draft that JSON cannot carry or that is too large, and writes its neighbours', async () => {
    const journal = newJournal();
    const results = await Promise.allSettled([
      journal.append([note(1)]),
      journal.append([{ kind: 'note', actor: 'ana', pub: { rate: 0.5 } }]),
      journal.append([{ kind: 'note', actor: 'ana', pub: { text: 'x'.repeat(66_000) } }]),
      journal.append([note(2)]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect((results[1] as PromiseRejectedResult).reason).toBeInstanceOf(CanonicalError);
    expect((results[2] as PromiseRejectedResult).reason).toMatchObject({ code: 'too-large' });
    expect(journal.size()).toBe(3);
    journal.close();
  });

  it('refuses another device key, a second creation, and a file that is none', () => {
    const journal = newJournal();
    journal.close();
    const other = { signer: signerFromSeed(Buffer.alloc(32, 8)), kek: null };
    expect(codeOf(() => reopen(journal.path, { keys: other }))).toBe('wrong-key');
    expect(codeOf(() => newJournal({ path: journal.path }))).toBe('exists');
    expect(codeOf(() => reopen(join(dirname(journal.path), 'none.sqlite')))).toBe('missing');
    expect(codeOf(() => reopen('/proc/version'))).not.toBe('no error');
    const reader = reopen(journal.path, { keys: other, readOnly: true });
    expect(reader.size()).toBe(1);
    expect(codeOf(() => reader.appendNow([note(1)]))).toBe('read-only');
    reader.close();
  });

  it('lets only its owner read its files', () => {
    const journal = newJournal();
    journal.appendNow([note(1)]);
    const folder = dirname(journal.path);
    const modes = readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777);
    expect(modes.length).toBeGreaterThan(1);
    expect(new Set(modes)).toEqual(new Set([0o600]));
    journal.close();
  });

  it('guards its entries against our own SQL', () => {
    const journal = newJournal();
    journal.close();
    const db = openSqlite(journal.path, { mode: 'write' });
    expect(() => db.exec('UPDATE entry SET n = 5')).toThrow('never changed');
    expect(() => db.exec('DELETE FROM entry')).toThrow('never removed');
    db.close();
  });
});

describe('private fields', () => {
  const canary = 'Müller canary-7f3a, 4.5 MB \u{1f691}';
  const disk = (path: string): string =>
    readdirSync(dirname(path))
      .map((name) => readFileSync(join(dirname(path), name)).toString('latin1'))
      .join('\n');

  it('are sealed from the first entry: the clear text is in no file', () => {
    const journal = newJournal();
    journal.appendNow([note(1, canary)]);
    const bytes = Buffer.from([0, 255, 1, 254]);
    journal.appendNow([{ ...note(2), priv: { body: { class: 'evidence', value: bytes } } }]);
    expect(journal.reveal({ n: 1, name: 'text' })).toBe(canary);
    expect(Buffer.from(journal.revealBytes({ n: 2, name: 'body' }) ?? [])).toEqual(bytes);
    for (const open of [true, false]) {
      if (!open) journal.close();
      const found = disk(journal.path);
      expect(found).toContain('log.open');
      expect(found).not.toContain('canary-7f3a');
      expect(found).not.toContain(Buffer.from('canary-7f3a').toString('base64').slice(0, 12));
    }
  });

  it('read as sealed without the key, and public entries can still be written', () => {
    const journal = newJournal();
    journal.appendNow([note(1, canary)]);
    journal.close();
    const sealed = reopen(journal.path, { keys: { ...testKeys, kek: null } });
    expect(sealed.reveal({ n: 1, name: 'text' })).toBeNull();
    expect(sealed.reveal({ n: 1, name: 'nothing' })).toBeNull();
    expect(sealed.reveal({ n: 99, name: 'text' })).toBeNull();
    expect(sealed.appendNow([note(2)])).toHaveLength(1);
    expect(codeOf(() => sealed.appendNow([note(3, 'x')]))).toBe('sealed');
    sealed.close();
    const wrong = reopen(journal.path, { keys: { ...testKeys, kek: Buffer.alloc(32, 1) } });
    expect(wrong.reveal({ n: 1, name: 'text' })).toBeNull();
    expect(codeOf(() => wrong.appendNow([note(3, 'x')]))).toBe('wrong-key');
    wrong.close();
    expect(verifyJournal(journal.path)).toMatchObject({ ok: true, size: 3 });
  });

  it('are gone after shredding, keys and bytes, and every proof still holds', () => {
    const journal = newJournal();
    journal.appendNow([
      { ...note(1), priv: { token: { class: 'secrets-seen', value: canary } } },
      note(2, 'stays'),
    ]);
    const db = openSqlite(journal.path, { mode: 'read' });
    const wrapped = db.get(`SELECT wrapped FROM dek WHERE class = 'secrets-seen'`)?.['wrapped'] as Uint8Array;
    const blob = db.get('SELECT data FROM blob ORDER BY rowid LIMIT 1')?.['data'] as Uint8Array;
    db.close();
    const hit = (bytes: Uint8Array): boolean =>
      disk(journal.path).includes(Buffer.from(bytes).toString('latin1'));
    expect([hit(wrapped), hit(blob)]).toEqual([true, true]);
    expect(journal.shred('secrets-seen', { actor: 'ana', reason: 'closed' })).toEqual({
      keys: 1,
      wiped: true,
    });
    expect([hit(wrapped), hit(blob)]).toEqual([false, false]);
    expect(journal.reveal({ n: 1, name: 'token' })).toBeNull();
    expect(journal.reveal({ n: 2, name: 'text' })).toBe('stays');
    expect([...journal.entries(3)]).toMatchObject([{ kind: 'key.shred', pub: { class: 'secrets-seen' } }]);
    expect(journal.shred('secrets-seen', { actor: 'ana', reason: 'again' })).toEqual({
      keys: 0,
      wiped: true,
    });
    journal.appendNow([{ ...note(4), priv: { token: { class: 'secrets-seen', value: 'new' } } }]);
    expect(journal.reveal({ n: 4, name: 'token' })).toBe('new');
    journal.close();
    expect(verifyJournal(journal.path)).toMatchObject({ ok: true, size: 5 });
  });
});

describe('a commit that fails', () => {
  /** A database whose next transaction fails before or after its COMMIT. */
  function faulty(): { fail: 'no' | 'before' | 'after'; opened: number; open: typeof openSqlite } {
    const state: ReturnType<typeof faulty> = {
      fail: 'no',
      opened: 0,
      open: (path, options) => {
        state.opened += 1;
        const db: Sqlite = openSqlite(path, options);
        return {
          ...db,
          write: (work) => {
            const mode = state.fail;
            state.fail = 'no';
            if (mode === 'no') return db.write(work);
            const fail = (): never => {
              throw new StorageError('io', path, 'reading or writing failed (SQLITE_IOERR_FSYNC)');
            };
            if (mode === 'before') return db.write(() => (work(), fail()));
            db.write(work);
            return fail();
          },
        };
      },
    };
    return state;
  }

  it('is followed by a look at the disk, and says what was found', async () => {
    for (const [fail, landed, size] of [
      ['before', false, 2],
      ['after', true, 3],
    ] as const) {
      const disk = faulty();
      const journal = newJournal({ sqlite: disk.open });
      await journal.append([note(1)]);
      const before = disk.opened;
      disk.fail = fail;
      await expect(journal.append([note(2)])).rejects.toMatchObject({ code: 'io', landed });
      expect(disk.opened).toBe(before + 1);
      expect(journal.size()).toBe(size);
      expect((await journal.append([note(3)]))[0]?.n).toBe(size);
      journal.close();
      expect(verifyJournal(journal.path).ok).toBe(true);
    }
  });
});

describe('the lease', () => {
  it('is held by one owner, lost by a takeover, and free after release', () => {
    const journal = newJournal();
    expect(journal.lease.holder()).toBeNull();
    expect(journal.lease.acquire('a')).toEqual({ held: true });
    expect(journal.lease.heartbeat('a')).toBe(true);
    expect(journal.lease.holder()).toMatchObject({ owner: 'a', pid: process.pid, fresh: true });
    journal.lease.takeOver('b');
    expect(journal.lease.heartbeat('a')).toBe(false);
    journal.lease.release('a');
    expect(journal.lease.holder()?.owner).toBe('b');
    journal.lease.release('b');
    expect(journal.lease.holder()).toBeNull();
    journal.close();
  });

  it('once lost, nothing further begins behind it; a note is still written, and the end of what was under way', async () => {
    const first = newJournal();
    first.lease.acquire('a');
    const intent = { kind: 'act.intent', actor: 'ada', pub: {} };
    await first.append([intent]);
    const other = reopen(first.path);
    other.lease.takeOver('b');
    const outcome = { kind: 'act.outcome', actor: 'ada', pub: {} };
    const refused = { code: 'engine-held' };
    const size = first.size();
    await expect(first.append([intent])).rejects.toMatchObject(refused);
    await expect(first.append([{ ...outcome, kind: 'act.kept' }])).rejects.toMatchObject(refused);
    await expect(first.append([{ ...intent, kind: 'batch.intent', begins: [] }])).rejects.toMatchObject(
      refused,
    );
    await expect(first.appendRows({ batch: 1, rows: [] })).rejects.toMatchObject(refused);
    expect(first.size()).toBe(size);
    // Queued with one that is refused, a note is not lost.
    const [, noted] = await Promise.allSettled([first.append([intent]), first.append([note(1), outcome])]);
    expect(noted.status).toBe('fulfilled');
    expect(first.size()).toBe(size + 2);
    await other.append([intent]);
    other.close();
    first.close();
    expect(verifyJournal(first.path).ok).toBe(true);
  });

  it('of another living process is not taken; of a dead one, or of an earlier start, it is', () => {
    const journal = newJournal();
    const db = openSqlite(journal.path, { mode: 'write' });
    const held = (pid: number, boot: string): unknown => {
      db.run(
        'INSERT OR REPLACE INTO lease VALUES (?, ?, ?, ?, ?, ?)',
        'engine',
        'other',
        pid,
        boot,
        1,
        '1000000000',
      );
      return journal.lease.acquire('me');
    };
    expect(held(process.ppid, 'c0ffee01')).toMatchObject({
      held: false,
      holder: { owner: 'other', fresh: true },
    });
    expect(held(2 ** 22 + 1, 'c0ffee01')).toEqual({ held: true });
    expect(held(process.ppid, '0ldb0075')).toEqual({ held: true });
    db.close();
    journal.close();
  });
});
