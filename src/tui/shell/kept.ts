import type { Effect, World } from '../screen.ts';

export const KEPT_WORDS = 'Not now: --read-only was given, so nothing is written.';

/** What `--read-only` keeps from happening, wherever it was asked for. */
export const isKept = (effect: Effect, { readOnly }: World): boolean =>
  readOnly &&
  (effect.do === 'declare' ||
    effect.do === 'drill' ||
    effect.do === 'answer-audit' ||
    effect.do === 'write-inventory' ||
    effect.do === 'hand-packet' ||
    (effect.do === 'open' && effect.takeOver));
