import type { ZodType } from 'zod';
import { canonicalJson } from '../base/canonical.ts';
import type { Json } from '../base/canonical.ts';
import type { Outcome, Preview, Proof } from '../model/action.ts';
import { lost, unanswered, unchanged, unproved } from './call.ts';
import type { Action, ActionInput, Outside, Undoable } from './connector.ts';
import { forAMinute, withLack } from './evidence.ts';

/**
 * The shape that nearly every pause has: one setting at the vendor is read, changed, read again as proof and put back. The
 * order and the care (snapshot first, what was off stays off, nobody else's change is overwritten) are written here once.
 */

/** What was read, with remarks for the preview; or the refusal, when the vendor did not let us look. */
export type Reading<State> =
  | Readonly<{ state: State; remarks: readonly string[] }>
  | Readonly<{ refusal: Outcome }>;

export type Setting<In extends ActionInput, State extends Json> = Readonly<{
  /** Completes "reading ..." and "changing ...". */
  what: string;
  state: ZodType<State>;
  read(input: In, outside: Outside): Promise<Reading<State>>;
  isOff(state: State, input: In): boolean;
  /** The state that our action leaves behind. */
  off(before: State, input: In): State;
  /**
   * Where there is no way back: what is asked for when the state before cannot be read, because then it is ended all the same. A
   * pause has none, and is refused instead.
   */
  blind?: State;
  /** True where only a second reading tells exactly what our action left behind; `off` then says no more than its sense. */
  reread?: boolean;
  /** One changing call from a state towards another; `done` when the vendor confirmed it. */
  set(to: State, input: In, outside: Outside, from: State): Promise<Outcome>;
  /** Why a state cannot be put back, asked before anything is touched; null when it can. */
  obstacle?(to: State, input: In, outside: Outside): Promise<string | null>;
  /** The sentences of a proof. */
  says: Readonly<{ on: string; off: string }>;
}>;

const same = (a: Json, b: Json): boolean => canonicalJson(a) === canonicalJson(b);

const read = async <In extends ActionInput, State extends Json>(
  setting: Setting<In, State>,
  input: In,
  outside: Outside,
): Promise<Reading<State>> => {
  try {
    return await setting.read(input, outside);
  } catch (error) {
    return { refusal: unanswered(error, `reading ${setting.what}`) };
  }
};

const set = async <In extends ActionInput, State extends Json>(
  setting: Setting<In, State>,
  turn: Readonly<{ from: State; to: State }>,
  input: In,
  outside: Outside,
): Promise<Outcome> => {
  try {
    return await setting.set(turn.to, input, outside, turn.from);
  } catch (error) {
    return lost(error, `changing ${setting.what}`);
  }
};

/** What our action will have left, as far as it can be known beforehand; null where only a second reading tells. */
const expected = <In extends ActionInput, State extends Json>(
  setting: Setting<In, State>,
  before: State,
  input: In,
): State | null => (setting.reread === true ? null : setting.off(before, input));

/** What our action left, for undo to compare with; null when it could not be read, which undo then takes into account. */
const left = async <In extends ActionInput, State extends Json>(
  setting: Setting<In, State>,
  before: State,
  input: In,
  outside: Outside,
): Promise<State | null> => {
  if (setting.reread !== true) return expected(setting, before, input);
  const reading = await read(setting, input, outside);
  return 'refusal' in reading ? null : reading.state;
};

const isOurs = <In extends ActionInput, State extends Json>(
  setting: Setting<In, State>,
  live: State,
  before: State,
  input: In,
  done: Undoable,
): boolean => {
  const after = setting.state.safeParse(done.after);
  if (after.success) return same(live, after.data);
  return setting.reread === true ? setting.isOff(live, input) : same(live, setting.off(before, input));
};

/** The state before cannot be had: what could never be put back is ended without it, anything else is left as it is. */
const unseen = async <In extends ActionInput, State extends Json>(
  setting: Setting<In, State>,
  refusal: Outcome,
  input: In,
  outside: Outside,
): Promise<Outcome> => {
  const { blind } = setting;
  if (blind === undefined)
    return unchanged(refusal, ', because without its state before it could not be put back');
  return withLack(await set(setting, { from: blind, to: blind }, input, outside), refusal.detail);
};

type Switch<In extends ActionInput> = Required<Pick<Action<In>, 'run' | 'verify' | 'undo'>>;

/** The `now` and the warnings of a preview; calls and what breaks are the action's own words. */
export const previewSetting = async <In extends ActionInput, State extends Json>(
  setting: Setting<In, State>,
  input: In,
  outside: Outside,
): Promise<Pick<Preview, 'now' | 'warnings'>> => {
  const reading = await read(setting, input, outside);
  if ('refusal' in reading) return { now: 'unknown', warnings: [reading.refusal.detail] };
  return { now: setting.isOff(reading.state, input) ? 'already' : 'active', warnings: reading.remarks };
};

export const switchOff = <In extends ActionInput, State extends Json>(
  setting: Setting<In, State>,
): Switch<In> => ({
  async run(input, outside) {
    const reading = await read(setting, input, forAMinute(outside));
    if ('refusal' in reading) return await unseen(setting, reading.refusal, input, outside);
    const before = reading.state;
    const rest = reading.remarks.map((remark) => `; ${remark}`).join('');
    if (setting.isOff(before, input)) {
      return { result: 'already', detail: `${setting.says.off}${rest}`, receipt: before, after: before };
    }
    const after = expected(setting, before, input);
    // A journal that refuses stops us here: without the way back nothing is written.
    await outside.keep(before, after);
    const outcome = await set(setting, { from: before, to: setting.off(before, input) }, input, outside);
    const detail = `${outcome.detail}${rest}`;
    if (outcome.result !== 'done') return { ...outcome, detail, receipt: before, after };
    return { ...outcome, detail, receipt: before, after: await left(setting, before, input, outside) };
  },
  async verify(input, outside): Promise<Proof> {
    try {
      const reading = await setting.read(input, outside);
      if ('refusal' in reading) {
        const { detail: how, http } = reading.refusal;
        return { is: 'unproved', how, ...(http === undefined ? {} : { http }) };
      }
      const off = setting.isOff(reading.state, input);
      return { is: off ? 'proved' : 'refuted', how: off ? setting.says.off : setting.says.on, http: 200 };
    } catch (error) {
      return unproved(error, `reading ${setting.what}`);
    }
  },
  async undo(input: In, done: Undoable, outside: Outside): Promise<Outcome> {
    const before = setting.state.safeParse(done.receipt);
    if (!before.success)
      return { result: 'failed', detail: 'no state before was kept, so nothing was changed' };
    if (setting.isOff(before.data, input))
      return { result: 'already', detail: 'it was off before our action and stays off' };
    const reading = await read(setting, input, outside);
    if ('refusal' in reading) return unchanged(reading.refusal);
    if (same(reading.state, before.data))
      return { result: 'already', detail: 'it is as it was before our action' };
    if (!isOurs(setting, reading.state, before.data, input, done)) {
      return { result: 'failed', detail: 'somebody else has changed it since our action: left as it is' };
    }
    const obstacle = await setting.obstacle?.(before.data, input, outside);
    if (obstacle !== undefined && obstacle !== null) return { result: 'failed', detail: obstacle };
    return await set(setting, { from: reading.state, to: before.data }, input, outside);
  },
});
