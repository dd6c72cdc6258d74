import { toHex } from '../base/hash.ts';
import { formatCheckpoint, openNote, parseCheckpoint } from './checkpoint.ts';
import type { EpochChecks } from './check-epochs.ts';
import type { Entry } from './entry.ts';
import type { FindingKind, Findings } from './findings.ts';
import type { Acknowledged, JournalRows, Log, Trust } from './report.ts';

/** Holds every checkpoint, stored here or known from outside, against the tree at its size. */
export interface Marks {
  /** The tree has grown to that size. */
  reached(size: number, root: () => Uint8Array, log: Log): void;
  /** The tree grows no more. */
  end(size: number, log: Log): void;
  /** How many entries the newest checkpoint covers that was met so far. */
  readonly signed: () => number;
  /** Takes note of an entry in which somebody stands for a contradiction. */
  hear(entry: Entry): void;
  /** What was remembered of another state and is acknowledged; known once the tree has ended. */
  acknowledged(): readonly Acknowledged[];
  signatures(): Readonly<{ checked: number; of: number }>;
  /** Lets go of the rows, also when reading them failed half-way. */
  close(): void;
}

/**
 * A checkpoint whose root is that of the tree adds nothing to a later one that is signed over the same entries, and checking
 * a signature takes longer than all else that is checked of an entry. So in a long journal these many are checked, then each
 * thousandth and the last.
 */
const EVERY_UP_TO = 10_000;
const THEN_EACH = 1000;

export function makeMarks(
  rows: JournalRows,
  trust: Trust,
  findings: Findings,
  epochs: Pick<EpochChecks, 'sealed'>,
): Marks {
  const outside = sorted(trust.known ?? [], trust.seen ?? [], findings);
  const contradictions = makeContradictions(findings);
  const stored = rows.checkpoints()[Symbol.iterator]();
  let next = stored.next();
  let last = 0;
  let of = 0;
  let checked = 0;

  const own = (root: () => Uint8Array, log: Log): void => {
    if (next.done === true) return;
    const { size, note } = next.value;
    next = stored.next();
    last = size;
    of += 1;
    // The last one of each origin stands for all that it wrote.
    const final = next.done === true || !sameLog(note, next.value.note);
    const due = of <= (trust.signaturesUpTo ?? EVERY_UP_TO) || of % THEN_EACH === 0 || final;
    if (due) checked += 1;
    epochs.sealed(size, note, due);
    const what = `the checkpoint over ${size} entries`;
    const found = judge(due ? signedText(note, log) : unsignedText(note), size, root(), log);
    if (found === 'foreign')
      findings.add('signature', size - 1, `${what} is not signed with the key of this journal`);
    if (found === 'other root') findings.add('root', size - 1, `${what} does not fit them`);
  };
  const foreign = (mark: Mark, root: () => Uint8Array, log: Log): void =>
    fromOutside(mark, root, log, contradictions, findings);
  return {
    reached(size, root, log) {
      while (next.done !== true && next.value.size <= size) own(root, log);
      for (let mark = outside[0]; mark !== undefined && mark.size <= size; mark = outside[0]) {
        outside.shift();
        foreign(mark, root, log);
      }
    },
    hear: contradictions.hear,
    acknowledged: contradictions.acknowledged,
    signatures: () => ({ checked, of }),
    close: () => void stored.return?.(),
    signed: () => last,
    end(size, log) {
      for (; next.done !== true; next = stored.next()) {
        last = Math.max(last, next.value.size);
        const there = `a checkpoint counts ${next.value.size} entries, there are ${size}`;
        findings.add('shortened', size, `${there}: entries were removed at the end`);
      }
      if (last < size) findings.add('unsigned', last, `no checkpoint signs the entries from #${last} on`);
      for (const mark of outside) beyond(mark, size, log, contradictions);
      contradictions.end();
    },
  };
}

function fromOutside(
  mark: Mark,
  root: () => Uint8Array,
  log: Log,
  contradictions: ReturnType<typeof makeContradictions>,
  findings: Findings,
): void {
  const { size, note } = mark;
  const what = `the checkpoint from outside over ${size} entries`;
  const found = judge(signedText(note, log), size, root(), log);
  if (found === 'foreign' && wentOn(mark, log, contradictions)) return;
  if (found === 'foreign')
    findings.add('known', size - 1, `${what} is not signed with the key of this journal`);
  if (found === 'other root') {
    const story = 'this journal tells two stories, or was rewritten since';
    contradictions.add(mark, 'rewritten', size - 1, `${what} does not fit them: ${story}`);
  }
}

/** Whoever handed the journal over wrote on in it all the same: told as the two stories that it is. */
function wentOn(mark: Mark, log: Log, contradictions: ReturnType<typeof makeContradictions>): boolean {
  const ended = log.ended(mark.note);
  if (ended === null || mark.size <= ended.size) return false;
  const there = `a checkpoint from outside counts ${mark.size} entries of ${ended.log}, which was handed over after ${ended.size}`;
  const says = `${there}: somebody went on in it, so there are two stories`;
  contradictions.add(mark, 'rewritten', ended.size, says);
  return true;
}

/** A checkpoint from outside over more entries than there are. */
function beyond(
  mark: Mark,
  size: number,
  log: Log,
  contradictions: ReturnType<typeof makeContradictions>,
): void {
  if (wentOn(mark, log, contradictions)) return;
  const there = `a checkpoint from outside counts ${mark.size} entries, there are ${size}`;
  contradictions.add(mark, 'shortened', size, `${there}: this is an older or a shortened copy`);
}

/** `root` in hex. `own`: only this machine remembers it. */
type Mark = Readonly<{ size: number; root: string; note: string; own: boolean }>;

/** By size, which is only read to sort by: the signature is checked when the walk gets there. */
function sorted(known: readonly string[], seen: readonly string[], findings: Findings): Mark[] {
  const marksOf = (notes: readonly string[], own: boolean): readonly Mark[] =>
    notes.flatMap((note): readonly Mark[] => {
      const said = parseCheckpoint(unsignedText(note));
      if (said === null) findings.add('known', null, 'a checkpoint from outside is not one');
      return said === null ? [] : [{ size: said.size, root: toHex(said.root), note, own }];
    });
  return [...marksOf(known, false), ...marksOf(seen, true)].toSorted((a, b) => a.size - b.size);
}

/** What contradicts the tree. Of what this machine alone remembers it is judged at the end: the entry that answers it comes later. */
function makeContradictions(findings: Findings) {
  const answers = new Map<string, Readonly<{ entry: number; by: string }>>();
  const open: (Mark & Readonly<{ report: () => void }>)[] = [];
  const acknowledged: Acknowledged[] = [];
  return {
    add(mark: Mark, kind: FindingKind, entry: number, says: string): void {
      const report = (): void => findings.add(kind, entry, says);
      if (mark.own) open.push({ ...mark, report });
      else report();
    },
    hear: ({ kind, n, actor, pub }: Entry): void => {
      const { known_size: size, known_root: root } = pub;
      if (kind !== 'journal.acknowledged' || typeof size !== 'number' || typeof root !== 'string') return;
      answers.set(`${size} ${root}`, { entry: n, by: actor });
    },
    end(): void {
      for (const { size, root, report } of open) {
        const answer = answers.get(`${size} ${root}`);
        if (answer === undefined) report();
        else acknowledged.push({ size, ...answer });
      }
    },
    acknowledged: () => acknowledged,
  };
}

/** The text of a note that the journal's key has signed; null of any other. */
function signedText(note: string, log: Log): string | null {
  const vkey = log.vkey();
  return vkey === null ? null : (openNote(note, [vkey])?.text ?? null);
}

const sameLog = (one: string, other: string): boolean =>
  one.slice(0, one.indexOf('\n')) === other.slice(0, other.indexOf('\n'));

const unsignedText = (note: string): string => note.slice(0, note.indexOf('\n\n') + 1);

function judge(
  text: string | null,
  size: number,
  root: Uint8Array,
  log: Log,
): 'fits' | 'foreign' | 'other root' {
  const origin = log.origin();
  if (text === null || origin === null) return 'foreign';
  if (text === formatCheckpoint({ origin, size, root })) return 'fits';
  const said = parseCheckpoint(text);
  return said?.origin === origin && said.size === size ? 'other root' : 'foreign';
}
