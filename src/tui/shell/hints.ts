import { keyOf } from '../keys.ts';
import { clip, line, lineWidth, pad, span, type Line, type Span } from '../parts/line.ts';
import type { World } from '../screen.ts';
import { boundScreen } from '../screens/index.ts';
import { jobOn, top, type Model } from './model.ts';

/** A key that does not type a letter into the field in focus. */
const usable = (keys: readonly string[], typing: boolean): string | undefined =>
  keys.find((key) => !typing || key.length > 1);

const HINTS_KEPT = 6;

/** What is laid over a screen has keys of its own; those of the screen do nothing meanwhile. */
const overlayHints = ({ overlay }: Model, { look }: World): readonly string[] | null => {
  if (overlay === null) return null;
  return overlay.is === 'palette'
    ? ['enter run it', 'up, down choose', 'esc close', 'ctrl+c leave']
    : [`${keyOf(look, 'app:down')} page down`, `${keyOf(look, 'app:up')} page up`, 'esc close'];
};

/** The line of keys, with what stands at its end on every screen. */
export const hints = (model: Model, world: World, width: number, beside: readonly Span[]): Line => {
  const room = width - (beside.length === 0 ? 0 : lineWidth(line(...beside)) + 2);
  const text = clip((overlayHints(model, world) ?? screenHints(model, world, room)).join(' · '), room);
  if (beside.length === 0) return line(span(text, 'dim'));
  return line(span(pad(text, room + 2), 'dim'), ...beside);
};

const screenHints = (model: Model, world: World, room: number): readonly string[] => {
  const screen = boundScreen(top(model), world);
  const own = screen.keys
    .filter(
      (one) =>
        one.hint !== undefined &&
        screen.disabled(one.id) === null &&
        usable(one.keys, screen.typing) !== undefined,
    )
    .toSorted((a, b) => (a.hint ?? 0) - (b.hint ?? 0))
    .map(({ keys, says }) => `${usable(keys, screen.typing) ?? ''} ${says}`);
  const away = jobOn(top(model)) === null ? 'esc back' : 'esc stop';
  const always = screen.typing
    ? [away, 'ctrl+c leave']
    : [`${keyOf(world.look, 'app:help')} keys`, `${keyOf(world.look, 'app:palette')} all actions`, away];
  const shown = [...own.slice(0, screen.hints - always.length), ...always];
  // Of many keys the last go first, then the way to all keys, and the way out never.
  while (shown.join(' | ').length > room && shown.length > 2)
    shown.splice(shown.length > HINTS_KEPT ? -always.length - 1 : -3, 1);
  return shown;
};
