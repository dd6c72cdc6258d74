import { isProblem, Problem } from '../base/problem.ts';
import type { LineLink, LineSockets } from '../io/socket.ts';
import { SocketError } from '../io/socket.ts';
import { seatAnswerSchema } from '../model/facilitation.ts';
import type { SeatAnswer, SeatRequest } from '../model/facilitation.ts';
import type { Base } from './base.ts';
import { incidentFolder } from './base.ts';
import type { Seat } from './contract.ts';
import { seatPath } from './facilitating.ts';
import { idsIn } from './store.ts';

/** The facilitator's side of the chair: finds the drill that is played now, and asks it a line at a time. */

const HOW = 'firebreak drill run <runbook> on another terminal; then come back here';

const nobody = (id: string | null): Problem =>
  new Problem('not-found', { what: 'drill that people play now', id: id ?? '', next: HOW });

const asProblem = (error: unknown): unknown => {
  if (!(error instanceof SocketError)) return error;
  const why = {
    cut: 'the drill has ended or its program has died',
    late: 'the drill does not answer',
    nobody: 'no program plays it',
    'too-large': 'the drill answers with more than can be true',
    'path-too-long': 'its folder has too long a name; set TMPDIR to a short one',
    refused: 'its socket cannot be reached',
  }[error.code];
  return new Problem('not-found', { what: 'drill that people play now', id: '', why, next: HOW });
};

const ask = async (link: LineLink, request: SeatRequest): Promise<SeatAnswer> => {
  try {
    const found = seatAnswerSchema.safeParse(JSON.parse(await link.ask(JSON.stringify(request))));
    if (found.success) return found.data;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw asProblem(error);
  }
  throw new Problem('not-found', { what: 'drill that answers as one', id: '', next: HOW });
};

const granted = async (link: LineLink, request: SeatRequest): Promise<Extract<SeatAnswer, { ok: true }>> => {
  const answer = await ask(link, request);
  if (answer.ok) return answer;
  throw new Problem(request.is === 'join' ? 'not-authorised' : 'usage', {
    why: answer.why,
    next:
      request.is === 'join' ? 'let the other facilitator leave first' : 'firebreak drill facilitate --show',
  });
};

/** A picture that is asked for and a key that is pressed meanwhile: one line at a time goes over the link. */
const inTurn = (link: LineLink): LineLink => {
  let last: Promise<unknown> = Promise.resolve();
  return {
    ask: async (line) => {
      const next = last.then(async () => await link.ask(line));
      last = next.catch(() => undefined);
      return await next;
    },
    close: () => link.close(),
  };
};

type Found = Readonly<{ id: string; link: LineLink }>;

const several = (found: readonly Found[], next: string): Problem =>
  new Problem('usage', {
    why: `several drills are played now: ${found.map((each) => each.id).join(', ')}`,
    next,
  });

/** Those that answer; a socket that was left by a program which died answers nothing. */
const played = async (base: Base, sockets: LineSockets, id: string | null): Promise<readonly Found[]> => {
  const found: Found[] = [];
  for (const one of id === null ? idsIn(base, true) : [id]) {
    const path = seatPath(incidentFolder(base.home, one, true));
    if (!base.files.exists(path)) continue;
    try {
      found.push({ id: one, link: inTurn(await sockets.connect(path)) });
    } catch (error) {
      if (!(error instanceof SocketError) || error.code !== 'nobody') throw asProblem(error);
    }
  }
  return found;
};

/** Ends the drill that is played now, whoever sits in its chair; null where nobody plays one. */
export const tellRealEvent = async (
  base: Base,
  sockets: LineSockets,
  id: string | null,
): Promise<string | null> => {
  const found = await played(base, sockets, id);
  try {
    const [one, ...others] = found;
    if (others.length > 0) throw several(found, 'firebreak drill stop <drill> --real-event');
    if (one !== undefined) await granted(one.link, { is: 'real-event', as: base.actor });
    return one?.id ?? null;
  } finally {
    for (const { link } of found) link.close();
  }
};

/** Whether a drill that waits for its players is let go for us. A cut link is how its program ends. */
export const takeOffered = async (base: Base, sockets: LineSockets, id: string): Promise<boolean> => {
  const [one] = await played(base, sockets, id);
  if (one === undefined) return false;
  try {
    return (await ask(one.link, { is: 'take' })).ok;
  } catch (error) {
    if (isProblem(error)) return true;
    throw error;
  } finally {
    one.link.close();
  }
};

export const takeSeat = async (
  base: Base,
  sockets: LineSockets,
  id: string | null,
  stays: boolean,
): Promise<Seat> => {
  const found = await played(base, sockets, id);
  const [one, ...others] = found;
  if (one === undefined) throw nobody(id);
  if (others.length > 0) {
    for (const { link } of found) link.close();
    throw several(found, 'firebreak drill facilitate <drill>');
  }
  const { link } = one;
  try {
    await granted(link, { is: 'join', as: base.actor, stays });
  } catch (error) {
    link.close();
    throw error;
  }
  return {
    drill: one.id,
    page: async () => {
      const { page } = await granted(link, { is: 'show' });
      if (page === undefined) throw nobody(one.id);
      return page;
    },
    direct: async (direction) => (await granted(link, { is: 'direct', direction })).said ?? '',
    leave: () => link.close(),
  };
};
