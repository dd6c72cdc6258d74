import { limits } from '../model/limits.ts';
import type { Outcome } from '../model/action.ts';
import type { Outside } from './connector.ts';

/** The state before is part of every action: it gets its minute. Then a thief is cut off anyway, and the record says what it lacks. */

export const forAMinute = (outside: Outside): Outside => ({
  ...outside,
  signal: AbortSignal.any([outside.signal, outside.within(limits.preserveMs)]),
});

/** What was said of the question alone would read as if it were said of the kill. */
const ofTheQuestion = /; nothing was (?:changed|sent)$/;

const notCaptured = (why: string): string =>
  `evidence: not captured, because ${why.replace(ofTheQuestion, '')}`;

/** The outcome of a kill, and why nothing was captured before it; as it is where something was. */
export const withLack = (outcome: Outcome, lack: string | null): Outcome =>
  lack === null ? outcome : { ...outcome, detail: `${outcome.detail}; ${notCaptured(lack)}` };
