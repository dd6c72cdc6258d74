import { MINUTE } from '../../base/duration.ts';
import { inDoubt } from '../../incident/state.ts';
import { limits } from '../../model/limits.ts';
import type { Progress, TargetLine } from '../lines.ts';

/** Tells how far a run is: at its beginning, now and then, and at its end. The rate is that of the whole run. */
export const makeProgress = (
  total: number,
  now: () => number,
  heard: (line: Progress) => void,
): Readonly<{ ended: (line: TargetLine) => void }> => {
  const started = now();
  let [done, failed, unsure, told] = [0, 0, 0, -Infinity];
  const tell = (): void => {
    const at = now();
    if (done < total && at - told < limits.progressMs) return;
    told = at;
    const ms = Math.max(1, at - started);
    const known = done > 0;
    heard({
      is: 'progress',
      done,
      total,
      failed,
      unsure,
      perMinute: known ? Math.round((done * MINUTE) / ms) : null,
      leftMs: known ? Math.round(((total - done) * ms) / done) : null,
    });
  };
  tell();
  return {
    ended: (line) => {
      done += 1;
      if (line.is === 'outcome' && inDoubt(line.outcome)) unsure += 1;
      else if (wentWrong(line)) failed += 1;
      tell();
    },
  };
};

/** What a person must look at, and is therefore told of one by one. */
export const wentWrong = (line: TargetLine): boolean =>
  (line.is === 'outcome' && !['done', 'already'].includes(line.outcome.result)) ||
  (line.is === 'proof' && line.proof.is !== 'proved');
