import { spawnSync } from 'node:child_process';
import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemFiles } from '../../src/io/files.ts';
import { checkEd25519 } from '../../src/journal/checkpoint.ts';
import { loadOrCreateKeys } from '../../src/journal/keys.ts';
import { fingerprint } from '../../src/journal/seal.ts';
import { fakeRandom } from '../fakes/random.ts';
import { newFolder } from './journals.ts';

const files = systemFiles();

describe('keys', () => {
  it('are made once, private, and the same ever after', () => {
    const folder = join(newFolder(), 'keys');
    const made = loadOrCreateKeys(folder, files, fakeRandom('first'));
    const again = loadOrCreateKeys(folder, files, fakeRandom('second'));
    expect(Buffer.from(again.signer.publicKey)).toEqual(Buffer.from(made.signer.publicKey));
    expect(Buffer.from(again.kek ?? [])).toEqual(Buffer.from(made.kek ?? []));
    expect(files.list(folder).map(({ name, mode }) => [name, mode])).toEqual([
      ['data.key', 0o600],
      ['device.pem', 0o600],
    ]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const message = Buffer.from('hello');
    expect(checkEd25519(made.signer.publicKey, message, made.signer.sign(message))).toBe(true);
  });

  it.skipIf(spawnSync('openssl', ['version']).error !== undefined)('can be read by openssl', () => {
    const folder = newFolder();
    const { signer } = loadOrCreateKeys(folder, files, fakeRandom());
    const args = ['pkey', '-in', join(folder, 'device.pem'), '-pubout', '-outform', 'DER'];
    const der = spawnSync('openssl', args).stdout;
    expect(Buffer.from(der.subarray(-32))).toEqual(Buffer.from(signer.publicKey));
  });

  it('that others can read, or that are none, are refused with what to do', () => {
    const folder = newFolder();
    loadOrCreateKeys(folder, files, fakeRandom());
    const load = (): unknown => loadOrCreateKeys(folder, files, fakeRandom());
    for (const name of ['device.pem', 'data.key']) {
      const path = join(folder, name);
      chmodSync(path, 0o644);
      expect(load).toThrow(`chmod 600 ${path}`);
      chmodSync(path, 0o600);
      const kept = files.readText(path, 4096);
      writeFileSync(path, 'not a key');
      expect(load).toThrow(expect.objectContaining({ code: 'corrupt', path }));
      writeFileSync(path, kept);
    }
    expect(load).not.toThrow();
  });

  it('give a secret a name that tells nothing without the key', () => {
    const key = Buffer.alloc(32, 1);
    expect(fingerprint(key, 'token')).toMatch(/^[0-9a-f]{8}$/);
    expect(fingerprint(key, 'token')).toBe(fingerprint(key, 'token'));
    expect(fingerprint(key, 'token')).not.toBe(fingerprint(Buffer.alloc(32, 2), 'token'));
  });
});
