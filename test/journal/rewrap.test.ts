import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { kekId } from '../../src/journal/deks.ts';
import { decodeKeyFile, encodeKeyFile, fits, isBound, kekOf } from '../../src/journal/key-file.ts';
import type { KeyFile, Recipient } from '../../src/journal/key-file.ts';
import { rewrap, wrappedBy } from '../../src/journal/rewrap.ts';
import { verifyJournal } from '../../src/journal/check.ts';
import { fakeRandom } from '../fakes/random.ts';
import { newJournal, note, reopen, testKeys } from './journals.ts';

const before = testKeys.kek ?? Buffer.alloc(32);
const after = Buffer.alloc(32, 5);
const both = new Map([before, after].map((kek) => [kekId(kek), kek]));

describe('re-wrapping a journal', () => {
  it('changes the key that opens it, and no byte of an entry, a blob or a proof', () => {
    const journal = newJournal();
    journal.appendNow([note(1, 'private')]);
    const { path } = journal;
    journal.close();
    const { root } = verifyJournal(path);
    expect(wrappedBy(path)).toEqual([kekId(before)]);
    expect(rewrap(path, both, after, fakeRandom())).toEqual({ is: 'moved', wiped: true });
    expect(wrappedBy(path)).toEqual([kekId(after)]);
    expect(rewrap(path, both, after, fakeRandom())).toEqual({ is: 'same' });
    expect(verifyJournal(path)).toMatchObject({ ok: true, root });
    const [old, now] = [reopen(path), reopen(path, { keys: { ...testKeys, kek: after } })];
    expect([old.reveal({ n: 1, name: 'text' }), now.reveal({ n: 1, name: 'text' })]).toEqual([
      null,
      'private',
    ]);
    old.close();
    now.close();
  });

  it('changes nothing when one of its data keys opens with no key that is here', () => {
    const journal = newJournal();
    journal.appendNow([note(1, 'private')]);
    journal.close();
    expect(rewrap(journal.path, new Map([[kekId(after), after]]), after, fakeRandom())).toEqual({
      is: 'no-key',
    });
    expect(wrappedBy(journal.path)).toEqual([kekId(before)]);
  });

  it('keeps a process that still holds the old key from sealing anything that would be lost with it', () => {
    const journal = newJournal();
    journal.appendNow([note(1, 'private')]);
    rewrap(journal.path, both, after, fakeRandom());
    const size = journal.size();
    const other = {
      kind: 'note',
      actor: 'ana',
      pub: { i: 2 },
      priv: { text: { class: 'evidence', value: 'x' } },
    };
    expect(() => journal.appendNow([other])).toThrow(expect.objectContaining({ code: 'wrong-key' }));
    expect(journal.size()).toBe(size);
    expect(wrappedBy(journal.path)).toEqual([kekId(after)]);
    journal.close();
  });
});

describe('key.json', () => {
  const wrap = { to: 'age1someone', wrapped: 'AAAA' };
  const recipients: readonly Recipient[] = [
    { from: 'passphrase', salt: '00'.repeat(16), wrap },
    { from: 'code', wrap, shown: true },
    { from: 'age', wrap },
    { from: 'aws-kms', key: 'alias/firebreak', sealed: 'AAAA', box: 'AAAA' },
    { from: 'vault', key: 'transit/firebreak', sealed: 'vault:v1:AAAA' },
  ];
  const now = kekOf(before, recipients);
  const whole: KeyFile = {
    now,
    next: kekOf(after, [{ from: 'keychain', account: 'data-key-1' }]),
    forget: ['old'],
    drilled: { at: '2026-11-20T02:00:00.000Z', name: 'code' },
  };
  const small: KeyFile = { now: kekOf(after, [{ from: 'file' }]), next: null, forget: [], drilled: null };

  it.each([whole, { ...whole, next: null, forget: [] }, small])('says what it was told: %j', (file) => {
    expect(decodeKeyFile(encodeKeyFile(file))).toEqual(file);
  });

  it('still reads the older form, which knew one way to a key', () => {
    const { id, check } = now;
    const head = { schema: 'firebreak.key/v1', from: 'passphrase', id, check, salt: '11'.repeat(16) };
    const old = decodeKeyFile(JSON.stringify({ ...head, next: { from: 'file', id, check }, forget: ['a'] }));
    expect(old).toEqual({
      now: {
        id,
        check,
        recipients: [{ from: 'passphrase', salt: '11'.repeat(16), wrap: null }],
        bound: null,
      },
      next: { id, check, recipients: [{ from: 'file' }], bound: null },
      forget: ['a'],
      drilled: null,
    });
  });

  it.each([
    '',
    '{',
    '[]',
    '{"schema":"firebreak.keys/v3"}',
    encodeKeyFile(whole).replace(/"salt": "00/, '"salt": "0'),
    encodeKeyFile(whole).replace('"keychain"', '"cloud"'),
    encodeKeyFile({ ...whole, now: { ...now, recipients: [] } }),
  ])('is refused when it is anything else: %j', (text) => {
    expect(decodeKeyFile(text)).toBeNull();
  });

  it('notices a recipient that no holder of the key wrote down', () => {
    expect(isBound(now, before)).toBe(true);
    const more = {
      ...now,
      recipients: [...recipients, { from: 'age', wrap: { ...wrap, to: 'age1thief' } }] as const,
    };
    expect(isBound(more, before)).toBe(false);
    expect(isBound({ ...now, recipients: recipients.slice(1) }, before)).toBe(false);
  });

  it('tells the right key from a wrong one, and holds neither', () => {
    expect([fits(now, before), fits(now, after)]).toEqual([true, false]);
    expect(encodeKeyFile(whole)).not.toContain(Buffer.from(before).toString('hex'));
  });
});
