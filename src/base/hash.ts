import { createHash, createHmac, hash } from 'node:crypto';
import { Buffer } from 'node:buffer';

/** SHA-256 as 32 bytes. Text is hashed as UTF-8. */
export function sha256(data: string | Uint8Array): Uint8Array {
  return hash('sha256', data, 'buffer');
}

/** SHA-256 as 64 lower-case hex digits. Text is hashed as UTF-8. */
export function sha256Hex(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex');
}

/** HMAC-SHA-256 as 32 bytes. */
/** The same over bytes that come piece by piece. */
export function sha256Of(): Readonly<{ add: (bytes: Uint8Array) => void; hex: () => string }> {
  const sum = createHash('sha256');
  return { add: (bytes) => void sum.update(bytes), hex: () => sum.copy().digest('hex') };
}

export function hmacSha256(key: Uint8Array, data: string | Uint8Array): Uint8Array {
  return createHmac('sha256', key).update(data).digest();
}

/** For what a vendor signs with it, and for nothing of our own. */
export function hmacSha1(key: Uint8Array, data: string | Uint8Array): Uint8Array {
  return createHmac('sha1', key).update(data).digest();
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

/** Null unless the text is an even number of lower-case hex digits. */
export function fromHex(text: string): Uint8Array | null {
  return text.length % 2 === 0 && /^[0-9a-f]*$/.test(text) ? Buffer.from(text, 'hex') : null;
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** Null unless the text is padded standard base64 in its one canonical form. */
export function fromBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}

export function utf8(text: string): Uint8Array {
  return Buffer.from(text, 'utf8');
}
