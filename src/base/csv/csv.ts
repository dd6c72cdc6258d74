import { cellText } from './cells.ts';
import type { CsvReader } from './fault.ts';
import { csvRows, type RowOptions } from './rows.ts';

/** Rows as texts, for whoever needs every cell. */
export const csvReader = ({
  onRow,
  ...options
}: Omit<RowOptions, 'onRow'> &
  Readonly<{ onRow: (cells: readonly string[], line: number) => void }>): CsvReader =>
  csvRows({
    ...options,
    onRow: (cells, line) =>
      onRow(
        Array.from({ length: cells.count }, (_, at) => cellText(cells, at)),
        line,
      ),
  });
