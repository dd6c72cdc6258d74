import type { Files } from '../../io/files.ts';
import type { Http } from '../../io/http.ts';
import type { AnchorFault, AnchorKind } from '../../model/anchor.ts';
import type { Receipt } from '../../journal/receipt.ts';
import type { World } from '../world.ts';

/** What a place may touch, and no more: the same walls as for an action. */
export type Reach = Readonly<{ world: World; files: Files; http: Http }>;

/** What is left somewhere: a signed note, and the words by which it is found there again. */
export type Note = Readonly<{ note: string; origin: string; size: number }>;
export type Placed = Pick<Receipt, 'place' | 'proof'>;

/**
 * A place outside this machine. `back`: how it is known to stand there. `read` gives what is there now, null when it is gone;
 * `proof`: what `put` brought back proves it; `never`: nobody can ask, so it counts as a copy and not as an anchor.
 */
export type Place = Readonly<{
  kind: AnchorKind;
  put: (note: Note, signal: AbortSignal) => Promise<Placed>;
  back:
    | Readonly<{ is: 'read'; read: (place: Receipt['place'], signal: AbortSignal) => Promise<string | null> }>
    | Readonly<{ is: 'proof' | 'never' }>;
}>;

/** It does not stand there. The message is for people and may quote the place. */
export class NotAnchored extends Error {
  readonly fault: AnchorFault;

  constructor(fault: AnchorFault, message: string) {
    super(message);
    this.name = 'NotAnchored';
    this.fault = fault;
  }
}

/** The name of a note as a file or an object: sorts by size, and names nobody. */
export const fileName = ({ origin, size }: Pick<Note, 'origin' | 'size'>): string =>
  `${origin.slice(origin.lastIndexOf('/') + 1)}-${String(size).padStart(12, '0')}.note`;
