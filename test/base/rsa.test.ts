import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { utf8 } from '../../src/base/hash.ts';
import { readJwt, signJwt } from '../../src/base/jwt.ts';
import { publicHalf, rsaKeyOfSeed } from '../../src/base/rsa.ts';

const key = rsaKeyOfSeed(utf8('one'));
const other = rsaKeyOfSeed(utf8('another'));

test('the same seed gives the same key, another seed another one, each of 2048 bits', () => {
  expect(rsaKeyOfSeed(utf8('one'))).toBe(key);
  expect(other).not.toBe(key);
  for (const pem of [key, other])
    expect(createPrivateKey(pem).asymmetricKeyDetails).toMatchObject({
      modulusLength: 2048,
      publicExponent: 65_537n,
    });
});

test('what it signs is read with its own public half alone', () => {
  const token = signJwt({ iss: '4711' }, key) ?? '';
  expect(readJwt(token, publicHalf(key))).toEqual({ iss: '4711' });
  expect(readJwt(token, publicHalf(other))).toBeNull();
});

test('the public half is the one that OpenSSL finds, and nothing has none', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  expect(publicHalf(pem)).toBe(publicKey.export({ type: 'spki', format: 'pem' }).toString());
  expect(publicHalf('drill_0123')).toBe('');
});
