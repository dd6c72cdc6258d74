import type { Json } from '../base/canonical.ts';
import type { Outcome, Proof } from '../model/action.ts';
import { lost, unanswered, unchanged, unproved } from './call.ts';
import type { CallRequest } from './call.ts';
import { action } from './connector.ts';
import type { Action, ActionInput, Outside } from './connector.ts';
import { forAMinute } from './evidence.ts';
import { shown } from './several.ts';
import type { Said } from './thing.ts';
import { pages, succeeded } from './vendor.ts';
import type { Vendor, Walk } from './vendor.ts';

/**
 * A list that must be empty afterwards, where the vendor ends its rows one by one: sessions, consents. The proof is the list
 * itself, read once more to its end.
 */
export type Emptying<In extends ActionInput> = Readonly<{
  vendor: Vendor;
  /** "the sessions of the user": completes "listing ..." and "ending ...". */
  what: string;
  walk(input: In, outside: Outside): Walk;
  /** What is kept of a row, never a secret; null for a row that is not meant. */
  kept(row: Json, input: In): Json;
  end(row: Json, input: In, outside: Outside): CallRequest;
  /** The same request as a preview shows it for all of them. */
  pattern(input: In, outside: Outside): CallRequest;
  remarks?: readonly string[];
}>;

type Rows = Readonly<{ rows: readonly Json[]; complete: boolean }> | Readonly<{ refusal: Outcome }>;

const rowsOf = async <In extends ActionInput>(
  one: Emptying<In>,
  input: In,
  outside: Outside,
): Promise<Rows> => {
  const all = await pages(one.vendor, outside, one.walk(input, outside), `listing ${one.what}`);
  if ('refusal' in all) return all;
  return { rows: all.rows.filter((row) => one.kept(row, input) !== null), complete: all.complete };
};

const look = async <In extends ActionInput>(
  one: Emptying<In>,
  input: In,
  outside: Outside,
): Promise<Rows> => {
  try {
    return await rowsOf(one, input, outside);
  } catch (error) {
    return { refusal: unanswered(error, `listing ${one.what}`) };
  }
};

const endRow = async <In extends ActionInput>(
  one: Emptying<In>,
  row: Json,
  input: In,
  outside: Outside,
): Promise<Outcome> => {
  const what = `ending one of ${one.what}`;
  try {
    const answer = await one.vendor.ask(outside, one.end(row, input, outside));
    const { status: http } = answer;
    if (succeeded(answer)) return { result: 'done', detail: `${what}: confirmed with ${http}`, http };
    return one.vendor.refused(answer, what);
  } catch (error) {
    return lost(error, what);
  }
};

const WORST: readonly Outcome['result'][] = ['unknown', 'failed', 'forbidden', 'not-supported'];

const together = (outcomes: readonly Outcome[], what: string, receipt: Json): Outcome => {
  const bad = WORST.map((result) => outcomes.find((one) => one.result === result)).find(
    (one) => one !== undefined,
  );
  const ended = outcomes.filter((one) => one.result === 'done').length;
  const detail = `ending ${what}: ${ended} of ${outcomes.length} confirmed`;
  if (bad === undefined) return { result: 'done', detail, receipt };
  // Some ended and some did not: that is no clean refusal.
  const result = ended > 0 && bad.result !== 'unknown' ? 'unknown' : bad.result;
  return { ...bad, result, detail: `${detail}; ${bad.detail}`, receipt };
};

/** One that was not there any more ended between the list and its turn, perhaps with another: if so, the list is empty now. */
const afterMissing = async <In extends ActionInput>(
  one: Emptying<In>,
  outcome: Outcome,
  input: In,
  outside: Outside,
): Promise<Outcome> => {
  const found = await look(one, input, outside);
  if ('refusal' in found)
    return { ...outcome, result: 'unknown', detail: `${outcome.detail}; then ${found.refusal.detail}` };
  if (found.rows.length > 0 || !found.complete) return outcome;
  return {
    result: 'done',
    detail: `ending ${one.what}: the list is empty now`,
    receipt: outcome.receipt ?? null,
  };
};

export const emptying = <In extends ActionInput>(
  one: Emptying<In>,
  { breaks, ...said }: Said<In>,
): Action => {
  const empty = `the list of ${one.what} can be read and is empty`;
  return action<In>({
    ...said,
    effect: 'irreversible',
    retry: 'B',
    async preview(input, outside) {
      const found = await look(one, input, outside);
      const calls = [shown(outside.baseUrl, one.pattern(input, outside), 'once for each that is listed')];
      if ('refusal' in found) return { calls, breaks, now: 'unknown', warnings: [found.refusal.detail] };
      if (found.rows.length === 0) return { calls, breaks, now: 'already', warnings: [empty] };
      const count = `there are ${found.rows.length}${found.complete ? '' : ' and more'}: ${one.what}`;
      return { calls, breaks, now: 'active', warnings: [count, ...(one.remarks ?? [])] };
    },
    async run(input, outside) {
      const found = await look(one, input, forAMinute(outside));
      if ('refusal' in found) return unchanged(found.refusal, ', because what is not listed cannot be ended');
      if (found.rows.length === 0) return { result: 'already', detail: empty };
      const receipt = { ended: found.rows.map((row) => one.kept(row, input)) };
      await outside.keep(receipt, null);
      const outcomes: Outcome[] = [];
      for (const row of found.rows) outcomes.push(await endRow(one, row, input, outside));
      const missing = outcomes.some(({ http }) => http === 404);
      return missing
        ? await afterMissing(one, together(outcomes, one.what, receipt), input, outside)
        : together(outcomes, one.what, receipt);
    },
    async verify(input, outside): Promise<Proof> {
      try {
        const found = await rowsOf(one, input, outside);
        if ('refusal' in found) {
          const { detail: how, http } = found.refusal;
          return { is: 'unproved', how, ...(http === undefined ? {} : { http }) };
        }
        const { length } = found.rows;
        if (length > 0) return { is: 'refuted', how: `still listed, ${length}: ${one.what}`, http: 200 };
        return found.complete
          ? { is: 'proved', how: empty, http: 200 }
          : { is: 'unproved', how: `listing ${one.what}: too many to read to the end` };
      } catch (error) {
        return unproved(error, `listing ${one.what}`);
      }
    },
  });
};
