import { isProblem } from '../base/problem.ts';
import { NetworkError, within } from '../io/http.ts';
import type { Preview } from '../model/action.ts';
import { limits } from '../model/limits.ts';
import type { Target } from '../model/plan.ts';
import type { Reach } from './reach.ts';

/** What a system says of one target before anything is done to it; read-only, and never in the way. */
export type Look = (
  found: Extract<Reach, { is: 'reachable' }>,
  target: Target,
  suspects: readonly string[],
) => Promise<Preview>;

/**
 * Looks at many targets. A system that answered none of several in a row is asked no further: each would wait its whole time,
 * and a person could not act on hundreds of targets for as long.
 */
export const makeLook = (): Look => {
  const silent = new Map<string, number>();
  return async (found, { instance }, suspects) => {
    const system = instance ?? '';
    const before = silent.get(system) ?? 0;
    if (before >= limits.previewsAtOnce)
      return notAsked(`it was not asked: ${system} answered none of ${before} questions in a row`);
    const { outside } = found.outside({ key: 'preview', suspects, signal: within(limits.connectMs) });
    try {
      const preview = await found.action.preview(found.input, outside);
      silent.set(system, 0);
      return preview;
    } catch (error) {
      const unanswered = error instanceof NetworkError || error instanceof DOMException;
      if (!unanswered && !isProblem(error)) throw error;
      if (unanswered) silent.set(system, (silent.get(system) ?? 0) + 1);
      // A system that does not answer a read can still be told to stop: the preview says so instead of standing in the way.
      return notAsked(`it could not be asked: ${error.message}`);
    }
  };
};

const notAsked = (why: string): Preview => ({ calls: [], breaks: [], now: 'unknown', warnings: [why] });
