import { formatDuration } from '../../base/duration.ts';
import type { Instant } from '../../base/instant.ts';
import { line, quiet, span, wrap, type Line } from './line.ts';

/** A look at live systems while it goes on: what is asked now, since when, and how much has been answered. */
export type Looking = Readonly<{
  since: Instant;
  under: readonly Readonly<{ what: string; since: Instant }>[];
  done: number;
}>;

export const lookBegun = (since: Instant): Looking => ({ since, under: [], done: 0 });

/** One question has begun or ended. */
export const lookHeard = (
  { since, under, done }: Looking,
  { what, begun }: Readonly<{ what: string; begun: boolean }>,
  now: Instant,
): Looking => {
  const others = under.filter((one) => one.what !== what);
  return begun
    ? { since, under: [...others, { what, since: now }], done }
    : { since, under: others, done: done + 1 };
};

export const lookingLines = (
  { under, done, since }: Looking,
  now: Instant,
  width: number,
): readonly Line[] => [
  ...under.flatMap(({ what, since: begun }) =>
    wrap(quiet(line(span('NOW  ', 'info'), what, span(`  ${formatDuration(now - begun)}`, 'dim'))), width, 5),
  ),
  ...(under.length === 0
    ? [quiet(line(span(`reading the definitions, ${formatDuration(now - since)}`, 'dim')))]
    : []),
  ...(done === 0 ? [] : [quiet(line(span(`${done} answered`, 'dim')))]),
];
