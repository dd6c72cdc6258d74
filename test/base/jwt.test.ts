import { createVerify, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { readJwt, signJwt } from '../../src/base/jwt.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const publicPem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const claims = { iss: '4711', iat: 1_769_900_000, exp: 1_769_900_540 };

test('a token is what the RFC says, and the same for the same claims', () => {
  const token = signJwt(claims, pem) ?? '';
  const [head = '', body = '', signature = ''] = token.split('.');
  expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({ alg: 'RS256', typ: 'JWT' });
  expect(JSON.parse(Buffer.from(body, 'base64url').toString())).toEqual(claims);
  const check = createVerify('RSA-SHA256').update(`${head}.${body}`);
  expect(check.verify(rsa.publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
  expect(signJwt(claims, pem)).toBe(token);
  expect(readJwt(token, publicPem)).toEqual(claims);
});

test('another key, a changed claim, another algorithm and nonsense are refused', () => {
  const token = signJwt(claims, pem) ?? '';
  const otherPem = other.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  expect(readJwt(token, otherPem)).toBeNull();
  const [head = '', , signature = ''] = token.split('.');
  const forged = Buffer.from(JSON.stringify({ ...claims, iss: '1' })).toString('base64url');
  expect(readJwt(`${head}.${forged}.${signature}`, publicPem)).toBeNull();
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  expect(readJwt(`${none}.${forged}.`, publicPem)).toBeNull();
  expect(readJwt('nonsense', publicPem)).toBeNull();
});

test('what is no RSA key signs nothing', () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  expect(signJwt(claims, ec.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())).toBeNull();
  expect(signJwt(claims, 'no key')).toBeNull();
});
