import type { LookHow } from '../../app/contract.ts';
import type { LookJob, ScreenEvent } from '../screen.ts';
import { examining } from '../screens/doctor/state.ts';
import { tell, working, type Stage } from './stage.ts';

const stoppedBy = async (stop: AbortSignal): Promise<null> =>
  new Promise((resolve) => stop.addEventListener('abort', () => resolve(null), { once: true }));

/**
 * A command that prints a secret may take its time to die; nobody who stopped waits for it. Nothing is changed by a look, so
 * one that still ends by itself does no harm. `ended` is given null where it was stopped.
 */
export const looking = async <T>(
  stage: Stage,
  job: LookJob,
  alone: string,
  look: (how: LookHow) => Promise<T>,
  ended: (found: T | null) => ScreenEvent,
): Promise<void> =>
  working(stage, job, alone, async (stop) => {
    const heard = (what: string, at: 'begun' | 'ended'): void => {
      if (!stop.aborted)
        stage.send({ is: 'event', event: { is: 'checking', job, what, begun: at === 'begun' } });
    };
    const whole = async (): Promise<T | null> => {
      try {
        return await look({ heard, stop });
      } catch (error) {
        if (stop.aborted) return null;
        throw error;
      }
    };
    return ended(await Promise.race([whole(), stoppedBy(stop)]));
  });

export const examine = async (stage: Stage): Promise<void> => {
  tell(stage, { do: 'go', to: examining(stage.world()) });
  await looking(
    stage,
    'doctor',
    'the checks go on already',
    async (how) => stage.world().app.doctor(how),
    (findings) => ({ is: 'examined', findings }),
  );
};
