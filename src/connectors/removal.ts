import type { Json } from '../base/canonical.ts';
import { MINUTE } from '../base/duration.ts';
import type { Outcome, Proof, RetryClass } from '../model/action.ts';
import { lost, ofFirstTry, unanswered, unproved } from './call.ts';
import type { CallRequest } from './call.ts';
import { action } from './connector.ts';
import type { Action, ActionInput, Outside } from './connector.ts';
import { forAMinute, withLack } from './evidence.ts';
import { shown } from './several.ts';
import type { Said } from './thing.ts';
import { succeeded } from './vendor.ts';
import type { Vendor } from './vendor.ts';

/**
 * What is ended for good: a key deleted, sessions closed, an app taken out. There is no way back, so what was known of it is
 * kept first, for at most a minute; and "404" counts only when the vendor lets us look and does not show it any more.
 */

/** What a look found. `gone` needs an answer that would have shown it. */
export type Found =
  | Readonly<{ is: 'there'; kept: Json; remarks?: readonly string[] }>
  /** `since`: when it ended, where only a log tells: what was begun again meanwhile may not be in it yet. */
  | Readonly<{ is: 'gone'; how: string; since?: number }>
  | Readonly<{ is: 'hidden'; refusal: Outcome }>;

export type Removal<In extends ActionInput> = Readonly<{
  vendor: Vendor;
  /** "the key": completes "looking for ..." and "removing ...". */
  what: string;
  find(input: In, outside: Outside): Promise<Found>;
  /** A request that must come before, by what is known of it: what is switched off first. Null where it is off already. */
  first?(kept: Json, input: In): CallRequest | null;
  /** The request that ends it. */
  end(input: In, outside: Outside): CallRequest | Promise<CallRequest>;
  /** `accepted`: the vendor only queued it, and the proof waits. Without it any success is `done`. */
  queued?: boolean;
  /** C where a second request would end something new; B where ending twice is ending once. */
  retry?: RetryClass;
  /** Why it must not be done at all, asked before anything is touched: what is to be ended is what we work with. */
  obstacle?(input: In, outside: Outside): Promise<string | null>;
}>;

const look = async <In extends ActionInput>(
  removal: Removal<In>,
  input: In,
  outside: Outside,
): Promise<Found> => {
  try {
    return await removal.find(input, outside);
  } catch (error) {
    return { is: 'hidden', refusal: unanswered(error, `looking for ${removal.what}`) };
  }
};

const end = async <In extends ActionInput>(
  removal: Removal<In>,
  kept: Json,
  input: In,
  outside: Outside,
): Promise<Outcome> => {
  const what = `removing ${removal.what}`;
  const first = removal.first?.(kept, input) ?? null;
  if (first === null) return await endNow(removal, kept, input, outside);
  try {
    const answer = await removal.vendor.ask(outside, first);
    if (!succeeded(answer))
      return { ...removal.vendor.refused(answer, `switching ${removal.what} off`), receipt: kept };
  } catch (error) {
    return { ...lost(error, `switching ${removal.what} off`), receipt: kept };
  }
  const outcome = await endNow(removal, kept, input, outside);
  const ended = outcome.result === 'done' || outcome.result === 'already' || outcome.result === 'accepted';
  // It is off by now: that is no clean refusal.
  return ended
    ? outcome
    : {
        ...outcome,
        result: 'unknown',
        detail: `${outcome.detail}; it was switched off before, ${what} was not`,
      };
};

const endNow = async <In extends ActionInput>(
  removal: Removal<In>,
  kept: Json,
  input: In,
  outside: Outside,
): Promise<Outcome> => {
  const what = `removing ${removal.what}`;
  try {
    const answer = await removal.vendor.ask(outside, await removal.end(input, outside));
    const { status: http } = answer;
    if (succeeded(answer)) {
      const queued = removal.queued === true || http === 202;
      const detail = `${what}: ${queued ? 'accepted' : 'confirmed'} with ${http}`;
      return { result: queued ? 'accepted' : 'done', detail, http, receipt: kept };
    }
    if (http === 404 || http === 410)
      return { ...ofFirstTry(answer, await afterMissing(removal, input, outside)), receipt: kept };
    return { ...removal.vendor.refused(answer, what), receipt: kept };
  } catch (error) {
    return { ...lost(error, what), receipt: kept };
  }
};

/** It was not found where it was to be removed: that is success only if a look says the same. */
const afterMissing = async <In extends ActionInput>(
  removal: Removal<In>,
  input: In,
  outside: Outside,
): Promise<Outcome> => {
  const found = await look(removal, input, outside);
  if (found.is === 'gone') return { result: 'already', detail: found.how, http: 404 };
  const detail = `removing ${removal.what}: answered 404, which may also mean a wrong id or a missing permission`;
  return { result: 'failed', detail, http: 404 };
};

/** Logs of vendors are written minutes later, and hours later at times. What is ended twice is ended once. */
const LOG_BEHIND_MS = 5 * MINUTE;

/** Whether nothing is left to do: an end that a log tells of long ago is no reason to leave out what may have been begun since. */
const isOver = (found: Found, { clock }: Outside): found is Extract<Found, { is: 'gone' }> =>
  found.is === 'gone' && (found.since === undefined || clock.now() - found.since < LOG_BEHIND_MS);

export const removing = <In extends ActionInput>(
  removal: Removal<In>,
  { breaks, ...said }: Said<In>,
): Action =>
  action<In>({
    ...said,
    effect: 'irreversible',
    retry: removal.retry ?? 'B',
    ...(removal.queued === true ? { queued: true } : {}),
    async preview(input, outside) {
      const found = await look(removal, input, outside);
      const first = removal.first?.(found.is === 'there' ? found.kept : null, input) ?? null;
      const requests = [...(first === null ? [] : [first]), await removal.end(input, outside)];
      const calls = requests.map((request) => shown(outside.baseUrl, request));
      const obstacle = (await removal.obstacle?.(input, outside)) ?? null;
      const warnings = obstacle === null ? [] : [obstacle];
      if (found.is === 'hidden')
        return { calls, breaks, now: 'unknown', warnings: [...warnings, found.refusal.detail] };
      if (found.is === 'gone') {
        const now = isOver(found, outside) ? 'already' : 'unknown';
        return { calls, breaks, now, warnings: [...warnings, found.how] };
      }
      return { calls, breaks, now: 'active', warnings: [...warnings, ...(found.remarks ?? [])] };
    },
    async run(input, outside) {
      const obstacle = (await removal.obstacle?.(input, outside)) ?? null;
      if (obstacle !== null) return { result: 'failed', detail: obstacle };
      const found = await look(removal, input, forAMinute(outside));
      if (isOver(found, outside)) return { result: 'already', detail: found.how };
      const kept = found.is === 'there' ? found.kept : null;
      if (kept !== null) await outside.keep(kept, null);
      const outcome = await end(removal, kept, input, outside);
      return withLack(outcome, found.is === 'hidden' ? found.refusal.detail : null);
    },
    async verify(input, outside): Promise<Proof> {
      try {
        const found = await removal.find(input, outside);
        if (found.is === 'gone') return { is: 'proved', how: found.how, http: 200 };
        if (found.is === 'there') return { is: 'refuted', how: `${removal.what} is still there`, http: 200 };
        const { detail: how, http } = found.refusal;
        return { is: 'unproved', how, ...(http === undefined ? {} : { http }) };
      } catch (error) {
        return unproved(error, `looking for ${removal.what}`);
      }
    },
  });
