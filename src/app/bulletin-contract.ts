/** What a person must know of it, once: that a place gets no line, and that it gets one again. */
export type BulletinNews = Readonly<{ is: 'failed' | 'again'; text: string }>;

/** The line for managers, who have no access. */
export interface BulletinDoor {
  /** Minutes between two lines by the configuration; null where no place is named. */
  readonly everyMs: number | null;
  /** As it would be told now; `everyMs` says when the next one follows. */
  line(everyMs: number | null): string;
  /**
   * Reads what others have written meanwhile, and tells the configured places where that is due: called often, by whatever goes on for
   * longer. Of several processes the one that holds the engine tells. Never throws.
   */
  look(): Promise<readonly BulletinNews[]>;
  /**
   * Replaces the line of this incident in a file of one's own, 0600. Gives why it could not be written, for a person; null where it was.
   * @throws Problem `usage` for a drill and the file of real incidents
   */
  write(path: string, everyMs: number): string | null;
}
