import { Buffer } from 'node:buffer';
import { concatBytes, fromBase64, sameBytes, toBase64 } from '../base/hash.ts';

/** An Ed25519 public key as OpenSSL reads it (RFC 8410): these bytes and the 32 of the key. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** The 32 bytes of such a key; null for any other text. */
export function parsePublicPem(text: string): Uint8Array | null {
  const found = /^\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*$/.exec(text);
  const der = found === null ? null : fromBase64((found[1] ?? '').replaceAll(/\s/g, ''));
  if (der?.length !== SPKI.length + 32 || !sameBytes(der.subarray(0, SPKI.length), SPKI)) return null;
  return der.subarray(SPKI.length);
}

export function publicPem(publicKey: Uint8Array): string {
  return `-----BEGIN PUBLIC KEY-----\n${toBase64(concatBytes(SPKI, publicKey))}\n-----END PUBLIC KEY-----\n`;
}
