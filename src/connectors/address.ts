import { z } from 'zod';
import { sha256Hex } from '../base/hash.ts';
import { cut } from './several.ts';

/**
 * An address that events are sent to, as it is kept: it may carry a password or a key, so only its scheme, its host and a hash
 * that shows any change of it go into the journal.
 */
export const addressSchema = z.object({ scheme: z.string(), host: z.string(), sha256: z.string() });
export type Address = Readonly<z.infer<typeof addressSchema>>;

export const addressOf = (url: string): Address => {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return {
    scheme: parsed?.protocol.replace(/:$/, '') ?? '',
    host: parsed === null ? (url === '' ? '' : 'an unreadable address') : cut(parsed.host, 100),
    sha256: sha256Hex(url),
  };
};

/**
 * An address that is needed whole to put it back. One with a password in it is not kept: the password would land in the
 * journal. It stands there as this, and undo says that a person must put it back.
 */
export const UNKEPT = '[address with a password]';
export const keepable = (url: string): string =>
  URL.canParse(url) && new URL(url).password !== '' ? UNKEPT : url;

/** Where events are sent to that must reach nobody: a name that cannot exist (RFC 6761, 6.4). */
export const NOWHERE = 'https://paused.invalid/';

/** Why a state with these addresses cannot be put back; null where it can. */
export const addressObstacle = (...urls: readonly string[]): string | null =>
  urls.includes(UNKEPT)
    ? 'an address carried a password, which is not kept: put it back by hand from your own records'
    : null;

/** How an address is named to people. */
export const hostOf = (url: string): string =>
  url === UNKEPT ? 'an address with a password in it' : addressOf(url).host;
