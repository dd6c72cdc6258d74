import { jumpBetween, jumpFields, type Jump, type Stamp } from '../base/beat.ts';
import type { Clock } from '../io/clock.ts';
import type { Sqlite } from '../io/sqlite.ts';
import type { Draft } from './draft.ts';
import { decodeEntry, type Entry } from './entry.ts';
import type { Findings } from './findings.ts';
import { asBytes, readTail } from './rows.ts';

/** Where the wall clock of a machine was set between two entries, the journal says so itself: nobody has to infer it later. */

const KIND = 'clock.jump';

/** What the clocks showed with the newest of `size` entries; null where there is none, or none that can be read. */
export function lastStamp(db: Sqlite, log: string, size: number): Stamp | null {
  const row = db.get('SELECT leaf FROM entry WHERE n = ? AND +log = ?', size - 1, log);
  if (row === null) return null;
  const entry = decodeEntry(asBytes(row['leaf']));
  return typeof entry === 'string' ? null : entry.at;
}

export const jumpDraft = (jump: Jump): Draft => ({
  kind: KIND,
  actor: 'firebreak',
  pub: { ...jumpFields(jump) },
});

/** No entry of its own, but an occasion to write down that the clock was set, where it was. */
export const occasion: Draft = { kind: KIND, actor: 'firebreak', pub: {} };
/** The same of an entry: whether it is no more than a word about the clock. */
export const isOccasion = ({ kind }: Readonly<{ kind: string }>): boolean => kind === KIND;

/** The clock since the newest entry; `note` is called to write down what it did. */
export function watching(
  open: () => Sqlite,
  log: string,
  clock: Clock,
  note: () => void,
): Readonly<{ jumped: () => Jump | null; noteJump: () => boolean }> {
  const jumped = (): Jump | null => {
    const shown = lastStamp(open(), log, readTail(open(), log).size);
    return shown === null ? null : jumpBetween(shown, clock.stamp());
  };
  return {
    jumped,
    noteJump: () => {
      if (jumped() === null) return false;
      note();
      return true;
    },
  };
}

/** `said`: entries that say that the clock was set; `unsaid`: the first entries after it was, where none says so. */
export type ClockReport = Readonly<{ said: number; unsaid: readonly number[] }>;

/** What a person is told beside the verdict. */
export const clockRemarks = ({ said, unsaid }: ClockReport): readonly string[] => [
  ...(said === 0
    ? []
    : [`the clock of the machine was set ${times(said)} while this was written, and entries say when`]),
  ...(unsaid.length === 0
    ? []
    : [
        `the clock of the machine was set ${times(unsaid.length)} and no entry says so, first in front of entry #${unsaid[0] ?? 0}: an older version wrote that, or another program`,
      ]),
];

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/**
 * Holds what entries say of the clock against what it showed. A clock that was set is no damage, and in a journal of an older
 * version nothing says so; but no honest writer says that it was set where it was not.
 */
export function makeClocks(findings: Findings) {
  let before: Stamp | null = null;
  let said = 0;
  const unsaid: number[] = [];
  return {
    check(n: number, { at, kind, pub }: Entry): void {
      const jump = before === null ? null : jumpBetween(before, at);
      // After an entry that cannot be read nobody knows what the clock showed.
      if (kind === KIND && before !== null) {
        said += 1;
        if (jump === null || !fits(pub, jump))
          findings.add('clock', n, `entry #${n} says that the clock was set, and its times do not`);
      } else if (jump !== null) unsaid.push(n);
      before = at;
    },
    /** An entry that cannot be read: what it showed is not known. */
    lost(): void {
      before = null;
    },
    report: (): ClockReport => ({ said, unsaid }),
  };
}

const fits = (pub: Entry['pub'], jump: Jump): boolean =>
  Object.entries(jumpFields(jump)).every(([name, value]) => pub[name] === value);
