import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';

export function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}

/** Small pieces make small garbage, and no more calls than the disk bears. */
const PIECE = 1 << 16;

/** SHA-256 and length of what was written. @throws PiecesEnded around what whoever makes the pieces throws */
export function writeEach(
  file: number,
  pieces: Iterable<string>,
): Readonly<{ sha256: string; bytes: number }> {
  const sum = createHash('sha256');
  let [bytes, held] = [0, ''];
  // One for all of them: a new one each time stays outside of the heap until somebody collects it, and that is late.
  const room = Buffer.allocUnsafe(3 * PIECE);
  const flush = (): void => {
    const part = held.length > PIECE ? Buffer.from(held, 'utf8') : room.subarray(0, room.write(held, 'utf8'));
    writeAll(file, part);
    sum.update(part);
    bytes += part.length;
    held = '';
  };
  for (const piece of orEnded(pieces)) {
    if (held.length + piece.length > PIECE) flush();
    held += piece;
  }
  flush();
  return { sha256: sum.digest('hex'), bytes };
}

/** Around an error that is not of the disk but of whoever makes the pieces. */
export class PiecesEnded extends Error {
  override readonly name = 'PiecesEnded';
}

function* orEnded(pieces: Iterable<string>): Generator<string> {
  try {
    yield* pieces;
  } catch (cause) {
    throw new PiecesEnded('the pieces ended early', { cause });
  }
}
