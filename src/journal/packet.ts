import { canonicalJson, type JsonObject } from '../base/canonical.ts';
import { fromHex, toHex, utf8 } from '../base/hash.ts';
import { parseVkey, type Signer } from './checkpoint.ts';
import { openEnvelope, sealEnvelope } from './dsse.ts';

/**
 * What is inside a packet: a line that names the format, the signed list of what follows, the key that its data keys are wrapped with,
 * and then the files one behind the other. Outside it is an age file for one recipient, so that the `age` program opens it too.
 */

/** `root` in hex; `receiver` is the line of whom it is for, `to` what those people read out. */
export type PacketList = Readonly<{
  incident: string;
  codename: string;
  drill: boolean;
  origin: string;
  vkey: string;
  size: number;
  root: string;
  to: string;
  receiver: string;
  by: string;
  /** RFC 3339. */
  at: string;
  tool: string;
  files: readonly PacketFile[];
}>;
export type PacketFile = Readonly<{ name: string; size: number; sha256: string }>;

const FORMAT = 'firebreak.packet/v1';
const TYPE = 'application/vnd.firebreak.packet+json';
/** The lines in front of the files: a drill may have hundreds of them. */
const LINE_MAX = 1_048_576;

export const DATABASE = 'journal.sqlite';

export function packetHead(list: PacketList, signer: Pick<Signer, 'sign'>, kek: Uint8Array): Uint8Array {
  const payload = utf8(canonicalJson({ ...list, v: 1 } as unknown as JsonObject));
  const keyid = parseVkey(list.vkey)?.id ?? '';
  return utf8(`${FORMAT}\n${sealEnvelope(TYPE, payload, { keyid, signer })}${toHex(kek)}\n`);
}

export type PacketHead = Readonly<{
  list: PacketList;
  kek: Uint8Array;
  /** Whether the key that the list names has signed it; who that is, the journal says. */
  signed: boolean;
}>;

/** Null for what does not begin as a packet. Nothing of the list may be believed before its signature was asked. */
export function readHead(source: Source): PacketHead | null {
  if (source.line(FORMAT.length) !== FORMAT) return null;
  const envelope = source.line(LINE_MAX);
  const kek = fromHex(source.line(64) ?? '');
  const payload = /^\{"payload":"([A-Za-z0-9+/=]*)"/.exec(envelope ?? '')?.[1];
  const list = payload === undefined ? null : listIn(Buffer.from(payload, 'base64').toString('utf8'));
  if (envelope === null || kek?.length !== 32 || list === null) return null;
  const key = parseVkey(list.vkey)?.publicKey;
  const signed = key !== undefined && openEnvelope(`${envelope}\n`, TYPE, key) !== null;
  return { list, kek, signed };
}

function listIn(text: string): PacketList | null {
  try {
    const found: unknown = JSON.parse(text);
    return isList(found) ? found : null;
  } catch {
    return null;
  }
}

const TEXTS = [
  'incident',
  'codename',
  'origin',
  'vkey',
  'root',
  'to',
  'receiver',
  'by',
  'at',
  'tool',
] as const;

function isList(value: unknown): value is PacketList {
  if (!isRecord(value) || value['v'] !== 1 || typeof value['drill'] !== 'boolean') return false;
  const { files, size } = value;
  return (
    TEXTS.every((name) => typeof value[name] === 'string') &&
    Number.isSafeInteger(size) &&
    Array.isArray(files) &&
    files.every(isFile)
  );
}

const isFile = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value['name'] === 'string' &&
  typeof value['sha256'] === 'string' &&
  Number.isSafeInteger(value['size']) &&
  Number(value['size']) >= 0;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Bytes that come in parts, taken by lines and by counts. */
export interface Source {
  /** Null where none of that length comes. */
  line(max: number): string | null;
  /** Exactly so many, in parts. @throws PacketShort when they end before */
  bytes(count: number): Iterable<Uint8Array>;
  /** Whether nothing is left. Reads to the end, which is where a packet that was cut off shows. */
  ended(): boolean;
}

export class PacketShort extends Error {
  override readonly name = 'PacketShort';
}

export function sourceOf(parts: Iterable<Uint8Array>): Source {
  const rest = parts[Symbol.iterator]();
  let held: Uint8Array = new Uint8Array();
  const more = (): boolean => {
    const next = rest.next();
    if (next.done === true) return false;
    held = Buffer.concat([held, next.value]);
    return true;
  };
  return {
    line(max) {
      for (let at = held.indexOf(10); ; at = held.indexOf(10)) {
        if (at >= 0 && at <= max) {
          const text = Buffer.from(held.subarray(0, at)).toString('utf8');
          held = held.subarray(at + 1);
          return text;
        }
        if (at > max || held.length > max || !more()) return null;
      }
    },
    *bytes(count) {
      for (let left = count; left > 0;) {
        if (held.length === 0 && !more()) throw new PacketShort('the packet ends before its files do');
        const part = held.subarray(0, left);
        held = held.subarray(part.length);
        left -= part.length;
        yield part;
      }
    },
    ended() {
      while (held.length === 0) if (!more()) return true;
      return false;
    },
  };
}
