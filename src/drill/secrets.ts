import type { Json } from '../base/canonical.ts';
import { hmacSha256, toHex, utf8 } from '../base/hash.ts';
import { publicHalf, rsaKeyOfSeed } from '../base/rsa.ts';
import { sshKeyOfSeed } from '../base/sshsig.ts';
import type { Company } from '../model/company.ts';
import type { Scenery } from '../model/drill.ts';
import type { SeedValue } from '../model/move.ts';

/**
 * Credentials of a fake world, made from the seed: the same drill with the same seed has the same ones, and no live secret
 * is ever looked at.
 */
export const madeSecret = (seed: number, drill: Pick<Scenery, 'secrets'>): ((name: string) => string) => {
  const key = utf8(`firebreak/drill/v1\0${seed}`);
  // Finding the primes of one takes a while, and it is asked for at every signature.
  const keys = new Map<string, string>();
  const rsaKey = (name: string): string => {
    const made = keys.get(name) ?? rsaKeyOfSeed(hmacSha256(key, `rsa\0${name}`));
    keys.set(name, made);
    return made;
  };
  return (name) => {
    const look = drill.secrets?.[name] ?? { prefix: 'drill_' };
    if ('key' in look) return rsaKey(name);
    const digits = [0, 1, 2, 3].map((part) => toHex(hmacSha256(key, `${name}\0${part}`))).join('');
    return look.prefix + digits.slice(0, look.length ?? 40);
  };
};

const SECRET = '$secret:';
/** What the other side knows of a private key. */
const PUBLIC = '$public:';

const filled = (text: string, made: (name: string) => string): string => {
  if (text.startsWith(PUBLIC)) return publicHalf(made(text.slice(PUBLIC.length)));
  return text.startsWith(SECRET) ? made(text.slice(SECRET.length)) : text;
};

/** A simulator's seed with its made-up credentials in place. */
export const withSecrets = (value: SeedValue, made: (name: string) => string): Json => {
  if (typeof value === 'string') return filled(value, made);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((one: SeedValue) => withSecrets(one, made));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]: readonly [string, SeedValue]) => [key, withSecrets(one, made)]),
  );
};

/** The key of a person of the made-up company, as 32 bytes: in a drill whoever plays can also play the one who approves. */
export const madeUpSeed = (seed: number, person: string): Uint8Array =>
  hmacSha256(utf8(`firebreak/drill/v1\0${seed}`), `approver\0${person}`);

/** The made-up company with keys for its people, so that approvals are signed and checked as in earnest. */
export const withMadeUpKeys = (company: Company, seed: number): Company => ({
  ...company,
  people: (company.people ?? []).map((person) => ({
    ...person,
    keys: [sshKeyOfSeed(madeUpSeed(seed, person.handle)).line],
  })),
});
