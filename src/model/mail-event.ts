import type { Beat } from '../base/beat.ts';

/** Letters of one mailing by their numbers in its file, as `[first, last]`, in order. */
export type Spans = readonly (readonly [number, number])[];

/** What happens to merged letters on their way out; a part of `Events`. A mailing is named by the SHA-256 of its file. */
export type MailEvents = {
  /** These letters are about to be handed to a mail server: each has rows of its own, as the items of a batch have. */
  'mail.intent': {
    mailing: string;
    letter: string;
    /** `seed`: to colleagues, who look at it first. */
    to: 'seed' | 'list';
    instance: string;
    letters: Spans;
    rows: number;
    rows_root: string;
  };
  /** One letter an item in `results`, in the alphabet of `model/item.ts`. `cut`: the tool died; it was ended at the next start. */
  'mail.outcome': {
    batch: number;
    results: string;
    last_begun?: Beat;
    ended: 'whole' | 'stopped' | 'cut';
    rows: number;
    rows_root: string;
  };
  /** A person says of letters in doubt whether the server had taken them. */
  'mail.settled': { mailing: string; letters: Spans; taken: boolean };
  /** A person lets letters that were refused for good be tried again: what stood in their way is gone. */
  'mail.again': { mailing: string; letters: Spans };
  /** A message came back that says so. `status` as RFC 3463 writes it; `lasting`: it will never arrive. */
  'mail.bounced': { mailing: string; letter: number; status: string; lasting: boolean };
  /** The whole file was given to somebody who sends it. */
  'mail.handed': { mailing: string; count: number };
};
