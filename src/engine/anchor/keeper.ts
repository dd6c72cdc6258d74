import { passedAtLeast } from '../../base/beat.ts';
import type { Clock } from '../../io/clock.ts';
import { NetworkError } from '../../io/http.ts';
import { isProblem } from '../../base/problem.ts';
import type { Window } from '../../incident/anchored.ts';
import type { Journal } from '../../journal/store.ts';
import type { Receipt } from '../../journal/receipt.ts';
import type { Fresh } from '../../model/event.ts';
import type { AnchorFault } from '../../model/anchor.ts';
import { limits } from '../../model/limits.ts';
import type { Ledger } from '../ledger.ts';
import { NotAnchored, type Place, type Placed } from './place.ts';

/**
 * Takes the newest signed checkpoint to every configured place, beside everything else: an effect never waits for it. Each place
 * has a loop of its own, so that one that is down delays no other.
 */
export interface Keeper {
  /** Something was written, or a person asks for it: looks again at once. */
  poke(): void;
  /** Takes everything out now. Resolves when all of it stands elsewhere, or after `ms`; true when it does. */
  flush(ms: number): Promise<boolean>;
  /** Reads back what should stand elsewhere; what does not is recorded. */
  recheck(signal: AbortSignal): Promise<void>;
}

export type KeeperParts = Readonly<{
  clock: Clock;
  places: Readonly<Record<string, Place>>;
  journal: Pick<Journal, 'anchors' | 'checkpoint' | 'origin' | 'size'>;
  ledger: Ledger & Readonly<{ window: (size: number, total: number) => Window; refresh: () => boolean }>;
  actor: string;
  /** Makes a signal that aborts after so many milliseconds of the clock in use. */
  within: (ms: number) => AbortSignal;
}>;

/** What one place still has to do; forgotten with the process, and then done anew. */
type Task = {
  failures: number;
  notBefore: number;
  /** When what is open beyond so many entries was first seen, reckoned back to when it was written. */
  open: Readonly<{ size: number; at: number }> | null;
  /** Handed over, and not read back yet: asking again costs less than sending again. */
  sent: Readonly<{ size: number; note: string; placed: Placed }> | null;
  checked: number;
  /** How long the last exchange that worked took. */
  usual: number;
};

export const startKeeper = (parts: KeeperParts, left: AbortSignal): Keeper => {
  const tasks = new Map(
    Object.keys(parts.places).map((name) => [
      name,
      {
        failures: 0,
        notBefore: 0,
        open: null,
        sent: null,
        checked: Number.NEGATIVE_INFINITY,
        usual: 0,
      } satisfies Task as Task,
    ]),
  );
  const waiting = new Set<() => void>();
  let hurry = false;
  const poke = (): void => {
    for (const wake of waiting) wake();
  };

  const loop = async (name: string, place: Place, task: Task): Promise<void> => {
    while (!left.aborted) {
      const ms = Math.max(0, dueAt(parts, name, place, task, hurry) - parts.clock.elapsed());
      if (ms > 0) await nap(parts.clock, ms, waiting, left);
      else await turn(parts, name, place, task, left);
    }
  };
  for (const [name, place] of Object.entries(parts.places)) {
    const task = tasks.get(name);
    // A loop ends with its signal; a journal that cannot be written is met, and told, by the next command.
    if (task !== undefined) void loop(name, place, task).catch(() => undefined);
  }
  return {
    poke,
    async flush(ms) {
      hurry = true;
      for (const task of tasks.values()) task.notBefore = 0;
      const until = parts.clock.elapsed() + ms;
      for (;;) {
        poke();
        parts.ledger.refresh();
        const open = Object.entries(parts.places).filter(
          ([name, { back }]) => behind(parts, name, back.is) > 0,
        );
        if (open.length === 0) return true;
        if (parts.clock.elapsed() >= until || left.aborted) return false;
        await parts.clock.sleep(Math.min(limits.anchorFlushStepMs, ms));
      }
    },
    async recheck(signal) {
      await Promise.all(
        Object.entries(parts.places).map(async ([name, place]) => {
          await look(parts, name, place, signal);
        }),
      );
    },
  };
};

const nap = async (clock: Clock, ms: number, waiting: Set<() => void>, left: AbortSignal): Promise<void> => {
  const woken = new AbortController();
  const wake = (): void => woken.abort(new Error('woken'));
  waiting.add(wake);
  try {
    await clock.sleep(Math.min(ms, limits.anchorRecheckMs), AbortSignal.any([woken.signal, left]));
  } catch {
    // Woken, or left: the loop looks again either way.
  } finally {
    waiting.delete(wake);
  }
};

const covered = ({ ledger }: KeeperParts, name: string, back: Place['back']['is']): number => {
  const state = ledger.state().anchors.by.get(name);
  return (back === 'never' ? state?.copied?.size : state?.standing.at(-1)?.size) ?? 0;
};

const windowOfPlace = (parts: KeeperParts, name: string, back: Place['back']['is']): Window =>
  parts.ledger.window(covered(parts, name, back), parts.journal.size());

const behind = (parts: KeeperParts, name: string, back: Place['back']['is']): number =>
  windowOfPlace(parts, name, back).behind;

/** When this place is to be gone to next, in elapsed milliseconds. */
const dueAt = (parts: KeeperParts, name: string, { back }: Place, task: Task, hurry: boolean): number => {
  const { size, behind: open, since, urgentSince } = windowOfPlace(parts, name, back.is);
  const again = back.is === 'read' ? task.checked + limits.anchorRecheckMs : Number.POSITIVE_INFINITY;
  if (open === 0) return again;
  const now = parts.clock.elapsed();
  if (task.open?.size !== size) {
    // The journal's own book-keeping has no time of its own here: it goes with the next round. A wall clock that was set
    // since then can hurry a round, and hold none up.
    const age = since === null ? 0 : parts.clock.now() - since;
    task.open = { size, at: now - Math.min(Math.max(age, 0), limits.anchorRoutineMs) };
  }
  const wanted = hurry || urgentSince !== null ? now : task.open.at + limits.anchorRoutineMs;
  return Math.min(again, Math.max(wanted, task.notBefore));
};

const turn = async (
  parts: KeeperParts,
  name: string,
  place: Place,
  task: Task,
  left: AbortSignal,
): Promise<void> => {
  const { clock } = parts;
  if (place.back.is === 'read' && clock.elapsed() >= task.checked + limits.anchorRecheckMs) {
    task.checked = clock.elapsed();
    // As short as a try: what cannot be undone may be written meanwhile, and must not wait for a look at what is old.
    await look(parts, name, place, AbortSignal.any([left, parts.within(deadline(task))]));
    return;
  }
  try {
    await attempt(parts, name, place, task, left);
    task.failures = 0;
    task.notBefore = 0;
  } catch (error) {
    if (left.aborted) return;
    const known = whyNot(error);
    task.failures += 1;
    task.notBefore =
      clock.elapsed() + Math.min(limits.anchorWaitMs * 2 ** (task.failures - 1), limits.anchorWaitMaxMs);
    await recordFailure(parts, name, place, task, known);
  }
};

/** The deadline of a try grows with the failures before it, and with what the place usually takes. */
const deadline = ({ failures, usual }: Task): number =>
  Math.max(
    limits.anchorTriesMs[Math.min(failures, limits.anchorTriesMs.length - 1)] ?? 0,
    usual * limits.anchorUsualTimes,
  );

const attempt = async (
  parts: KeeperParts,
  name: string,
  place: Place,
  task: Task,
  left: AbortSignal,
): Promise<void> => {
  const { journal } = parts;
  const begun = parts.clock.elapsed();
  const signal = AbortSignal.any([left, parts.within(deadline(task))]);
  if (task.sent === null) {
    const note = journal.checkpoint();
    const size = sizeIn(note);
    task.sent = { size, note, placed: await place.put({ note, origin: journal.origin, size }, signal) };
  }
  const { size, note, placed } = task.sent;
  if (place.back.is === 'read') {
    const found = await place.back.read(placed.place, signal);
    if (found !== note) task.sent = null;
    if (found === null) throw new NotAnchored('not-read-back', 'it was taken, and then it was not there');
    if (found !== note) throw new NotAnchored('differs', 'what stands there is not what was sent');
  }
  task.sent = null;
  task.usual = parts.clock.elapsed() - begun;
  const receipt: Receipt = { anchor: name, kind: place.kind, note, ...placed };
  journal.anchors.keep(size, receipt, ({ sha256, seals }) => ({
    kind: place.back.is === 'never' ? 'anchor.copied' : 'anchor.made',
    actor: parts.actor,
    pub: { anchor: name, type: place.kind, size, seals, receipt_sha256: sha256, at: parts.clock.now() },
  }));
  if (place.back.is === 'read') task.checked = parts.clock.elapsed();
  parts.ledger.refresh();
};

const sizeIn = (note: string): number => Number(note.split('\n')[1]);

type Why = Readonly<{ fault: AnchorFault; detail: string }>;

const whyNot = (error: unknown): Why => {
  if (error instanceof NotAnchored) return { fault: error.fault, detail: error.message };
  if (error instanceof NetworkError) return { fault: 'unreachable', detail: error.message };
  const detail = error instanceof Error ? error.message : String(error);
  const shut = isProblem(error) && (error.code === 'missing-secret' || error.code === 'wall');
  return { fault: shut ? 'not-configured' : 'unreachable', detail };
};

/** Lost packets are no news: what lasts is recorded, once, and again every ten minutes while it does. */
const recordFailure = async (
  parts: KeeperParts,
  name: string,
  { kind, back }: Place,
  { failures }: Task,
  { fault, detail }: Why,
): Promise<void> => {
  const { ledger, clock } = parts;
  const failing = ledger.state().anchors.by.get(name)?.failing ?? null;
  const told = failing !== null && passedAtLeast(failing.beat, clock.stamp()) < limits.anchorNagMs;
  if (told && failing.fault === fault) return;
  if (failures < limits.anchorFailuresTold && (fault === 'unreachable' || fault === 'not-read-back')) return;
  const size = covered(parts, name, back.is);
  await write(ledger, { kind: 'anchor.failed', pub: { anchor: name, type: kind, size, fault } }, detail);
};

/** Without the key nothing can be sealed, and then the words are left out rather than the entry. */
const write = async (ledger: Ledger, event: Fresh, detail: string): Promise<void> => {
  try {
    await ledger.append([{ ...event, priv: { detail: { class: 'exchange', value: detail } } } as Fresh]);
  } catch {
    await ledger.append([event]);
  }
};

/** Reads back the newest note that should stand at a place. What cannot be asked is no finding. */
const look = async (parts: KeeperParts, name: string, place: Place, signal: AbortSignal): Promise<void> => {
  const { ledger, journal } = parts;
  ledger.refresh();
  const newest = ledger.state().anchors.by.get(name)?.standing.at(-1);
  if (newest === undefined || place.back.is !== 'read') return;
  const kept = journal.anchors
    .receipts()
    .find(({ size, receipt }) => size === newest.size && receipt.anchor === name);
  if (kept === undefined) return;
  let found: string | null;
  try {
    found = await place.back.read(kept.receipt.place, signal);
  } catch {
    return;
  }
  if (found === kept.receipt.note) return;
  await write(
    ledger,
    {
      kind: 'anchor.lost',
      pub: { anchor: name, type: place.kind, size: newest.size, found: found === null ? 'gone' : 'changed' },
    },
    found === null ? '' : found.slice(0, limits.anchorFoundCharsMax),
  );
};
