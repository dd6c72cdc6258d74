import { isZone } from '../../base/calendar.ts';
import { formatLocal } from '../../base/instant.ts';
import { Problem } from '../../base/problem.ts';
import type { Context } from '../context.ts';
import { isRecord, readJsonFile } from '../json-file.ts';
import { usage, type Input, type Run } from '../spec.ts';
import { wallTime } from '../time.ts';

const VALIDATION = 3;

/** A pure calculator: cases in, due moments out, no incident and no journal. Prints a bare array. */
export const compute: Run = async (context, input) => {
  const obligation = input.text('obligation');
  if (obligation !== null) return await one(context, input, obligation);
  const file = input.text('vectors');
  if (file === null) throw usage('give the file of cases: --vectors FILE, or one duty: --obligation ID');
  const { cases, lists } = casesOf(await readJsonFile(context, file), file);
  const { calendarsOf, computeVector } = await import('../../app/compute.ts');
  const calendars = calendarsOf(lists);
  const results = cases.map((one) => computeVector(one, calendars));
  const computed = results.filter((one) => 'due' in one);
  if (context.print.json) context.print.bare(computed);
  else
    context.print.table(
      ['CASE', 'DUE'],
      computed.map(({ id, due }) => [id, due ?? 'no number in the rule']),
    );
  const refused = results.filter((one) => 'refused' in one);
  // A case that is not understood gets no deadline: a guessed one is worse than none.
  for (const { id, refused: why } of refused)
    context.print.say(`${id ?? 'a case without id'}: not computed: ${why}`);
  return refused.length === 0 ? 0 : VALIDATION;
};

/** One duty of the law as it is known here, from one moment. */
async function one(context: Context, input: Input, obligation: string): Promise<number> {
  const [trigger, { zone }] = [input.text('trigger'), context.globals];
  if (trigger === null || zone === null)
    throw usage('a duty is computed from a moment and a zone: --trigger TIME --zone ZONE');
  const { computeDuty } = await import('../../app/compute.ts');
  // Without an offset it is what clocks showed there: one moment, or a refusal that names both.
  const wall = isZone(zone) ? wallTime(trigger, zone) : null;
  const found = computeDuty({
    obligation,
    trigger: wall === null ? trigger : formatLocal(wall, zone, 'rfc3339'),
    zone,
    country: input.text('country'),
    capped: input.text('capped'),
  });
  if ('unknown' in found)
    throw new Problem('not-found', { what: 'duty', id: obligation, near: found.unknown });
  if ('refused' in found) throw usage(found.refused);
  const { due, wording, source, notes } = found;
  if (context.print.json) {
    context.print.object('due', { obligation, trigger, zone, due, wording, source, notes });
    return 0;
  }
  context.print.say(
    due === null ? `${obligation}: ${wording ?? 'no number in the rule'}` : `${obligation}: due ${due}`,
  );
  if (wall !== null) context.print.say(`  counted from ${formatLocal(wall, zone, 'rfc3339')}`);
  for (const line of [source, ...notes]) context.print.say(`  ${line}`);
  return 0;
}

type Cases = Readonly<{ cases: readonly unknown[]; lists: Readonly<Record<string, readonly string[]>> }>;

/** An array of cases, or an object with `vectors` and, where rules count working days, `holiday_calendars`. */
function casesOf(found: unknown, file: string): Cases {
  if (Array.isArray(found)) return { cases: found, lists: {} };
  if (!isRecord(found) || !Array.isArray(found['vectors']))
    throw new Problem('invalid-file', { file, why: 'it holds no array "vectors"' });
  const given = found['holiday_calendars'] ?? {};
  if (!isRecord(given))
    throw new Problem('invalid-file', { file, why: '"holiday_calendars" is not an object' });
  const lists = Object.fromEntries(
    Object.entries(given).map(([id, dates]) => [id, Array.isArray(dates) ? dates.map(String) : []]),
  );
  return { cases: found['vectors'], lists };
}
