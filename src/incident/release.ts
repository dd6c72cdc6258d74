import type { Instant } from '../base/instant.ts';
import { refText } from '../model/item.ts';
import { stepsOf } from '../model/plan.ts';
import { approvers, intendedSha256 } from './approvals.ts';
import type { Approval } from './approvals.ts';
import { inDoubt } from './state.ts';
import type { Act, IncidentState } from './state.ts';

/** What this incident stopped and has not taken back, and who must agree before it is let go. Pure. */

/** Stands where a step would: no step can be called so, because the names of steps hold no space. */
export const RELEASE = 'the release';

/**
 * What becomes of one thing: restored by the tool; left off, because it was off before us; a person's, because a person did it;
 * or never the same again.
 */
export type Way = 'undo' | 'stays-off' | 'by-hand' | 'for-good';

/** One thing that is held, by one step or outside any. `intent` is the first attempt that stands: its receipt is what was there. */
export type Contained = Readonly<{
  item: string;
  step: string | null;
  instance: string;
  action: string;
  way: Way;
  intent: number;
}>;

const WORKED: ReadonlySet<Act['result']> = new Set(['done', 'already', 'accepted']);
const holds = (act: Act): boolean =>
  act.direction === 'do' &&
  act.stage === undefined &&
  !act.undone &&
  (WORKED.has(act.result) || inDoubt(act));

/** A step that makes something, or only reads, holds nothing back. */
const stopping = (state: IncidentState): ((act: Act) => boolean) => {
  const steps = state.plan === null ? [] : stepsOf(state.plan);
  const others = new Set(steps.filter((step) => step.kind !== 'act' || !step.stops).map(({ id }) => id));
  return ({ step, effect }) => effect !== 'reads' && (step === null || !others.has(step));
};

const wayOf = (acts: readonly Act[], first: Act): Way => {
  if (acts.every(({ hand }) => hand)) return 'by-hand';
  if (acts.some(({ effect }) => effect !== 'reversible')) return 'for-good';
  // Found off by the first of all attempts on it: whoever had switched it off was not us.
  return first.result === 'already' ? 'stays-off' : 'undo';
};

/** Everything that is held now, in the order in which it was first held. */
export const containedNow = (state: IncidentState): readonly Contained[] => {
  const stops = stopping(state);
  const standing = [...state.acts.values()].filter((act) => holds(act) && stops(act));
  const firsts = new Map<string, Act>();
  for (const act of standing) {
    const thing = JSON.stringify([act.target, act.action]);
    if (!firsts.has(thing)) firsts.set(thing, act);
  }
  const groups = Map.groupBy(standing, ({ step, target, action }) => JSON.stringify([step, target, action]));
  return [...groups.values()].flatMap((acts): readonly Contained[] => {
    const own = acts.find(({ hand }) => !hand) ?? acts[0];
    if (own === undefined) return [];
    const { step, target: item, instance, action, intent } = own;
    const first = firsts.get(JSON.stringify([item, action])) ?? own;
    return [{ item, step, instance, action, way: wayOf(acts, first), intent }];
  });
};

/** Names the one attempt that is taken back: what is stopped again later is another, which nobody has agreed to release. */
const nameOf = ({ item, intent }: Contained): string => `${item}#${refText(intent)}`;

/** What the tool would switch on again, as it is named in a request for approval. */
export const releasedNames = (state: IncidentState): readonly string[] =>
  containedNow(state)
    .filter(({ way }) => way === 'undo')
    .map(nameOf);

export const releaseSha256 = (state: IncidentState, names: readonly string[]): string =>
  intendedSha256({ step: RELEASE, direction: 'undo', targets: names, input: {}, plan: state.planSha256 });

/** As many as any step wanted that is now taken back, and one at least: whoever let the thief in must not open the door alone. */
const needed = (state: IncidentState): number => {
  const steps = new Set(containedNow(state).map(({ step }) => step));
  const wanted = (state.plan === null ? [] : stepsOf(state.plan))
    .filter(({ id }) => steps.has(id))
    .map(({ approvals }) => approvals);
  return Math.max(1, ...wanted);
};

/**
 * How the release stands with its approvals; null where the tool would switch nothing on. A request covers what is left of it, so
 * that a release which was cut off goes on under the same signatures.
 */
export const releaseApproval = (state: IncidentState, now: Instant, by: string): Approval | null => {
  const names = releasedNames(state);
  if (names.length === 0) return null;
  const found = [...state.asked.values()].findLast(
    (one) =>
      one.step === RELEASE &&
      one.plan_sha256 === state.planSha256 &&
      names.every((name) => one.targets.includes(name)),
  );
  const need = Math.max(needed(state), found?.need ?? 1);
  const expired = found !== undefined && now > found.expires_at;
  const given = found?.given ?? [];
  return {
    need,
    strict: true,
    asked: found?.n ?? null,
    askedBy: found?.by ?? null,
    expiresAt: found?.expires_at ?? null,
    expired,
    given,
    enough: !expired && given.length >= need,
    could: approvers(state, found?.by ?? by),
  };
};
