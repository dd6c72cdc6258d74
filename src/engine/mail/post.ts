import { assert } from '../../base/assert.ts';
import { isProblem } from '../../base/problem.ts';
import { spansOf } from '../../incident/sendings.ts';
import type { Clock } from '../../io/clock.ts';
import { MailError, type Handed, type MailLine } from '../../io/mail.ts';
import type { Result } from '../../model/action.ts';
import { limits } from '../../model/limits.ts';
import { endMailing } from '../batch/end.ts';
import type { Pace } from '../batch/pace.ts';
import type { ItemFresh, Ledger } from '../ledger.ts';

/**
 * Letters are handed to a mail server, each with its own durable row before it leaves and after its answer. What a crash or a lost answer
 * leaves in doubt is not sent again by anything here: of class D, only a person who has looked says whether it had been taken.
 */

/** One letter that is to leave. `about` is what the ledger keeps of it: to whom, which version. */
export type Parcel = Readonly<{ n: number; to: string; about: string; compose: () => Promise<Uint8Array> }>;

export type Post = Readonly<{
  mailing: string;
  letter: string;
  to: 'seed' | 'list';
  instance: string;
  from: string;
  pace: Pace;
  /** Only those that may be sent, in their order; read as they are needed. */
  parcels: Iterable<Parcel>;
  total: number;
  open: () => Promise<MailLine>;
}>;

export type PostOffice = Readonly<{
  ledger: Ledger;
  clock: Clock;
  /** Set when a person wants it to end: what is under way is answered, nothing further begins. */
  stop: AbortSignal;
  heard: (progress: PostProgress) => void;
  /** Asked before each part of a run: why nothing more may leave, or null. What was true when it began may be corrected meanwhile. */
  stands: () => string | null;
}>;

export type PostProgress = Readonly<{
  done: number;
  total: number;
  taken: number;
  refused: number;
  later: number;
  unsure: number;
  msSpent: number;
}>;
/** `why`: what ended it before its end, in words; null where it is whole or a person stopped it. */
export type Posted = PostProgress & Readonly<{ ended: 'whole' | 'stopped'; why: string | null }>;

/** Hands over what is to be handed over, and says how far it came. Throws only for what could not be written down. */
export const post = async (office: PostOffice, mail: Post): Promise<Posted> => {
  const run = makeRun(office, mail);
  const lines: (MailLine | null)[] = Array.from({ length: mail.pace.atOnce }, () => null);
  try {
    for (const parcels of partsOf(mail.parcels)) {
      const why = office.stands();
      if (why !== null) run.halt(why);
      if (run.halted()) break;
      await postPart(office, mail, run, lines, parcels);
    }
  } finally {
    for (const line of lines) line?.close();
  }
  return { ...run.progress(), ended: run.halted() ? 'stopped' : 'whole', why: run.why() };
};

function* partsOf(parcels: Iterable<Parcel>): Generator<readonly Parcel[], void> {
  let part: Parcel[] = [];
  for (const parcel of parcels) {
    part.push(parcel);
    if (part.length < limits.mailPartMax) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}

type Waiting = Readonly<{ parcel: Parcel; place: number; tries: number }>;

/** A letter that is being composed, while the one before it is under way. */
type Begun = Readonly<{ waiting: Waiting; raw: Promise<Uint8Array> }>;

const begun = (waiting: Waiting | undefined): Begun | undefined => {
  if (waiting === undefined) return undefined;
  const raw = waiting.parcel.compose();
  // Heard of where it is awaited; nobody does once the run has ended before its turn.
  raw.catch(() => undefined);
  return { waiting, raw };
};

const postPart = async (
  { ledger, clock }: PostOffice,
  mail: Post,
  run: Run,
  lines: (MailLine | null)[],
  parcels: readonly Parcel[],
): Promise<void> => {
  const { mailing, letter, to, instance } = mail;
  const batch = await ledger.batches.begin(
    'mail.intent',
    { mailing, letter, to, instance, letters: spansOf(parcels.map(({ n }) => n)) },
    parcels.map(({ n, about }, item) => ({
      item,
      kind: 'plan',
      pub: { n },
      priv: { about: { class: 'victims', value: about } },
    })),
  );
  const write = async (row: ItemFresh): Promise<void> => await ledger.batches.write(batch, [row]);
  const queue: Waiting[] = parcels.map((parcel, place) => ({ parcel, place, tries: 0 }));
  const failures: unknown[] = [];
  const taken = (): Begun | undefined => begun(queue.shift());
  const worker = async (slot: number): Promise<void> => {
    // What became of the last letter, on its way to the disk.
    let told: Promise<void> = Promise.resolve();
    for (let next = taken(); next !== undefined;) {
      const { parcel, place, tries } = next.waiting;
      const raw = await next.raw;
      await run.turn();
      const line = await run.lineFor(lines, slot);
      if (line === null || run.halted() || failures.length > 0) break;
      const { boot, mono } = clock.stamp();
      // The end of the last one and the beginning of this one cost one sync of the disk.
      await Promise.all([told, write({ item: place, kind: 'intent', pub: { boot, mono } })]);
      const answer = line.send({ from: mail.from, to: parcel.to, raw });
      const after = taken();
      const handed = await answer;
      told = write({
        item: place,
        kind: 'outcome',
        pub: { result: resultOf(handed) },
        priv: { says: { class: 'exchange', value: handed.says } },
      });
      // Heard of where it is awaited, which may be a while.
      told.catch(() => undefined);
      if (await run.heard(handed, tries + 1)) queue.push({ parcel, place, tries: tries + 1 });
      next = after ?? taken();
    }
    await told;
  };
  const guarded = async (slot: number): Promise<void> => {
    try {
      await worker(slot);
    } catch (error) {
      // What cannot be written down must not be sent: nothing further begins.
      failures.push(error);
    }
  };
  await Promise.all(lines.map((_line, slot) => guarded(slot)));
  if (failures.length > 0) throw failures[0];
  await endMailing(ledger, batch, run.halted() ? 'stopped' : 'whole');
};

const resultOf = (handed: Handed): Result => {
  switch (handed.is) {
    case 'accepted':
      return 'accepted';
    case 'refused':
      return handed.lasting && handed.at !== 'sender' ? 'forbidden' : 'failed';
    case 'unsent':
      return 'failed';
    case 'unknown':
      return 'unknown';
  }
};

/** What all connections of one run share: how fast, how far, and whether it goes on. */
type Run = Readonly<{
  halted: () => boolean;
  halt: (words: string) => void;
  why: () => string | null;
  progress: () => PostProgress;
  /** Resolves when the next letter may leave. */
  turn: () => Promise<void>;
  /** A connection that stands, or null where none comes about any more. */
  lineFor: (lines: (MailLine | null)[], slot: number) => Promise<MailLine | null>;
  /** Counts what became of a letter; true where it did not leave and is to be tried again in this run. */
  heard: (handed: Handed, tries: number) => Promise<boolean>;
}>;

const makeRun = (office: PostOffice, { pace, total, open }: Post): Run => {
  const { clock, stop, heard } = office;
  const begun = clock.elapsed();
  const count = { taken: 0, refused: 0, later: 0, unsure: 0 };
  let refusedInARow = 0;
  let why: string | null = null;
  const halted = (): boolean => why !== null || stop.aborted;
  const halt = (words: string): void => {
    why ??= words;
  };
  const progress = (): PostProgress => ({
    ...count,
    done: count.taken + count.refused + count.later + count.unsure,
    total,
    msSpent: clock.elapsed() - begun,
  });
  return {
    halted,
    halt,
    why: () => why,
    progress,
    turn: makeTurns(office, pace),
    lineFor: makeLines(office, open, halted, halt),
    heard: async (handed, tries) => {
      const isOurs = handed.is === 'refused' && handed.at === 'sender';
      if (isOurs && handed.lasting) halt(`the server does not let us send: ${handed.says}`);
      const again = handed.is === 'unsent' || (isOurs && !handed.lasting);
      if (again && tries < limits.mailTriesMax && !halted()) {
        await rest(office, tries);
        return true;
      }
      const standing = STANDING[resultOf(handed)];
      assert(standing !== undefined, 'a letter that was handed over stands somewhere');
      count[standing] += 1;
      refusedInARow = standing === 'refused' ? refusedInARow + 1 : 0;
      if (refusedInARow >= limits.mailRefusedMax && count.taken === 0)
        halt(`the server refused the first ${limits.mailRefusedMax} readers, last: ${handed.says}`);
      heard(progress());
      return false;
    },
  };
};

/** Waits longer with each try, and not at all once a person wants it to end. */
const rest = async ({ clock, stop }: PostOffice, tries: number): Promise<void> => {
  const ms = Math.min(limits.mailWaitMs * 2 ** Math.max(0, tries - 1), limits.mailWaitMaxMs);
  await clock.sleep(ms, stop).catch(() => undefined);
};

/** As many in a minute as the server takes, whichever connection they leave by. */
const makeTurns = ({ clock, stop }: PostOffice, { perMinute }: Pace): Run['turn'] => {
  let notBefore = 0;
  return async () => {
    if (perMinute === null) return;
    const at = Math.max(notBefore, clock.elapsed());
    notBefore = at + 60_000 / perMinute;
    if (at > clock.elapsed()) await clock.sleep(at - clock.elapsed(), stop).catch(() => undefined);
  };
};

const makeLines = (
  office: PostOffice,
  open: Post['open'],
  halted: () => boolean,
  halt: (words: string) => void,
): Run['lineFor'] => {
  let failures = 0;
  return async (lines, slot) => {
    const before = lines[slot];
    if (before?.usable() === true) return before;
    while (!halted()) {
      try {
        const line = await open();
        lines[slot] = line;
        failures = 0;
        return line;
      } catch (error) {
        if (!(error instanceof MailError) && !isProblem(error)) throw error;
        failures += 1;
        if (isProblem(error) || error.asks || failures >= limits.mailTriesMax) halt(error.message);
        else await rest(office, failures);
      }
    }
    return null;
  };
};

const STANDING: Partial<Readonly<Record<Result, 'taken' | 'refused' | 'later' | 'unsure'>>> = {
  accepted: 'taken',
  forbidden: 'refused',
  failed: 'later',
  unknown: 'unsure',
};
