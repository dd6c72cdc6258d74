import type { Instant } from '../base/instant.ts';

/** What a person types so that what is marked privileged leaves. */
export const PRIVILEGED_WORD = 'privileged';

/** What a file is that somebody was given: the entry of the journal that says so, and whether what it commits to is what was sealed. */
export type WithheldCheck = Readonly<{
  entry: number;
  at: Instant;
  by: string;
  format: string;
  audience: string | null;
}> &
  (
    | Readonly<{ is: 'copy'; listed: string | null }>
    | Readonly<{ is: 'list'; removed: number; same: number; different: readonly string[] }>
  );

/** `closed`: what is marked privileged, and was not opened. */
export type WithheldOpened = Readonly<{ opened: number; closed: number }>;

export interface WithheldDoor {
  /** Holds a copy, or the list beside it, against this journal. @throws Problem `not-found`, `usage`, `sealed` */
  checkWithheld(path: string): Promise<WithheldCheck>;
  /** Writes salts and texts of a list, of these entries or of all, to a place where nothing is. @throws Problem as `checkWithheld` */
  openWithheld(path: string, out: string, entries: readonly number[]): Promise<WithheldOpened>;
}
