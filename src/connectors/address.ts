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
