import type { LetterReport } from '../letters/check/report.ts';
import type { LetterDraft } from '../letters/draft.ts';
import type { StepId } from '../model/names.ts';
import type { ReleasedLetter } from '../projections/released.ts';
import type { SendDoor } from './send-contract.ts';
import type { MergeAsked, MergePreview, MergeProgress, MergeReport } from './merge-contract.ts';

/** `to`: the address of a mail; null leaves it open. `format`: one of md, txt, html, eml, docx, pdf. */
export type RenderAsked = Readonly<{
  letter: string;
  language: string | null;
  format: string;
  to: string | null;
}>;
export type RenderedPaper = Readonly<{
  format: string;
  language: string;
  /** What such a file is called where nobody names it. */
  name: string;
  bytes: Uint8Array;
  sha256: string;
  /** It can be shown on a terminal. */
  text: boolean;
  complete: boolean;
  /** What the law asks for and the letter does not say, by article. */
  missing: readonly string[];
  /** Characters that no font has, each once: they stand in the file as `\u{..}`. */
  replaced: readonly string[];
}>;
export type RenderedLetter = RenderedPaper & Readonly<{ path: string }>;

/** `override`: why it goes although something is missing or refused. */
export type ReleaseAsked = Readonly<{ letter: string; language: string; override: string | null }>;
/** `stands`: the draft of the moment it was released for is still that text; false once a fact behind it has changed. */
export type CheckedLetter = Readonly<{
  draft: LetterDraft;
  report: LetterReport;
  released: (ReleasedLetter & Readonly<{ stands: boolean }>) | null;
}>;

/** Letters of one incident: looked at, checked, let go, written to files and to everybody on a list. */
export interface LetterDoor {
  /** A draft from today's facts; nothing is recorded. @throws Problem `not-found` */
  letter(letter: string, language?: string): Promise<LetterDraft>;
  /** The letter as a file that is put nowhere; nothing is recorded. @throws Problem `not-found`, `not-installed` */
  paper(asked: RenderAsked): Promise<RenderedPaper>;
  /**
   * The same written to a file or into a folder; `out` null: the incident's own folder of exports. Recorded.
   * @throws Problem `usage` for a file that is there and may not be overwritten
   */
  writePaper(asked: RenderAsked, out: string | null, overwrite: boolean): Promise<RenderedLetter>;
  /** The draft with what it claims, what it must not hold and how it reads; nothing is recorded. @throws Problem `not-found` */
  checkedLetter(letter: string, language?: string): Promise<CheckedLetter>;
  /** Letters that the plan writes or a running clock asks for, in each of their languages. */
  wantedLetters(): Promise<readonly Readonly<{ letter: string; language: string }>[]>;
  /** Lets this very text go, in the name of whoever sits here. @throws Problem `letter-refused`, `not-authorised`, `not-found` */
  releaseLetter(asked: ReleaseAsked): Promise<CheckedLetter>;
  /**
   * Writes the letter for every row of a list, in the words that were released; recorded once it is finished.
   * @throws Problem `list-unreadable` for a list without the columns the letter needs, `letter-not-released`, `not-found`, `usage`
   */
  merge(asked: MergeAsked, heard: (progress: MergeProgress) => void, stop: AbortSignal): Promise<MergeReport>;
  /**
   * What that merge would do; nothing is written. `resume` does not matter to it.
   * @throws Problem as `merge`, but for what stands where it would be written
   */
  previewMerge(asked: MergeAsked): Promise<MergePreview>;
  readonly mail: SendDoor;
  /** Records the draft, and finishes the step that asked for it. */
  saveLetter(draft: LetterDraft, step: StepId | null): Promise<void>;
}
