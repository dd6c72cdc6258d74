import { z } from 'zod';
import { utf8 } from '../base/hash.ts';
import type { Random } from '../io/random.ts';
import type { Sqlite } from '../io/sqlite.ts';
import type { DataKey, DataKeys } from './deks.ts';
import type { PrivateValue } from './draft.ts';
import { drawChance, openPayload, sealPayload, type Place } from './seal.ts';

/**
 * What lies beside a journal and is no entry of it, sealed as its private fields are: with a data key, so that a changed wrapping key
 * still opens it and a destroyed data key does not.
 */
export interface Beside {
  /** @throws StorageError `sealed`, `wrong-key` */
  sealBeside(name: string, text: PrivateValue): string;
  /** Null where its key is not here or was destroyed, or where the text is not what was sealed. */
  openBeside(name: string, sealed: string): string | null;
}

/** No entry has this number, so nothing sealed beside a journal can be passed off as a field of it. */
const NO_ENTRY = -1;

const shape = z.strictObject({ v: z.literal(1), key: z.string(), pc: z.string(), blob: z.base64() });

const placeOf = (log: string, name: string): Place => ({ log, n: NO_ENTRY, name });

/** One text under one key, with the id of the key beside it. */
export function sealText(
  { id, key }: DataKey,
  about: Readonly<{ log: string; name: string }>,
  text: string | Uint8Array,
  random: Random,
): string {
  const plain = typeof text === 'string' ? utf8(text) : text;
  const { blob, pc } = sealPayload(key, placeOf(about.log, about.name), plain, drawChance(random, 1)[0]);
  return JSON.stringify({ v: 1, key: id, pc, blob: Buffer.from(blob).toString('base64') });
}

export function openText(
  keyOf: (id: string) => Uint8Array | null,
  { log, name }: Readonly<{ log: string; name: string }>,
  sealed: string,
): string | null {
  const read = shape.safeParse(parsed(sealed));
  const key = read.success ? keyOf(read.data.key) : null;
  if (!read.success || key === null) return null;
  const plain = openPayload(key, placeOf(log, name), Buffer.from(read.data.blob, 'base64'), read.data.pc);
  return plain === null ? null : new TextDecoder().decode(plain);
}

export const sealingBeside = (open: () => Sqlite, log: string, deks: DataKeys, random: Random): Beside => ({
  sealBeside: (name, text) => sealText(deks.sealing(open(), text.class), { log, name }, text.value, random),
  openBeside: (name, sealed) => openText((id) => deks.opening(open(), id), { log, name }, sealed),
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
