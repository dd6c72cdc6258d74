import type { Finding } from '../../app/contract.ts';
import type { ScreenEvent } from '../screen.ts';
import { examining } from '../screens/doctor/state.ts';
import { tell, working, type Stage } from './stage.ts';

const stoppedBy = async (stop: AbortSignal): Promise<null> =>
  new Promise((resolve) => stop.addEventListener('abort', () => resolve(null), { once: true }));

/**
 * A command that prints a secret may take its time to die; nobody who stopped waits for it. Nothing is changed by a look, so
 * one that still ends by itself does no harm.
 */
export const examine = async (stage: Stage): Promise<void> => {
  tell(stage, { do: 'go', to: examining(stage.world()) });
  await working(stage, 'doctor', 'the checks go on already', async (stop): Promise<ScreenEvent> => {
    const heard = (what: string, at: 'begun' | 'ended'): void => {
      if (!stop.aborted) stage.send({ is: 'event', event: { is: 'checking', what, begun: at === 'begun' } });
    };
    const looking = async (): Promise<readonly Finding[] | null> => {
      try {
        return await stage.world().app.doctor({ heard, stop });
      } catch (error) {
        if (stop.aborted) return null;
        throw error;
      }
    };
    return { is: 'examined', findings: await Promise.race([looking(), stoppedBy(stop)]) };
  });
};
