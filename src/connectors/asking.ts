import type { ZodType } from 'zod';
import type { Json } from '../base/canonical.ts';
import { isProblem } from '../base/problem.ts';
import { NetworkError } from '../io/http.ts';
import type { Outside } from './connector.ts';
import { untold } from './posture.ts';
import type { Mfa, Told } from './posture.ts';
import { pages } from './vendor.ts';
import type { Vendor, Walk } from './vendor.ts';

/** How a posture is asked for: whatever the world does instead of answering becomes a reason. */

/** What the world did instead of answering is a reason; anything else is a fault of ours. */
export const orUntold = async <T>(what: string, ask: () => Promise<Told<T>>): Promise<Told<T>> => {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof NetworkError) return untold(`${what}: ${error.message}`);
    if (isProblem(error) && error.code === 'missing-secret')
      return untold(`${what}: the secret ${error.facts['name'] ?? ''} is not set`);
    throw error;
  }
};

/** Rows as they are described; null where one is not: what is not understood could be the worst. */
export const understood = <Row>(schema: ZodType<Row>, rows: readonly Json[]): readonly Row[] | null => {
  const read = rows.map((row) => schema.safeParse(row));
  return read.every((one) => one.success) ? read.map((one) => one.data) : null;
};

/** From all rows of a list. One that was cut short tells nothing, for the same reason. */
export const fromRows = async <Row, T>(
  from: Readonly<{ vendor: Vendor; outside: Outside; walk: Walk; what: string; schema: ZodType<Row> }>,
  of: (rows: readonly Row[]) => Told<T>,
): Promise<Told<T>> =>
  await orUntold(from.what, async () => {
    const { vendor, outside, walk, what, schema } = from;
    const all = await pages(vendor, outside, walk, what);
    if ('refusal' in all) return untold(all.refusal.detail);
    if (!all.complete) return untold(`${what}: too many, the rest was not read`);
    const rows = understood(schema, all.rows);
    return rows === null ? untold(`${what}: the answer could not be understood`) : of(rows);
  });

/** For systems that tell it person by person. */
export const mfaOf = (
  people: readonly boolean[],
  who: string,
  says: Readonly<{ with: string; without: string }>,
): Told<Mfa> => {
  const without = people.filter((one) => !one).length;
  if (people.length === 0) return untold(`nobody was listed, so nothing can be said of ${who}`);
  const detail =
    without === 0
      ? `all ${people.length} ${who} ${says.with}`
      : `${without} of ${people.length} ${who} ${says.without}`;
  return { is: 'told', enforced: without === 0, detail };
};
