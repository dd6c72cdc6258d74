import type { UnsureState } from '../../places.ts';
import { formatLocal } from '../../../base/instant.ts';
import { doubtsNow, type Doubt } from '../../../projections/doubts.ts';
import { blank, labelled, line, span, wrap, type Line } from '../../parts/line.ts';
import { clamp, moveBy } from '../../parts/list.ts';
import {
  doing,
  stay,
  type Next,
  type Page,
  type Press,
  type Room,
  type ScreenKind,
  type World,
} from '../../screen.ts';
import { unsureKeys } from './keys.ts';

const unsureOf = (step: string | null, world: World): readonly Doubt[] =>
  world.view === null ? [] : doubtsNow(world.view, step);

const press = (state: UnsureState, pressed: Press, world: World): Next<UnsureState> => {
  if (pressed.is !== 'command') return stay(state);
  const all = unsureOf(state.step, world);
  const moved = moveBy(pressed.id, state.chosen, all.length);
  if (moved !== null) return stay({ ...state, chosen: moved });
  const act = all[clamp(state.chosen, all.length)]?.act;
  switch (pressed.id) {
    case 'app:back':
      return doing(state, { do: 'back' });
    case 'unsure:recheck':
      return doing(state, { do: 'recheck', step: state.step });
    case 'unsure:happened':
      return act === undefined
        ? stay(state)
        : doing(state, {
            do: 'form',
            purpose: { for: 'settle', intent: act.intent, target: act.target, result: 'done' },
          });
    case 'unsure:not':
      return act === undefined
        ? stay(state)
        : doing(state, {
            do: 'form',
            purpose: { for: 'settle', intent: act.intent, target: act.target, result: 'failed' },
          });
    case 'unsure:hand':
      return act?.step == null ? stay(state) : doing(state, { do: 'manual', step: act.step });
    default:
      return stay(state);
  }
};

const whole = ({ act, ref, known, check, again }: Doubt, world: World, width: number): readonly Line[] => {
  const what = `${act.direction === 'undo' ? 'undo of ' : ''}${act.action}`;
  return [
    ...labelled('Target', `${act.target} through ${act.instance}`, width, 'strong'),
    ...labelled(
      'Tried',
      `${what}, attempt ${act.attempt}, at ${formatLocal(act.at, world.zone, 'second')} by ${act.by}`,
      width,
    ),
    ...labelled('Known', known, width),
    ...labelled('Not sent', 'it was not repeated and not rolled back', width),
    ...(check === '' ? [] : labelled('Check', check, width)),
    ...labelled('Again', again, width),
    ...labelled('Entry', ref, width),
  ];
};

const WAYS = [
  'r  ask the real system again: the best answer there is',
  'y  it happened: a person saw it, with how they know',
  'f  it did not happen: a person saw it, with how they know; then it can be run again',
  'h  where to look by hand',
] as const;

const page = (state: UnsureState, world: World, room: Room): Page => {
  const all = unsureOf(state.step, world);
  if (all.length === 0)
    return {
      lines: [line(span('Nothing is unsure any more.', 'good')), blank, line('esc goes back to the steps.')],
    };
  const chosen = clamp(state.chosen, all.length);
  const lines: Line[] = [
    line(
      span('UNSURE: it may have happened. ', 'warn'),
      `${all.length} ${all.length === 1 ? 'attempt' : 'attempts'}`,
    ),
    blank,
  ];
  let focus = 0;
  for (const [i, doubt] of all.entries()) {
    if (i === chosen) focus = lines.length;
    if (i === chosen) lines.push(...whole(doubt, world, room.columns), blank);
    else lines.push(line(`  ${doubt.ref} ${doubt.act.target} (${doubt.act.action})`));
  }
  lines.push(...WAYS.flatMap((way) => wrap(line(way), room.columns, 3)));
  return { lines, focus };
};

export const unsureScreen: ScreenKind<UnsureState> = {
  keys: unsureKeys,
  title: () => 'Outcome not known',
  typing: () => false,
  press,
  page,
};
