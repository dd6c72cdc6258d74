import type { LetterSource } from '../model/letter.ts';
import type { Block, Stamp } from './body.ts';

/** How far one legal element of a letter is: `follows` is allowed only where the rule lets it follow in phases. */
export type ElementStatus = 'known' | 'follows' | 'missing';

/** One thing the law wants said, what is said, and the journal entries it came from. */
export type DraftElement = Readonly<{
  id: string;
  title: string;
  article: string;
  value: string | null;
  status: ElementStatus;
  required: boolean;
  entries: readonly number[];
}>;

/** A letter as it stands now, in three forms. Not complete: it shows what is missing and must not be sent. */
export type LetterDraft = Readonly<{
  letter: string;
  title: string;
  to: LetterSource['to'];
  duty: string | null;
  language: string;
  subject: string;
  elements: readonly DraftElement[];
  /** Required and not there, as `Art. 33(3)(a) nature of the breach`. */
  missing: readonly string[];
  follows: readonly string[];
  complete: boolean;
  /** Channels that are part of the incident: the letter must not travel over them. */
  avoid: readonly string[];
  markdown: string;
  html: string;
  text: string;
  /** SHA-256 of the Markdown, 64 lower-case hex digits. */
  sha256: string;
  watermark: string | null;
  /** The watermark in one word. */
  stamp: Stamp | null;
  /** The same letter in its parts, for what is more than text. */
  body: readonly Block[];
}>;
