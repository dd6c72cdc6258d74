import { Buffer } from 'node:buffer';
import { concatBytes, toBase64 } from '../base/hash.ts';

/** An Ed25519 public key as OpenSSL reads it (RFC 8410): these bytes and the 32 of the key. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

export function publicPem(publicKey: Uint8Array): string {
  return `-----BEGIN PUBLIC KEY-----\n${toBase64(concatBytes(SPKI, publicKey))}\n-----END PUBLIC KEY-----\n`;
}
