import type { ZodType } from 'zod';
import { canonicalJson } from '../base/canonical.ts';
import type { Json } from '../base/canonical.ts';
import type { Outcome } from '../model/action.ts';
import { notData, unread } from './call.ts';
import type { CallAnswer, CallRequest } from './call.ts';
import { action } from './connector.ts';
import type { Action, ActionInput, Outside } from './connector.ts';
import { switchOff } from './setting.ts';
import type { Reading, Setting } from './setting.ts';
import { shown } from './several.ts';
import { succeeded, under } from './vendor.ts';
import type { Vendor } from './vendor.ts';

/**
 * The commonest pause: one thing at the vendor has a switch. It is asked for, its switch is turned by one request, it is asked
 * for again. What it says of itself in words: `pausing` makes the whole action of it.
 */
export type Thing<In extends ActionInput, State extends Json> = Readonly<{
  vendor: Vendor;
  /** "the webhook": completes "reading ..." and "changing ...". */
  what: string;
  /** What is kept of it, and in the journal: never a secret, an address as host and hash. */
  state: ZodType<State>;
  ask(input: In, outside: Outside): CallRequest;
  /** The state in an answer; null when the answer does not show one. */
  of(answer: CallAnswer, input: In): State | null;
  isOff(state: State): boolean;
  off(before: State): State;
  /** The request that brings it from one state to the other. */
  turn(to: State, input: In, outside: Outside, from: State): CallRequest;
  /** Whether the answer to `turn` shows that it is so; without it, any success counts and the proof decides. */
  shows?(answer: CallAnswer, to: State): boolean;
  remarks?(state: State): readonly string[];
  obstacle?: Setting<In, State>['obstacle'];
  reread?: boolean;
  says: Readonly<{ on: string; off: string }>;
}>;

/** What an action says of itself, apart from what it does. */
export type Said<In extends ActionInput> = Pick<
  Action<In>,
  'title' | 'confidence' | 'scopes' | 'secrets' | 'input' | 'byHand'
> &
  Readonly<{ breaks: readonly string[] }>;

const read = async <In extends ActionInput, State extends Json>(
  thing: Thing<In, State>,
  input: In,
  outside: Outside,
): Promise<Reading<State>> => {
  const answer = await thing.vendor.ask(outside, thing.ask(input, outside));
  const what = `reading ${thing.what}`;
  if (!succeeded(answer)) return { refusal: thing.vendor.refused(answer, what) };
  const state = thing.of(answer, input);
  if (state !== null) return { state, remarks: thing.remarks?.(state) ?? [] };
  const detail = answer.json === null ? notData(answer, what) : `${what}: the answer does not show it`;
  return { refusal: { result: 'failed', detail, http: answer.status } };
};

/** The same for a preview, which is shown even where no answer comes. */
const looked = async <In extends ActionInput, State extends Json>(
  thing: Thing<In, State>,
  input: In,
  outside: Outside,
): Promise<Reading<State>> => {
  try {
    return await read(thing, input, outside);
  } catch (error) {
    return { refusal: unread(error, `reading ${thing.what}`) };
  }
};

const turn = async <In extends ActionInput, State extends Json>(
  thing: Thing<In, State>,
  { from, to }: Readonly<{ from: State; to: State }>,
  input: In,
  outside: Outside,
): Promise<Outcome> => {
  const answer = await thing.vendor.ask(outside, thing.turn(to, input, outside, from));
  const what = `changing ${thing.what}`;
  if (!succeeded(answer)) return thing.vendor.refused(answer, what);
  return (thing.shows?.(answer, to) ?? true)
    ? { result: 'done', detail: `${what}: confirmed with ${answer.status}`, http: answer.status }
    : {
        result: 'unknown',
        detail: `${what}: accepted, but the answer does not show it`,
        http: answer.status,
      };
};

const settingOf = <In extends ActionInput, State extends Json>(
  thing: Thing<In, State>,
): Setting<In, State> => ({
  what: thing.what,
  state: thing.state,
  read: async (input, outside) => await read(thing, input, outside),
  isOff: thing.isOff,
  off: thing.off,
  set: async (to, input, outside, from) => await turn(thing, { from, to }, input, outside),
  says: thing.says,
  ...(thing.obstacle === undefined ? {} : { obstacle: thing.obstacle }),
  ...(thing.reread === undefined ? {} : { reread: thing.reread }),
});

/** The whole action: snapshot, switch, proof, and the way back, in the order that `setting.ts` keeps. */
export const pausing = <In extends ActionInput, State extends Json>(
  thing: Thing<In, State>,
  { breaks, ...said }: Said<In>,
): Action => {
  const setting = settingOf(thing);
  return action<In>({
    ...said,
    effect: 'reversible',
    retry: 'B',
    async preview(input, outside) {
      const reading = await looked(thing, input, outside);
      if ('refusal' in reading) {
        // Without the state before it is not paused at all: what would be sent is the question alone.
        const asked = shown(outside.baseUrl, thing.ask(input, outside), 'what follows depends on the answer');
        return { calls: [asked], breaks, now: 'unknown', warnings: [reading.refusal.detail] };
      }
      const { state, remarks } = reading;
      const call = shown(outside.baseUrl, thing.turn(thing.off(state), input, outside, state));
      return { calls: [call], breaks, now: thing.isOff(state) ? 'already' : 'active', warnings: remarks };
    },
    ...switchOff(setting),
  });
};

/** A thing whose switch is one or more fields of its own: read where it is changed, and changed by naming them alone. */
export type Flag<In extends ActionInput, State extends Readonly<Record<string, Json>>> = Readonly<{
  vendor: Vendor;
  what: string;
  path(input: In, outside: Outside): string;
  /** The name under which the answer, and the change, hold the thing; '' where they are the thing. */
  inside?: string;
  /** Everything that is kept. The fields of `off` are among it. */
  state: ZodType<State>;
  /** The values that mean off. */
  off: Partial<State>;
  method: 'PATCH' | 'PUT' | 'POST';
  headers?: Readonly<Record<string, string>>;
  remarks?(state: State): readonly string[];
  says: Readonly<{ on: string; off: string }>;
}>;

export const flag = <In extends ActionInput, State extends Readonly<Record<string, Json>>>(
  one: Flag<In, State>,
): Thing<In, State> => {
  const { inside = '', headers = {} } = one;
  const names = Object.keys(one.off);
  const find = (json: Json): Json => (inside === '' ? json : under(json, inside));
  return {
    vendor: one.vendor,
    what: one.what,
    state: one.state,
    ask: (input, outside) => ({ method: 'GET', path: one.path(input, outside), headers }),
    of: ({ json }) => one.state.safeParse(find(json)).data ?? null,
    isOff: (state) => names.every((name) => same(state[name], one.off[name])),
    off: (before) => ({ ...before, ...one.off }),
    turn(to, input, outside) {
      const fields = Object.fromEntries(names.map((name) => [name, to[name] ?? null]));
      const json = inside === '' ? fields : { [inside]: fields };
      return { method: one.method, path: one.path(input, outside), headers, json };
    },
    says: one.says,
    ...(one.remarks === undefined ? {} : { remarks: one.remarks }),
  };
};

const same = (a: Json | undefined, b: Json | undefined): boolean =>
  canonicalJson(a ?? null) === canonicalJson(b ?? null);
