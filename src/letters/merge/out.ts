import { Buffer } from 'node:buffer';

/**
 * One buffer that is filled and handed on, again and again: a million letters make no garbage. What is handed to `flush` is valid
 * until it returns.
 */
export interface Out {
  bytes(bytes: Uint8Array): void;
  /** Those of `bytes` from `from` to `to`. */
  part(bytes: Buffer, from: number, to: number): void;
  /** Text that is known to be ASCII is copied a byte a character. */
  text(text: string, ascii: boolean): void;
  /** Bytes since the beginning, flushed or not. */
  size(): number;
  flush(): void;
}

const SIZE = 1 << 20;
/** Up to here a loop is faster than a call. */
const SHORT = 32;

export function outOf(flush: (bytes: Uint8Array) => void, size = SIZE): Out {
  const buffer = Buffer.allocUnsafe(size);
  let [at, before] = [0, 0];
  const hand = (): void => {
    if (at > 0) flush(buffer.subarray(0, at));
    before += at;
    at = 0;
  };
  const large = (bytes: Uint8Array): void => {
    hand();
    flush(bytes);
    before += bytes.length;
  };
  return {
    bytes(bytes) {
      if (bytes.length > size - at) {
        if (bytes.length > size) return large(bytes);
        hand();
      }
      buffer.set(bytes, at);
      at += bytes.length;
    },
    part(bytes, from, to) {
      if (to - from > size - at) {
        if (to - from > size) return large(bytes.subarray(from, to));
        hand();
      }
      if (to - from > SHORT) at += bytes.copy(buffer, at, from, to);
      else for (let i = from; i < to; i++, at++) buffer[at] = bytes[i] ?? 0;
    },
    text(text, ascii) {
      // A UTF-16 unit takes three bytes at most.
      const most = ascii ? text.length : text.length * 3;
      if (most > size - at) {
        if (most > size) return large(Buffer.from(text, 'utf8'));
        hand();
      }
      at += buffer.write(text, at, ascii ? 'latin1' : 'utf8');
    },
    size: () => before + at,
    flush: hand,
  };
}
