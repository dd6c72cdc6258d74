import type { OpenIncident } from '../../app/contract.ts';
import { alertNotice } from '../../projections/alerts.ts';
import type { Model } from './model.ts';
import type { Session } from './session.ts';

type Notice = NonNullable<Model['notice']>;

type AlertLoop = Readonly<{ look: () => void; idle: () => Promise<void> }>;

/** Each look tells what came under a threshold, once for all processes; `rings` only for that, and not for what is said of it. */
export const openAlerts = (
  session: Session,
  changed: () => void,
  tell: (notice: Notice, rings: boolean) => void,
): AlertLoop => {
  let last: Promise<void> = Promise.resolve();
  const alerted = async (incident: OpenIncident): Promise<void> => {
    const { alerts, told } = await incident.alert();
    const [first, ...others] = alerts;
    if (first !== undefined) {
      const tone = first.leftMs <= 0 ? 'alarm' : 'warn';
      tell({ tone, text: alertNotice(first, others.length) }, true);
      changed();
    }
    for (const text of await told) {
      tell({ tone: 'warn', text }, false);
      changed();
    }
  };
  const bulletins = async (incident: OpenIncident): Promise<void> => {
    for (const { is, text } of await incident.bulletin.look()) {
      tell({ tone: is === 'failed' ? 'warn' : 'good', text }, false);
      changed();
    }
  };
  return {
    look: () => {
      session.stale();
      const { incident } = session.world();
      if (incident === null) return;
      // Whatever goes wrong with a bell, the screen goes on; a journal that fails is told by the next command.
      const looked = [alerted(incident), bulletins(incident)].map(
        async (one) => await one.catch(() => undefined),
      );
      last = Promise.all([last, ...looked]).then(() => undefined);
    },
    idle: async () => last,
  };
};
