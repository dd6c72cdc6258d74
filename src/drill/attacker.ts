import { SECOND } from '../base/duration.ts';
import { plus } from '../base/instant.ts';
import type { Instant } from '../base/instant.ts';
import { NetworkError } from '../io/http.ts';
import type { Http } from '../io/http.ts';
import type { AttackerSource } from '../model/scenario.ts';
import { pace } from './pace.ts';

/**
 * Somebody goes on using what was stolen until the real system refuses it: containment is what they meet, not what is ticked. Once
 * refused they try less often, and they come back in when something is turned on again.
 */
export type Attempts = Readonly<{
  /** When the next attempt falls due, in the drill's time. */
  next: Instant;
  getsIn: boolean | null;
  tries: number;
  taken: number;
}>;

const marker = /\$secret:([\w.-]+)/g;
const filled = (text: string, made: (name: string) => string): string =>
  text.replaceAll(marker, (_, name: string) => made(name));

export const firstAttempt = (attacker: AttackerSource, start: Instant): Attempts => ({
  next: plus(start, (attacker.from ?? 0) * 60 * SECOND),
  getsIn: null,
  tries: 0,
  taken: 0,
});

/** `unanswered`: no usable answer, which is no refusal: a system in trouble has not thrown anybody out. */
export type Struck = Readonly<{ is: 'in' | 'refused' | 'unanswered' }> | Readonly<{ is: 'gone' }>;

/** One attempt against the simulator. `gone`: nothing answers there. */
export const strike = async (
  attacker: AttackerSource,
  http: Http,
  baseUrl: string,
  made: (name: string) => string,
): Promise<Struck> => {
  const headers = Object.fromEntries(
    Object.entries(attacker.headers ?? {}).map(([name, value]) => [name, filled(value, made)]),
  );
  try {
    const answer = await http.fetch(new URL(filled(attacker.path, made), baseUrl), {
      method: attacker.method,
      headers,
      ...(attacker.body === undefined ? {} : { body: filled(attacker.body, made) }),
    });
    const text = await answer.text();
    const barred = attacker.without !== undefined && text.includes(attacker.without);
    if (answer.ok) return { is: barred ? 'refused' : 'in' };
    return { is: isTrouble(answer.status) ? 'unanswered' : 'refused' };
  } catch (error) {
    if (error instanceof NetworkError) return { is: error.fault === 'refused' ? 'gone' : 'unanswered' };
    throw error;
  }
};

/** What the attempt at `now` made of it; the next one is drawn from the seed, so that no drill is like another. */
export const afterwards = (
  attacker: AttackerSource,
  before: Attempts,
  struck: Exclude<Struck['is'], 'gone'>,
  now: Instant,
  seed: number,
): Attempts => {
  const getsIn = struck === 'unanswered' ? before.getsIn : struck === 'in';
  const tries = before.tries + 1;
  const every =
    getsIn !== false
      ? attacker.every_seconds
      : (attacker.refused_every_seconds ?? attacker.every_seconds * REFUSED_SLOWER);
  return {
    next: plus(now, Math.round(every * SECOND * pace(seed, `${attacker.id}\0${tries}`))),
    getsIn,
    tries,
    taken: before.taken + (struck === 'in' ? (attacker.takes ?? 0) : 0),
  };
};

const isTrouble = (status: number): boolean => status >= 500 || status === 429 || status === 408;

/** Whoever is refused does not knock every few seconds for an hour. */
const REFUSED_SLOWER = 15;
