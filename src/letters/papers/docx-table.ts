import { ShadingType, Table, TableCell, TableLayoutType, TableRow, WidthType, type Paragraph } from 'docx';
import type { Runs, Table as Rows } from '../body.ts';

/** A table as wide as the text, its head repeated on every page; `width` in twentieths of a point. */
export function tableOf(rows: Rows, width: number, paragraph: (runs: Runs) => Paragraph): Table {
  const whole = rows.shares.reduce((sum, share) => sum + share, 0);
  const columnWidths = rows.shares.map((share) => Math.floor((width * share) / whole));
  const cell = (runs: Runs, column: number, fill: string | null): TableCell =>
    new TableCell({
      width: { size: columnWidths[column] ?? 0, type: WidthType.DXA },
      margins: { top: 40, bottom: 40, left: 80, right: 80 },
      ...(fill === null ? {} : { shading: { type: ShadingType.CLEAR, color: 'auto', fill } }),
      children: [paragraph(runs)],
    });
  return new Table({
    width: { size: width, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths,
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: rows.head.map((text, i) => cell([{ is: 'strong', text }], i, 'ECECEC')),
      }),
      ...rows.rows.map(
        ({ cells, marked }) =>
          new TableRow({
            cantSplit: true,
            children: cells.map((runs, i) => cell(runs, i, marked ? 'F7DFE2' : null)),
          }),
      ),
    ],
  });
}
