import type { App, Directing } from '../../app/contract.ts';
import type { Seated } from '../screen.ts';
import { troubleOf } from '../trouble.ts';
import type { Session } from './session.ts';
import { waiting, type Stage } from './stage.ts';

/** The facilitator's look at a drill that another process plays: asked for again and again, and sat down again where it was cut. */
export type Chair = Readonly<{
  /** The time has moved. */
  tick: () => void;
  /** Something was changed: what was asked before that is not what is wanted. */
  look: () => Promise<void>;
  idle: () => Promise<void>;
}>;

/** The players may end it and be gone between two looks: then its journal says so, and nobody waits for them. */
const endedSince = (app: App, seated: Seated): Seated | null => {
  const { seat, page } = seated;
  const isClosed = app.incidents('drills').some(({ id, phase }) => id === seat.drill && phase === 'closed');
  const over = page.over ?? 'It was ended and closed, and the players have left it.';
  return isClosed ? { seat, page: { ...page, over }, lost: null } : null;
};

export const openChair = (app: App, session: Session, changed: () => void): Chair => {
  let asking: Promise<void> | null = null;
  let closed = false;
  const ask = async (): Promise<void> => {
    const { seated } = session.world();
    if (seated === null || closed) return;
    try {
      const seat = seated.lost === null ? seated.seat : await app.facilitate(seated.seat.drill, true);
      session.sit({ seat, page: await seat.page(), lost: null });
    } catch (error) {
      const ended = endedSince(app, seated);
      closed = ended !== null;
      session.sit(ended ?? { ...seated, lost: troubleOf(error, session.world().look) });
    }
    changed();
  };
  const begin = async (): Promise<void> => (asking ??= ask().finally(() => void (asking = null)));
  return {
    tick: () => void begin(),
    look: async () => {
      await asking;
      await begin();
    },
    idle: async () => void (await asking),
  };
};

/** Nobody is kept from the drill while it answers; what it says is told, and how it stands now is looked at. */
export const directDrill = async (stage: Stage, direction: Directing): Promise<void> =>
  waiting(
    stage,
    { what: 'telling the drill', keys: 'free' },
    async () => {
      const said = (await stage.world().seated?.seat.direct(direction)) ?? '';
      await stage.look();
      return said;
    },
    (said) => [{ do: 'say', tone: 'good', text: said }],
  );
