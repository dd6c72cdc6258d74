/** Something that is measured: one call gives one measure, in milliseconds or in `unit`. `floor` names the case it is held against. */
export type Case = Readonly<{
  name: string;
  floor?: string;
  unit?: 'ms' | 'MiB';
  /**
   * What is wanted of the ratio, or of the measure where nothing is held against it: `most` for times, `least` for speeds against a
   * peer, `times` for a peer that must take so many times as long. Null: shown only.
   */
  goal: Readonly<{ most: number }> | Readonly<{ least: number }> | Readonly<{ times: number }> | null;
  measure: () => number | Promise<number>;
}>;

/** `ratio` is the median of each round's own ratio: rounds share the machine's moods, so they cancel out. */
export type Result = Readonly<{
  name: string;
  /** In `unit`. */
  value: number;
  unit: 'ms' | 'MiB';
  /** The middle half of the rounds: how noisy it was. */
  spread: readonly [number, number];
  against: string | null;
  ratio: number | null;
  goal: Case['goal'];
  met: boolean | null;
}>;

/** Runs every case once a round, one after the other, and one round before the first that counts. */
export async function rounds(cases: readonly Case[], count: number): Promise<readonly Result[]> {
  const times = new Map<string, number[]>(cases.map(({ name }) => [name, []]));
  for (let round = -1; round < count; round += 1) {
    for (const { name, measure } of cases) {
      const ms = await measure();
      if (round >= 0) times.get(name)?.push(ms);
    }
  }
  return cases.map((one) => resultOf(one, times));
}

function resultOf(
  { name, floor, goal, unit = 'ms' }: Case,
  times: ReadonlyMap<string, readonly number[]>,
): Result {
  const own = times.get(name) ?? [];
  const base = floor === undefined ? null : (times.get(floor) ?? []);
  const isSpeed = goal !== null && 'least' in goal;
  const ratios = base?.map((ms, i) => (isSpeed ? ms / (own[i] ?? ms) : (own[i] ?? ms) / ms)) ?? [];
  const ratio = base === null ? null : quantile(ratios, 0.5);
  return {
    name,
    value: quantile(own, 0.5),
    unit,
    spread: [quantile(own, 0.25), quantile(own, 0.75)],
    against: floor ?? null,
    ratio,
    goal,
    met: goal === null ? null : isMet(goal, ratio ?? quantile(own, 0.5)),
  };
}

const isMet = (goal: NonNullable<Case['goal']>, value: number): boolean =>
  'most' in goal ? value <= goal.most : value >= ('least' in goal ? goal.least : goal.times);

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** One line a case: name, median, the middle half, ratio and what it is held against, goal. */
export function table(title: string, results: readonly Result[]): string {
  const lines = results.map(({ name, value, unit, spread: [low, high], against, ratio, goal, met }) => {
    const shown = ratio === null ? '' : `${ratio.toFixed(2)}x ${against}`;
    const word = met === null ? '' : met ? 'met' : 'MISSED';
    const time = `${short(value)} ${unit} (${short(low)}-${short(high)})`;
    return `  ${name.padEnd(34)} ${time.padEnd(26)} ${shown.padEnd(28)} ${wanted(goal).padEnd(18)} ${word}`.trimEnd();
  });
  return [title, ...lines].join('\n');
}

const wanted = (goal: Case['goal']): string => {
  if (goal === null) return '';
  return 'most' in goal
    ? `goal at most ${goal.most}`
    : `goal at least ${'least' in goal ? goal.least : goal.times}`;
};

const short = (value: number): string => value.toFixed(value < 10 ? 3 : value < 100 ? 1 : 0);

/** Milliseconds that some work takes, by the wall clock. */
export function timed(work: () => void): number {
  const from = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - from) / 1e6;
}
