import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APPROVAL_NAMESPACE, approvalText } from '../../src/base/approval.ts';
import { checkSshsig, parseSshKey, sshFingerprint, sshKeyOfSeed, signSshsig } from '../../src/base/sshsig.ts';
import vectors from '../fixtures/journal-vectors.json' with { type: 'json' };

const vector = vectors.vectors['15_ssh_approval'];
const seed = new Uint8Array(32).fill(7);
const message = approvalText('ab'.repeat(32));

describe('vector 15', () => {
  const keyLine = vector.allowed_signers.split(' ').slice(2).join(' ');

  test('is a signature by the key of its allowed signer', () => {
    const check = checkSshsig(vector.signature, vector.message, APPROVAL_NAMESPACE);
    expect(check).toMatchObject({ ok: true, key: { line: keyLine.trim() } });
  });

  test('is over the leaf hash of one entry, as the rule says', () => {
    const hash = vector.message.split('\n')[1] ?? '';
    expect(approvalText(hash)).toBe(vector.message);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([
    ['another namespace', vector.message, 'file', 'other-namespace'],
    ['another intent', vector.message.replace('cc90', 'cc91'), APPROVAL_NAMESPACE, 'does-not-fit'],
    ['a line end more', `${vector.message}\n`, APPROVAL_NAMESPACE, 'does-not-fit'],
    ['nothing', '', APPROVAL_NAMESPACE, 'does-not-fit'],
  ])('does not fit %s', (_, text, namespace, why) => {
    expect(checkSshsig(vector.signature, text, namespace)).toEqual({ ok: false, why });
  });
});

test('one changed byte anywhere in a signature makes it none', () => {
  const whole = signSshsig(seed, message, APPROVAL_NAMESPACE);
  const bytes = Buffer.from(whole.split('\n').slice(1, -2).join(''), 'base64');
  for (let i = 0; i < bytes.length; i += 1) {
    const changed = Buffer.from(bytes);
    changed[i] = (changed[i] ?? 0) ^ 1;
    const text = `-----BEGIN SSH SIGNATURE-----\n${changed.toString('base64')}\n-----END SSH SIGNATURE-----`;
    const check = checkSshsig(text, message, APPROVAL_NAMESPACE);
    // The reserved field is empty here, so every byte counts.
    expect(check.ok, `byte ${i}`).toBe(false);
  }
});

test('what is cut, prolonged or no text of that form is no signature', () => {
  const whole = signSshsig(seed, message, APPROVAL_NAMESPACE);
  const bytes = Buffer.from(whole.split('\n').slice(1, -2).join(''), 'base64');
  const armour = (inner: Uint8Array): string =>
    `-----BEGIN SSH SIGNATURE-----\n${Buffer.from(inner).toString('base64')}\n-----END SSH SIGNATURE-----`;
  for (let length = 0; length < bytes.length; length += 7)
    expect(checkSshsig(armour(bytes.subarray(0, length)), message, APPROVAL_NAMESPACE).ok).toBe(false);
  for (const text of ['', 'hello', armour(Buffer.concat([bytes, Buffer.from([0])])), 'x'.repeat(100_000)])
    expect(checkSshsig(text, message, APPROVAL_NAMESPACE)).toEqual({ ok: false, why: 'not-a-signature' });
  expect(checkSshsig(armour(bytes), message, APPROVAL_NAMESPACE).ok).toBe(true);
});

test('a key is its line, with or without a comment; what is none is refused', () => {
  const { line, blob } = sshKeyOfSeed(seed);
  expect(parseSshKey(`${line} bob@laptop of his`)).toMatchObject({ line, comment: 'bob@laptop of his' });
  expect(sshFingerprint(blob)).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
  for (const text of [
    '',
    'ssh-ed25519',
    `ssh-rsa ${line.split(' ')[1] ?? ''}`,
    line.slice(0, -4),
    'ssh-dss AAAA',
  ])
    expect(parseSshKey(text), text).toBeNull();
});

const present = spawnSync('ssh-keygen', ['-?']).error === undefined;

describe('beside the real ssh-keygen', () => {
  let folder = '';
  const at = (name: string): string => join(folder, name);
  beforeAll(() => {
    // Without it nothing here was compared with anything: that is a failure, never a pass.
    if (!present) throw new Error('ssh-keygen is not installed: apt-get install openssh-client');
    folder = mkdtempSync(join(tmpdir(), 'firebreak-sshsig-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const verified = (
    line: string,
    signature: string,
    text: string,
    namespace = APPROVAL_NAMESPACE,
  ): boolean => {
    writeFileSync(at('allowed'), `bob ${line}\n`);
    writeFileSync(at('sig'), signature);
    const args = ['-Y', 'verify', '-f', at('allowed'), '-I', 'bob', '-n', namespace, '-s', at('sig')];
    return spawnSync('ssh-keygen', args, { input: text }).status === 0;
  };

  test.each([
    ['ed25519', []],
    ['ecdsa', ['-b', '256']],
    ['ecdsa', ['-b', '384']],
    ['ecdsa', ['-b', '521']],
    ['rsa', ['-b', '2048']],
  ])('its %s signature %j is taken, and refused for any other text or namespace', (kind, more) => {
    const name = `${kind}${more[1] ?? ''}`;
    execFileSync('ssh-keygen', ['-q', '-t', kind, ...more, '-N', '', '-C', 'bob@desk', '-f', at(name)]);
    // Numbers of an ECDSA signature vary in length, so several are looked at.
    for (let turn = 0; turn < (kind === 'ecdsa' ? 12 : 2); turn += 1) {
      const args = ['-Y', 'sign', '-q', '-n', APPROVAL_NAMESPACE, '-f', at(name)];
      const signature = execFileSync('ssh-keygen', args, { input: message, stdio: 'pipe' }).toString();
      const key = parseSshKey(readFileSync(at(`${name}.pub`), 'utf8'));
      expect(checkSshsig(signature, message, APPROVAL_NAMESPACE)).toMatchObject({
        ok: true,
        key: { line: key?.line },
      });
      expect(checkSshsig(signature, approvalText('cd'.repeat(32)), APPROVAL_NAMESPACE).ok).toBe(false);
      expect(checkSshsig(signature, message, 'git')).toEqual({ ok: false, why: 'other-namespace' });
    }
    const printed = execFileSync('ssh-keygen', ['-l', '-f', at(`${name}.pub`)])
      .toString()
      .split(' ')[1];
    const key = parseSshKey(readFileSync(at(`${name}.pub`), 'utf8'));
    expect(key === null ? null : sshFingerprint(key.blob)).toBe(printed);
  });

  test('it takes ours, and refuses it for another text or namespace', () => {
    const signature = signSshsig(seed, message, APPROVAL_NAMESPACE);
    const { line } = sshKeyOfSeed(seed);
    expect(verified(line, signature, message)).toBe(true);
    expect(verified(line, signature, `${message} `)).toBe(false);
    expect(verified(line, signature, message, 'git')).toBe(false);
  });

  // OpenSSH 9.2 takes an untouched one here; an approval is to say that somebody was there, so we do not.
  test.each([1, 0])('a hardware key counts once it was touched (flag %i)', (flag) => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const x = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
    const kind = Buffer.from('sk-ssh-ed25519@openssh.com');
    const application = Buffer.from('ssh:');
    const str = (bytes: Buffer): Buffer => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return Buffer.concat([length, bytes]);
    };
    const sha = (name: string, bytes: Buffer): Buffer => createHash(name).update(bytes).digest();
    const blob = Buffer.concat([str(kind), str(x), str(application)]);
    const preamble = Buffer.concat([
      Buffer.from('SSHSIG'),
      ...[APPROVAL_NAMESPACE, '', 'sha512'].map((text) => str(Buffer.from(text))),
      str(sha('sha512', Buffer.from(message))),
    ]);
    const tail = Buffer.from([flag, 0, 0, 0, 9]);
    const value = sign(
      null,
      Buffer.concat([sha('sha256', application), tail, sha('sha256', preamble)]),
      privateKey,
    );
    const inner = Buffer.concat([
      Buffer.from('SSHSIG'),
      Buffer.from([0, 0, 0, 1]),
      str(blob),
      ...[APPROVAL_NAMESPACE, '', 'sha512'].map((text) => str(Buffer.from(text))),
      str(Buffer.concat([str(kind), str(value), tail])),
    ]).toString('base64');
    const signature = `-----BEGIN SSH SIGNATURE-----\n${(inner.match(/.{1,70}/g) ?? []).join('\n')}\n-----END SSH SIGNATURE-----\n`;
    const line = `sk-ssh-ed25519@openssh.com ${blob.toString('base64')}`;
    expect(checkSshsig(signature, message, APPROVAL_NAMESPACE).ok).toBe(flag === 1);
    expect(verified(line, signature, message)).toBe(true);
  });
});
