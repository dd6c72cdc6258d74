import type { DrillRecord } from '../programme/record.ts';

/** One measure over this drill and the ones before it of the same runbook, oldest first. */
export type Series = Readonly<{
  id: string;
  title: string;
  target: string;
  /** Null where a drill did not measure it. */
  points: readonly (Readonly<{ value: string; number: number | null; met: boolean }> | null)[];
  /** `▁▅█`, a dot where there is no number. */
  spark: string;
}>;

/** The last two drills of the same runbook that were played in the same way: people are not compared with the script. */
export const earlierOf = (record: DrillRecord, drills: readonly DrillRecord[]): readonly DrillRecord[] =>
  drills
    .filter(
      (one) =>
        one.id !== record.id &&
        one.runbook === record.runbook &&
        one.by === record.by &&
        one.card !== null &&
        one.begunAt < record.begunAt,
    )
    .toSorted((a, b) => a.begunAt - b.begunAt)
    .slice(-2);

export const series = (record: DrillRecord, earlier: readonly DrillRecord[]): readonly Series[] =>
  (record.card?.measures ?? []).map(({ id, title, target }) => {
    const points = [...earlier, record].map((drill) => {
      const found = drill.card?.measures.find((measure) => measure.id === id);
      return found === undefined
        ? null
        : { value: found.value, number: numberIn(found.value), met: found.met };
    });
    return { id, title, target, points, spark: sparkline(points.map((point) => point?.number ?? null)) };
  });

/** `6.5 min` is 6.5, `none` and `nothing` are 0, `3 of 4` is three quarters; other words are no number. */
const numberIn = (value: string): number | null => {
  if (value === 'none' || value === 'nothing') return 0;
  const part = /^(\d+) of (\d+)$/.exec(value);
  if (part !== null) {
    const [done, of] = [Number(part[1]), Number(part[2])];
    return of === 0 ? 1 : Math.round((done * 1000) / of) / 1000;
  }
  const first = /^(\d+(?:\.\d+)?)(?: |$)/.exec(value)?.[1];
  return first === undefined ? null : Number(first);
};

const BARS = '▁▂▃▄▅▆▇█';

const sparkline = (numbers: readonly (number | null)[]): string => {
  const most = Math.max(0, ...numbers.map((one) => one ?? 0));
  return numbers
    .map((one) => {
      if (one === null) return '·';
      const height = most === 0 ? 0 : Math.round((one / most) * (BARS.length - 1));
      return BARS.charAt(height);
    })
    .join('');
};
