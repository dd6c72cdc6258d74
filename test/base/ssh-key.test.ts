import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sshPrivateKey, sshPublicHalf } from '../../src/base/ssh-key.ts';
import { sshKeyOfSeed } from '../../src/base/sshsig.ts';

const seed = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);

test('ssh-keygen reads it, and finds the same public half', () => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-ssh-'));
  try {
    const file = join(folder, 'key');
    writeFileSync(file, sshPrivateKey(seed(7)), { mode: 0o600 });
    const line = execFileSync('ssh-keygen', ['-y', '-f', file]).toString().trim();
    expect(line).toBe(sshKeyOfSeed(seed(7)).line);
    expect(sshPublicHalf(sshPrivateKey(seed(7)))?.line).toBe(line);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('other seeds make other keys, and what is none has no public half', () => {
  expect(sshPublicHalf(sshPrivateKey(seed(8)))?.line).not.toBe(sshKeyOfSeed(seed(7)).line);
  for (const text of [
    '',
    'no key',
    sshPrivateKey(seed(7)).slice(40),
    sshPrivateKey(seed(7)).replace(/\n.{70}/, '\nAAAA'),
  ])
    expect(sshPublicHalf(text)).toBeNull();
});
