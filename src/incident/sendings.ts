import type { Recorded } from '../model/event.ts';
import { NONE, resultLetters } from '../model/item.ts';
import type { Spans } from '../model/mail-event.ts';
import type { Said, Sending } from './sending-state.ts';
import { put, type IncidentState } from './state.ts';

/** Where the letters of a mailing stand. Pure; nothing of it grows with what is in a letter. */

export type { Sending } from './sending-state.ts';

export type MailEntry =
  | Recorded<'mail.intent'>
  | Recorded<'mail.outcome'>
  | Recorded<'mail.settled'>
  | Recorded<'mail.again'>
  | Recorded<'mail.bounced'>
  | Recorded<'mail.handed'>;
export const isAboutMail = (entry: Recorded): entry is MailEntry => entry.kind.startsWith('mail.');

type Sendings = Pick<IncidentState, 'sendings' | 'openSendings'>;

export function sendingChanged({ sendings, openSendings }: Sendings, entry: MailEntry): Sendings {
  if (entry.kind === 'mail.outcome') {
    const { batch, results } = entry.pub;
    const mailing = openSendings.get(batch);
    const before = mailing === undefined ? undefined : sendings.get(mailing);
    if (before === undefined) return { sendings, openSendings };
    const said = before.said.map((one) => (one.is === 'part' && one.n === batch ? { ...one, results } : one));
    return {
      sendings: put(sendings, before.mailing, { ...before, said }),
      openSendings: new Map([...openSendings].filter(([n]) => n !== batch)),
    };
  }
  const { mailing } = entry.pub;
  const before = sendings.get(mailing) ?? begun(mailing);
  const after = (next: Partial<Sending>): Sendings['sendings'] =>
    put(sendings, mailing, { ...before, ...next });
  switch (entry.kind) {
    case 'mail.intent': {
      const { letters, to, instance } = entry.pub;
      const part: Said = { is: 'part', n: entry.n, letters, results: null };
      return {
        sendings: after({ to, instance, said: [...before.said, part] }),
        openSendings: put(openSendings, entry.n, mailing),
      };
    }
    case 'mail.settled': {
      const { letters, taken } = entry.pub;
      const settled: Said = { is: 'settled', n: entry.n, letters, taken };
      return { sendings: after({ said: [...before.said, settled] }), openSendings };
    }
    case 'mail.again': {
      const again: Said = { is: 'again', n: entry.n, letters: entry.pub.letters };
      return { sendings: after({ said: [...before.said, again] }), openSendings };
    }
    case 'mail.bounced': {
      const { letter, status, lasting } = entry.pub;
      const bounce = { n: entry.n, letter, status, lasting };
      return { sendings: after({ bounces: [...before.bounces, bounce] }), openSendings };
    }
    case 'mail.handed':
      return { sendings: after({ handed: entry.n }), openSendings };
  }
}

const begun = (mailing: string): Sending => ({
  mailing,
  to: 'list',
  instance: '',
  said: [],
  bounces: [],
  handed: null,
});

/**
 * `open`: not begun. `underway`: one of those that are being handed over now, or were when the tool died. `later`: not taken, and may be
 * tried again. `refused`: the server said never. `unsure`: it may have been taken, so it is not sent again before a person has looked.
 */
export const standings = ['open', 'underway', 'taken', 'refused', 'later', 'unsure'] as const;
export type Standing = (typeof standings)[number];

const BY_LETTER: Readonly<Record<string, Standing>> = {
  [resultLetters.accepted]: 'taken',
  [resultLetters.forbidden]: 'refused',
  [resultLetters.failed]: 'later',
  [resultLetters.unknown]: 'unsure',
};

/** Where each letter of a file of so many stands: a byte a letter, its number's place in `standings`. */
export function standingOf(sending: Sending | undefined, letters: number): Uint8Array {
  const found = new Uint8Array(letters + 1);
  for (const one of sending?.said ?? []) {
    let place = 0;
    for (const n of numbersIn(one.letters)) {
      const standing = n <= letters ? saidOf(one, place, standings[found[n] ?? 0]) : null;
      if (standing !== null) found[n] = standings.indexOf(standing);
      place += 1;
    }
  }
  return found;
}

const saidOf = (said: Said, place: number, before: Standing | undefined): Standing | null => {
  if (said.is === 'settled') return said.taken ? 'taken' : 'later';
  // Nobody's word makes a letter leave again that may have been taken.
  if (said.is === 'again') return before === 'refused' ? 'later' : null;
  // The next start ends what was cut off, and then knows which of them were begun.
  if (said.results === null) return 'underway';
  const letter = said.results[place] ?? NONE;
  return letter === NONE ? null : (BY_LETTER[letter] ?? 'unsure');
};

export function* numbersIn(spans: Spans): Generator<number> {
  for (const [first, last] of spans) for (let n = first; n <= last; n++) yield n;
}

/** Numbers in rising order as spans. */
export function spansOf(numbers: Iterable<number>): Spans {
  const spans: [number, number][] = [];
  for (const n of numbers) {
    const last = spans.at(-1);
    if (last !== undefined && n === last[1] + 1) last[1] = n;
    else spans.push([n, n]);
  }
  return spans;
}

export type Tally = Readonly<Record<Standing, number>>;

/** How many stand where. */
export function tallyOf(found: Uint8Array): Tally {
  const counts = standings.map(() => 0);
  for (const code of found.subarray(1)) counts[code] = (counts[code] ?? 0) + 1;
  const at = (standing: Standing): number => counts[standings.indexOf(standing)] ?? 0;
  return {
    open: at('open'),
    underway: at('underway'),
    taken: at('taken'),
    refused: at('refused'),
    later: at('later'),
    unsure: at('unsure'),
  };
}

/** The numbers of the letters that stand there. */
export function* numbersAt(found: Uint8Array, standing: Standing): Generator<number> {
  const code = standings.indexOf(standing);
  for (let n = 1; n < found.length; n++) if (found[n] === code) yield n;
}
