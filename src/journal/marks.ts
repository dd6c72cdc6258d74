import { formatCheckpoint, openNote, parseCheckpoint } from './checkpoint.ts';
import type { Findings } from './findings.ts';
import type { JournalRows, Log, Trust } from './report.ts';

/** Holds every checkpoint, stored here or known from outside, against the tree at its size. */
export interface Marks {
  /** The tree has grown to that size. */
  reached(size: number, root: () => Uint8Array, log: Log): void;
  /** The tree grows no more. */
  end(size: number): void;
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

export function makeMarks(rows: JournalRows, trust: Trust, findings: Findings): Marks {
  const outside = sorted(trust.known ?? [], findings);
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
    const due = of <= (trust.signaturesUpTo ?? EVERY_UP_TO) || of % THEN_EACH === 0 || next.done === true;
    if (due) checked += 1;
    const what = `the checkpoint over ${size} entries`;
    const found = judge(due ? signedText(note, log) : unsignedText(note), size, root(), log);
    if (found === 'foreign')
      findings.add('signature', size - 1, `${what} is not signed with the key of this journal`);
    if (found === 'other root') findings.add('root', size - 1, `${what} does not fit them`);
  };
  const foreign = ({ size, note }: Mark, root: () => Uint8Array, log: Log): void => {
    const what = `the checkpoint from outside over ${size} entries`;
    const found = judge(signedText(note, log), size, root(), log);
    if (found === 'foreign')
      findings.add('known', size - 1, `${what} is not signed with the key of this journal`);
    if (found === 'other root') {
      const story = 'this journal tells two stories, or was rewritten since';
      findings.add('rewritten', size - 1, `${what} does not fit them: ${story}`);
    }
  };
  return {
    reached(size, root, log) {
      while (next.done !== true && next.value.size <= size) own(root, log);
      for (let mark = outside[0]; mark !== undefined && mark.size <= size; mark = outside[0]) {
        outside.shift();
        foreign(mark, root, log);
      }
    },
    signatures: () => ({ checked, of }),
    close: () => void stored.return?.(),
    end(size) {
      for (; next.done !== true; next = stored.next()) {
        last = Math.max(last, next.value.size);
        const there = `a checkpoint counts ${next.value.size} entries, there are ${size}`;
        findings.add('shortened', size, `${there}: entries were removed at the end`);
      }
      if (last < size) findings.add('unsigned', last, `no checkpoint signs the entries from #${last} on`);
      for (const mark of outside) {
        const there = `a checkpoint from outside counts ${mark.size} entries, there are ${size}`;
        findings.add('shortened', size, `${there}: this is an older or a shortened copy`);
      }
    },
  };
}

type Mark = Readonly<{ size: number; note: string }>;

/** By size, which is only read to sort by: the signature is checked when the walk gets there. */
function sorted(known: readonly string[], findings: Findings): Mark[] {
  const marks = known.flatMap((note): readonly Mark[] => {
    const size = parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1))?.size;
    if (size === undefined) findings.add('known', null, 'a checkpoint from outside is not one');
    return size === undefined ? [] : [{ size, note }];
  });
  return marks.toSorted((a, b) => a.size - b.size);
}

/** The text of a note that the journal's key has signed; null of any other. */
function signedText(note: string, log: Log): string | null {
  const vkey = log.vkey();
  return vkey === null ? null : (openNote(note, [vkey])?.text ?? null);
}

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
