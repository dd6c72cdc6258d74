import { Box, Text } from 'ink';
import { memo, type ReactElement } from 'react';
import { sameLine, textOf, type Line } from '../parts/line.ts';
import { styleOf } from '../theme.ts';

type RowProps = Readonly<{ row: Line; color: boolean }>;

/** One row is one Text, drawn again only when its words or their meaning change. */
const Row = memo(
  ({ row, color }: RowProps): ReactElement =>
    color && row.spans.some(({ tone }) => tone !== undefined && tone !== 'plain') ? (
      <Text wrap="truncate">
        {row.spans.map(({ text, tone }, i) => (
          <Text key={i} {...styleOf(tone, color)}>
            {text}
          </Text>
        ))}
      </Text>
    ) : (
      <Text wrap="truncate">{textOf(row) === '' ? ' ' : textOf(row)}</Text>
    ),
  (a, b) => a.color === b.color && sameLine(a.row, b.row),
);

/** The frame: as many rows as the terminal has, never more. */
export const Paint = ({
  lines,
  color,
  columns,
}: Readonly<{ lines: readonly Line[]; color: boolean; columns: number }>): ReactElement => (
  <Box flexDirection="column" width={columns}>
    {lines.map((row, i) => (
      <Row key={i} row={row} color={color} />
    ))}
  </Box>
);
