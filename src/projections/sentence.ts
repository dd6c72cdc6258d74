import type { Events, Recorded } from '../model/event.ts';
import type { TimelineContext, TimelineRow } from './row.ts';

/** What one entry says to a person who was not there. Foreign text in it is not escaped yet. */
export type Sentence = Readonly<{
  what: string;
  detail?: string;
  result?: string;
  outcome?: TimelineRow['outcome'];
  why?: string;
}>;

export type Names = Pick<TimelineContext, 'zone' | 'titles' | 'steps' | 'duties' | 'state'>;

/** A private field: empty where the entry has none, `[sealed]` without the key. */
export type Private = (name: string) => string;

/** Events of these kinds; a union of kinds gives a union of events. */
export type Of<K extends keyof Events> = { [Kind in K]: Recorded<Kind> }[K];

/** Parts of a sentence that are there, in one line. */
export const joined = (...parts: readonly string[]): string => parts.filter((text) => text !== '').join('; ');
