import { cellText, type Cells } from '../../base/csv/cells.ts';
import { csvFaultWords, type CsvFault, type Encoding, type Separator } from '../../base/csv/fault.ts';
import { csvRows } from '../../base/csv/rows.ts';
import { Problem } from '../../base/problem.ts';
import type { RecipientVariable } from '../../model/letter.ts';
import type { Form } from './forms.ts';
import type { Out } from './out.ts';
import {
  columnsOf,
  rowsRead,
  type Columns,
  type Passing,
  type Rejected,
  type RowsRead,
  type Wanted,
} from './reader.ts';
import { seenBefore } from './seen.ts';

/** How far a merge has come. `rows` are those of the list that have been dealt with, the header not counted. */
export type Tally = Readonly<{ rows: number; written: number; rejected: number; duplicates: number }>;

export const nothingYet: Tally = { rows: 0, written: 0, rejected: 0, duplicates: 0 };

export type MergeOptions = Readonly<{
  /** The name of the list as a person gave it, for what is said about it. */
  list: string;
  encoding: Encoding;
  separator: Separator;
  variables: readonly RecipientVariable[];
  wanted: Wanted;
  form: Form;
  out: Out;
  /** A row that gets no letter, and why; a second row of the same address is one of them. */
  onRejected: (rejected: Rejected) => void;
  /** A reader whose letter an earlier run wrote. */
  onBefore?: (reader: Passing) => void;
  /** What an earlier run has dealt with: these rows are read again and written no more. */
  before: Tally;
  /** After so many letters no more is written. */
  most?: number;
}>;

/** A list, pushed in pieces, becomes letters in `out`. Between two pieces every row begun before has been dealt with or not at all. */
export interface Merge {
  push(bytes: Uint8Array): void;
  end(): void;
  /** Takes a letter that was counted back: it could not be made after all. */
  withdraw(rejected: Rejected): void;
  tally(): Tally;
  /** True once `most` letters are written. */
  full(): boolean;
}

const TWICE = 'this address had its letter from a row above';

export function merging(options: MergeOptions): Merge {
  const { wanted, form, out, onRejected, before } = options;
  const seen = seenBefore();
  const most = options.most ?? Number.POSITIVE_INFINITY;
  let rows: RowsRead | null = null;
  let tally = { ...before };
  let passed = 0;

  /** Counts a row; false where an earlier run has dealt with it. */
  const isNew = (): boolean => {
    passed += 1;
    if (passed <= before.rows) return false;
    tally.rows += 1;
    return true;
  };
  const reject = (rejected: Rejected, duplicate: boolean): void => {
    if (duplicate) tally.duplicates += 1;
    else tally.rejected += 1;
    onRejected(rejected);
  };
  const onRow = (cells: Cells, line: number): void => {
    if (rows === null) {
      rows = rowsRead(needColumns(cells, options), wanted);
      return;
    }
    if (tally.written >= most) return;
    const fresh = isNew();
    const why = rows.read(cells, line);
    if (why !== null) return fresh ? reject({ line, why }, false) : undefined;
    const { reader } = rows;
    const again = seen.add(reader.key);
    if (!fresh) return again ? undefined : options.onBefore?.(reader);
    if (again) return reject({ line, why: TWICE }, true);
    tally.written += 1;
    form.write(out, reader, tally.written);
  };
  const onFault = (fault: CsvFault): void => {
    if (rows === null) throw unreadable(options.list, fault.line, csvFaultWords(fault));
    if (tally.written < most && isNew()) reject({ line: fault.line, why: csvFaultWords(fault) }, false);
  };
  const reader = csvRows({ encoding: options.encoding, separator: options.separator, onRow, onFault });
  if (before.rows === 0) out.text(form.begin, false);
  return {
    push: (bytes) => reader.push(bytes),
    end() {
      reader.end();
      if (rows === null) throw unreadable(options.list, 1, 'it is empty: the first line names the columns');
      out.text(form.end, false);
    },
    withdraw(rejected) {
      tally.written -= 1;
      reject(rejected, false);
    },
    tally: () => ({ ...tally }),
    full: () => tally.written >= most,
  };
}

function needColumns(header: Cells, { list, variables }: MergeOptions): Columns {
  const names = Array.from({ length: header.count }, (_, at) => cellText(header, at));
  const found = columnsOf(names, variables);
  if (!isColumns(found)) throw unreadable(list, 1, found.join('; '));
  return found;
}

const isColumns = (found: Columns | readonly string[]): found is Columns => !Array.isArray(found);

const unreadable = (file: string, line: number, why: string): Problem =>
  new Problem('list-unreadable', { file, line: String(line), why });
