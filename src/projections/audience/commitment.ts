import { canonicalJson, type JsonObject } from '../../base/canonical.ts';
import { concatBytes, hmacSha256, sha256Hex, utf8 } from '../../base/hash.ts';

/**
 * A withheld text is given as a commitment: nothing can be read out of it, and whoever is shown the text and its salt later can tell that
 * it is the one that was taken out. The salts come from one secret of the export, so the same export has the same bytes; two exports share
 * none, so nobody can see by them that the same words were taken out of both.
 */

/** Where something was taken out: a field of an entry, `entry` for its public part, or the name of a person. */
export type Place =
  | Readonly<{ entry: number; field: string }>
  /** By what stands in its place. */
  | Readonly<{ name: string }>;

/** Bytes of the secret of one export. */
export const SECRET_BYTES = 32;

export const saltOf = (secret: Uint8Array, place: Place): Uint8Array =>
  hmacSha256(secret, `firebreak/withheld-salt/v1\0${placeText(place)}`);

/** SHA-256 over a name of its own, the salt of 32 bytes, the place and the text, with a zero byte before and after the place. */
export const commitmentOf = (salt: Uint8Array, place: Place, text: string): string =>
  sha256Hex(concatBytes(utf8('firebreak/withheld/v1\0'), salt, utf8(`\0${placeText(place)}\0`), utf8(text)));

/** Canonical, so it holds no zero byte and has one spelling. */
const placeText = (place: Place): string => canonicalJson(place as JsonObject);
