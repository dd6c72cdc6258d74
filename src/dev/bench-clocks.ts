import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { calendarsOf, computeVector } from '../regulations/compute.ts';
import { rounds, table } from './bench/rounds.ts';
import { takeArguments } from './arguments.ts';

// `clocks compute` over ten thousand triggers against nothing but the additions that the same rules ask of Temporal, in turns and in
// one process: reading, checking, zones, holidays, rolls and printing are ours on top.

const COUNT = 10_000;
const LIMIT = 5;
const { rounds: count } = takeArguments({
  command: 'npm run bench:clocks',
  about: 'Ten thousand deadlines, against nothing but the additions that they are made of.',
  takes: { rounds: { is: 'number', place: true, otherwise: 9, says: 'how often each is measured' } },
});

type Vector = Readonly<{
  id: string;
  tz: string;
  trigger: string;
  rule: Readonly<{ kind: string; n?: number }>;
}>;
type Cases = Readonly<{
  holiday_calendars: Readonly<Record<string, readonly string[]>>;
  vectors: readonly Vector[];
}>;

const packageRoot = join(import.meta.dirname, '../..');
const path = join(packageRoot, 'test/fixtures/deadline-vectors.json');
const file = JSON.parse(readFileSync(path, 'utf8')) as Cases;
const calendars = calendarsOf(file.holiday_calendars);

/** Every known case over and over, each time from another moment of the year after it. */
const cases = Array.from({ length: COUNT }, (_, i): Vector => {
  const vector = file.vectors[i % file.vectors.length];
  if (vector === undefined) throw new Error('the file of cases is empty');
  const hours = (Math.floor(i / file.vectors.length) * 61) % 8760;
  const trigger = Temporal.Instant.from(vector.trigger)
    .add({ hours, seconds: i % 3600 })
    .toString();
  return { ...vector, id: `${vector.id}-${i}`, trigger };
});

const units: Readonly<Record<string, 'hours' | 'days' | 'months' | 'years'>> = {
  elapsed_hours: 'hours',
  calendar_days: 'days',
  business_days: 'days',
  months: 'months',
  years: 'years',
  days_after_year_end: 'days',
};
const additions = cases.map(({ tz, trigger, rule }) => ({
  start: Temporal.Instant.from(trigger).toZonedDateTimeISO(tz),
  length: { [units[rule.kind] ?? 'hours']: rule.n ?? 24 },
}));

const timed = (work: () => void): number => {
  const from = performance.now();
  work();
  return performance.now() - from;
};

const PEER = 'temporal-polyfill, the additions alone';
const results = await rounds(
  [
    {
      name: PEER,
      goal: null,
      measure: () =>
        timed(() => {
          for (const { start, length } of additions) start.add(length);
        }),
    },
    {
      name: 'clocks compute',
      floor: PEER,
      goal: { most: LIMIT },
      measure: () =>
        timed(() => {
          const refused = cases.filter((one) => !('due' in computeVector(one, calendars)));
          if (refused.length > 0) throw new Error(`${refused.length} cases were refused`);
        }),
    },
  ],
  count,
);
console.log(table(`${COUNT} triggers, ${count} rounds in turns`, results));
process.exitCode = results.every(({ met }) => met !== false) ? 0 : 1;
