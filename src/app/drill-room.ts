import type { Director } from '../drill/director.ts';
import { systemSockets } from '../io/socket.ts';
import { dirname } from 'node:path';
import type { DrillParts, Played } from './drill-parts.ts';
import { openChair } from './facilitating.ts';
import type { Staged } from './facilitating.ts';
import type { Runtime } from './incident.ts';

/** What goes on beside a drill while people play it: its turns, a second each, and the facilitator's chair. */
export type DrillRoom = Readonly<{ leave: () => Promise<void> }>;

const LOOK_MS = 1000;
/** How much of the drill's time a crash may cost at most, before the last entry of the journal is asked. */
const KEEP_EVERY = 5;

/** Each second of the machine, whatever the drill's time does: a drill that stands still is still looked after. */
const beating = async (
  runtime: Runtime,
  { clock, machine, keep }: Played,
  director: Director,
  ended: AbortSignal,
): Promise<void> => {
  for (let beats = 1; !ended.aborted; beats += 1) {
    await machine.sleep(LOOK_MS, ended);
    const ms = clock.slept();
    // A journal that refuses it is met, and told, by the next command; the drill is looked after all the same.
    const told = ms === 0 ? [] : [{ kind: 'drill.slept' as const, pub: { ms } }];
    if (told.length > 0) await runtime.parts.ledger.append(told).catch(() => undefined);
    await director.turn().catch(() => undefined);
    if (beats % KEEP_EVERY === 0) keep(clock.pace());
  }
};

/** Null where another process plays it, or nobody does. */
export const openDrillRoom = async (
  runtime: Runtime,
  parts: DrillParts,
  director: Director,
  { finish, hand }: Pick<Staged, 'finish' | 'hand'>,
): Promise<DrillRoom | null> => {
  const { played } = parts;
  if (played === null || runtime.parts.readOnly) return null;
  const { clock } = played;
  const { speed, paused } = director.log();
  // The journal has the last word: the card beside it may be older by a crash.
  clock.steer({ ...(speed === null ? {} : { speed }), paused });
  const keep = (): void => played.keep(clock.pace());
  const folder = dirname(parts.folder);
  const chair = await openChair(systemSockets(), folder, {
    runtime,
    parts,
    director,
    clock,
    keep,
    finish,
    hand,
  });
  const leaving = new AbortController();
  clock.slept();
  void beating(runtime, played, director, leaving.signal).catch(() => undefined);
  return {
    leave: async () => {
      leaving.abort(new Error('the drill was left'));
      await chair?.close();
      keep();
    },
  };
};
