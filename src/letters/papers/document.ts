import type { Instant } from '../../base/instant.ts';
import type { LetterDraft } from '../shape.ts';

/** A letter as it goes on paper: its words in every form, and what stands around them. */
export type PaperLetter = Pick<
  LetterDraft,
  'letter' | 'language' | 'subject' | 'watermark' | 'stamp' | 'markdown' | 'html' | 'text' | 'body'
> &
  Readonly<{
    /** Who writes, for the head of each page. */
    sender: string;
    /** The name that everybody may know the incident by, for the foot of each page. */
    reference: string;
    /** When it was written: the only time in any of the files. */
    at: Instant;
    page: 'a4' | 'us-letter';
    /** Where it goes, as in a mail; null leaves the line out. */
    to: string | null;
  }>;

/** What is set on pages: no form of the words but the blocks. */
export type PageLetter = Omit<PaperLetter, 'markdown' | 'html' | 'text'>;
