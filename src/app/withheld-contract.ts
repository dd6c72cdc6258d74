import type { Instant } from '../base/instant.ts';
import type { Problem } from '../base/problem.ts';
import type { AudienceId } from '../model/audience.ts';
import type { Tlp } from '../model/tlp.ts';
import type { Choice } from '../projections/choice.ts';

/** How an export is made; what is left out of it is as it always is. */
export type ExportAsked = Readonly<{
  choice?: Choice;
  /** Who may read it: what they do not get is withheld. Without one it is the full copy. */
  audience?: AudienceId;
  /** With what is marked privileged: who gets it, and the word that a person typed for it. `counsel` needs it. */
  privileged?: Readonly<{ recipients: string; typed: string }>;
  /** IANA zone of the times; else that of the screen. */
  zone?: string;
  /** What has changed since the last export of the same format for the same audience, said at the head; of rows, these alone. */
  since?: 'last';
  tlp?: Tlp;
  /** Replaces the named file where there is one; without it nothing that somebody has is written over. */
  force?: boolean;
  /** Extensions of the forms that are wanted; else all there are. */
  forms?: readonly string[];
  /** Hears which form could not be made here where others were; without it, and where none was, that is thrown. */
  without?: (extension: string, why: Problem) => void;
}>;

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

/** A sentence of what an export would come to; `bad` stands in its way. */
export type ExportPreview = readonly Readonly<{ says: string; tone: 'plain' | 'warn' | 'bad' }>[];

export interface WithheldDoor {
  /**
   * How much would be shown, left out and withheld: counted as the export counts it; and whether something lies where it would go, by
   * default in the exports folder. Writes nothing.
   */
  previewExport(format: string, asked: ExportAsked, out?: string | null): ExportPreview;
  /** Holds a copy, or the list beside it, against this journal. @throws Problem `not-found`, `usage`, `sealed` */
  checkWithheld(path: string): Promise<WithheldCheck>;
  /** Writes salts and texts of a list, of these entries or of all, to a place where nothing is. @throws Problem as `checkWithheld` */
  openWithheld(path: string, out: string, entries: readonly number[]): Promise<WithheldOpened>;
}
