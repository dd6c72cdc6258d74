import type { Spans } from '../model/mail-event.ts';

export type Bounce = Readonly<{ n: number; letter: number; status: string; lasting: boolean }>;

/** What was said of letters, in order: by a run that handed them over, or by a person who looked. */
export type Said =
  /** `results` is null while it is under way, or was cut off. */
  | Readonly<{ is: 'part'; n: number; letters: Spans; results: string | null }>
  | Readonly<{ is: 'settled'; n: number; letters: Spans; taken: boolean }>
  | Readonly<{ is: 'again'; n: number; letters: Spans }>;

export type Sending = Readonly<{
  mailing: string;
  to: 'seed' | 'list';
  instance: string;
  said: readonly Said[];
  bounces: readonly Bounce[];
  handed: number | null;
}>;
