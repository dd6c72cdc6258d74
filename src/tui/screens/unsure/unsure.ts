import type { UnsureState } from '../../places.ts';
import { formatLocal } from '../../../base/instant.ts';
import type { Act } from '../../../projections/incident.ts';
import { blank, labelled, line, paragraph, span, type Line } from '../../parts/line.ts';
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

const unsureActs = (step: string | null, world: World): readonly Act[] =>
  [...(world.view?.state.acts.values() ?? [])].filter(
    (act) => (step === null || act.step === step) && (act.result === null || act.result === 'unknown'),
  );

const press = (state: UnsureState, pressed: Press, world: World): Next<UnsureState> => {
  if (pressed.is !== 'command') return stay(state);
  const acts = unsureActs(state.step, world);
  const moved = moveBy(pressed.id, state.chosen, acts.length);
  if (moved !== null) return stay({ ...state, chosen: moved });
  const act = acts[clamp(state.chosen, acts.length)];
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

const known = (act: Act, world: World, width: number): readonly Line[] => {
  const step = world.view?.progress.steps.find(({ step: { id } }) => id === act.step)?.step;
  const answer =
    act.result === null
      ? 'no outcome was recorded: the tool or the line died in between'
      : 'no answer came that says how it ended';
  return [
    ...labelled('Target', `${act.target} through ${act.instance}`, width, 'strong'),
    ...labelled(
      'Tried',
      `${act.action}, attempt ${act.attempt}, at ${formatLocal(act.at, world.zone, 'second')} by ${act.by}`,
      width,
    ),
    ...labelled('Known', answer, width),
    ...labelled('Not sent', 'it was not repeated and not rolled back', width),
    ...(step === undefined ? [] : labelled('Check', step.verify, width)),
  ];
};

const page = (state: UnsureState, world: World, room: Room): Page => {
  const acts = unsureActs(state.step, world);
  if (acts.length === 0)
    return {
      lines: [line(span('Nothing is unsure any more.', 'good')), blank, line('esc goes back to the steps.')],
    };
  const chosen = clamp(state.chosen, acts.length);
  const lines: Line[] = [
    line(
      span('UNSURE: it may have happened. ', 'warn'),
      `${acts.length} ${acts.length === 1 ? 'attempt' : 'attempts'}`,
    ),
    blank,
  ];
  let focus = 0;
  for (const [i, act] of acts.entries()) {
    if (i === chosen) focus = lines.length;
    if (i === chosen) lines.push(...known(act, world, room.columns), blank);
    else lines.push(line(`  ${act.target} (${act.action})`));
  }
  lines.push(
    ...paragraph('r  ask the real system again: the best answer there is', room.columns),
    ...paragraph('y  it happened: a person saw it, with how they know', room.columns),
    ...paragraph(
      'f  it did not happen: a person saw it, with how they know; then it can be run again',
      room.columns,
    ),
    ...paragraph('h  where to look by hand', room.columns),
  );
  return { lines, focus };
};

export const unsureScreen: ScreenKind<UnsureState> = {
  keys: unsureKeys,
  title: () => 'Outcome not known',
  typing: () => false,
  press,
  page,
};
