import { checkPrimeSync, createPrivateKey, createPublicKey } from 'node:crypto';
import { Buffer } from 'node:buffer';
import { concatBytes, hmacSha256 } from './hash.ts';

/**
 * An RSA key of 2048 bits made from a seed: the same seed gives the same one. For fake worlds alone: whoever knows the seed knows the
 * key, so nothing that is real may rest on it.
 */

const HALF_BYTES = 128;
const E = 65_537n;

const toBig = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

const toPart = (value: bigint): string => {
  const digits = value.toString(16);
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex').toString('base64url');
};

/** The first prime from a place that the seed gives; both upper bits are set, so that the product has all its length. */
const primeOf = (seed: Uint8Array, name: string): bigint => {
  const blocks = [0, 1, 2, 3].map((block) => hmacSha256(seed, `${name}\0${block}`));
  const top = 3n << BigInt(HALF_BYTES * 8 - 2);
  let candidate = toBig(concatBytes(...blocks)) | top | 1n;
  while ((candidate - 1n) % E === 0n || !checkPrimeSync(candidate)) candidate += 2n;
  return candidate;
};

/** The number that times `a` leaves 1 over `n`. */
const inverse = (a: bigint, n: bigint): bigint => {
  let [r, next] = [n, a % n];
  let [t, then] = [0n, 1n];
  while (next !== 0n) {
    const times = r / next;
    [r, next] = [next, r - times * next];
    [t, then] = [then, t - times * then];
  }
  return t < 0n ? t + n : t;
};

/** The public half of a private key in PEM form; '' where the text is none. */
export const publicHalf = (privateKey: string): string => {
  try {
    return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  } catch {
    return '';
  }
};

/** The private key in PEM form (PKCS #8). */
export const rsaKeyOfSeed = (seed: Uint8Array): string => {
  const [p, q] = [primeOf(seed, 'p'), primeOf(seed, 'q')];
  const d = inverse(E, (p - 1n) * (q - 1n));
  const numbers = { n: p * q, e: E, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const parts = Object.entries(numbers).map(([name, value]) => [name, toPart(value)] as const);
  const key = createPrivateKey({ format: 'jwk', key: { kty: 'RSA', ...Object.fromEntries(parts) } });
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
};
