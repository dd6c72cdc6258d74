import { join } from 'node:path';
import { isProblem } from '../base/problem.ts';
import { maskSecrets } from '../base/mask.ts';
import { backstage } from '../drill/backstage.ts';
import type { BackstageInput } from '../drill/backstage.ts';
import { directedBy, directedWords, joined } from '../drill/directing.ts';
import type { Director } from '../drill/director.ts';
import type { SteeredClock } from '../drill/steered.ts';
import { progress } from '../incident/ready.ts';
import type { Listening, LineSockets } from '../io/socket.ts';
import { limits } from '../model/limits.ts';
import { seatRequestSchema } from '../model/facilitation.ts';
import type { Backstage, Directing, SeatAnswer, SeatRequest } from '../model/facilitation.ts';
import type { DrillParts } from './drill-parts.ts';
import type { HandingOver } from './handing-over.ts';
import type { Runtime } from './incident.ts';
import { trouble } from './trouble.ts';
import { clocksOf } from './views.ts';

/**
 * The facilitator's chair in a drill that people play: one sits in it, over a socket in the drill's own folder. What is done there
 * stands in the journal under the facilitator's handle before it has any effect.
 */

const SEAT_SOCKET = 'facilitate.sock';
export const seatPath = (folder: string): string => join(folder, SEAT_SOCKET);

type Chair = Readonly<{ caller: number; handle: string; stays: boolean }>;

export type Staged = Readonly<{
  runtime: Runtime;
  parts: DrillParts;
  director: Director;
  clock: SteeredClock;
  /** Writes down how the drill's time goes. */
  keep: () => void;
  /** Scores and closes it. */
  finish: () => Promise<unknown>;
  hand: HandingOver;
}>;

/** Of so many entries back, and so many of them at most. */
const LATELY = { entries: 80, shown: 20 } as const;

/** What people did and what their systems answered; never what the drill itself did. */
const latelyOf = (runtime: Runtime): BackstageInput['lately'] => {
  // What stands before this is the company as it was frozen, and nobody's deed.
  const begun = runtime.parts.ledger.sought('drill.begun')[0]?.n ?? -1;
  return runtime
    .timeline({ newestFirst: true, limit: LATELY.entries })
    .filter(
      ({ n, kind, source }) =>
        n > begun &&
        (kind.startsWith('drill.') ? kind === 'drill.acknowledged' : source === 'person' || DONE.has(kind)),
    )
    .slice(0, LATELY.shown)
    .map(({ recordedAt, actor, what, result }) => ({
      at: recordedAt,
      who: actor,
      what: (result === '' ? what : `${what}: ${result}`).slice(0, limits.drillLatelyCharsMax),
    }));
};

const DONE: ReadonlySet<string> = new Set(['act.outcome', 'act.verified']);

/** What was scored and closed is over too, although no rule ended it. */
const overOf = ({ runtime, director }: Pick<Staged, 'runtime' | 'director'>): string | null =>
  director.over() ??
  (runtime.parts.ledger.state().phase === 'open' ? null : 'The players have played it to its score.');

const backstageOf = ({
  runtime,
  parts,
  director,
  clock,
}: Omit<Staged, 'keep' | 'finish' | 'hand'>): Backstage => {
  const { ledger, frozen, zone } = runtime.parts;
  const state = ledger.state();
  const now = clock.now();
  return backstage({
    id: runtime.id,
    runbook: state.runbook ?? '',
    drill: parts.drill,
    log: director.log(),
    progress: progress(state),
    clocks: clocksOf(state, frozen, now, zone),
    attempts: director.attempts(),
    pace: clock.pace(),
    over: overOf({ runtime, director }),
    lately: latelyOf(runtime),
    start: parts.start,
    now,
  });
};

const no = (why: string): SeatAnswer => ({ ok: false, why });

const requestOf = (line: string): SeatRequest | null => {
  try {
    const found = seatRequestSchema.safeParse(JSON.parse(line));
    return found.success ? found.data : null;
  } catch {
    return null;
  }
};

/** Masked like everything that a person types: a pasted token is no message. */
const masked = (direction: Directing): Directing =>
  'text' in direction ? { ...direction, text: maskSecrets(direction.text).text } : direction;

const direct = async (staged: Staged, handle: string, typed: Directing): Promise<string> => {
  const { runtime, parts, director, clock, keep, finish } = staged;
  const { ledger } = runtime.parts;
  const direction = masked(typed);
  const number = ledger.sought('drill.directed').length + 1;
  await ledger.appendAs(handle, directedBy(direction, { drill: parts.drill, log: director.log(), number }));
  if (direction.do === 'compress') clock.steer({ speed: direction.speed });
  if (direction.do === 'pause' || direction.do === 'go-on') clock.steer({ paused: direction.do === 'pause' });
  keep();
  await director.turn();
  if (direction.do === 'real-event') await finish();
  return directedWords(direction);
};

/** Who may do what: pure but for the chair. */
const answering = (staged: Staged) => {
  let chair: Chair | null = null;
  const { ledger } = staged.runtime.parts;
  const answer = async (caller: number, request: SeatRequest): Promise<SeatAnswer> => {
    if (request.is === 'join') {
      if (chair !== null && chair.caller !== caller)
        return no(`${chair.handle} facilitates this drill already; one at a time does`);
      chair = { caller, handle: request.as, stays: request.stays };
      if (request.stays) await ledger.appendAs(request.as, [joined('join')]);
      return { ok: true, page: backstageOf(staged) };
    }
    if (request.is === 'real-event') {
      const said = await direct(staged, request.as, { do: 'real-event' });
      return { ok: true, said };
    }
    if (request.is === 'take')
      return staged.hand.take() ? { ok: true } : no('this drill does not wait for its players');
    if (chair?.caller !== caller) return no('join first');
    if (request.is === 'show') return { ok: true, page: backstageOf(staged) };
    if (overOf(staged) !== null) return no('the drill is over; nothing can be directed any more');
    const said = await direct(staged, chair.handle, request.direction);
    return { ok: true, said, page: backstageOf(staged) };
  };
  return {
    line: async (caller: number, text: string): Promise<string> => {
      const request = requestOf(text);
      try {
        return JSON.stringify(
          request === null ? no('this is no request that a drill knows') : await answer(caller, request),
        );
      } catch (error) {
        return JSON.stringify(no(isProblem(error) ? trouble(error).failed : 'the drill could not do that'));
      }
    },
    gone: (caller: number): void => {
      if (chair?.caller !== caller) return;
      const { handle, stays } = chair;
      chair = null;
      // The place is free whether or not the journal takes the word for it.
      if (stays) void ledger.appendAs(handle, [joined('leave')]).catch(() => undefined);
    },
  };
};

/** Null where there can be no socket: the drill is played without a facilitator, and nothing else is lost. */
export const openChair = async (
  sockets: LineSockets,
  folder: string,
  staged: Staged,
): Promise<Listening | null> => {
  try {
    return await sockets.listen(seatPath(folder), answering(staged));
  } catch {
    return null;
  }
};
