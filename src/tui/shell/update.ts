import type { Screen } from '../places.ts';
import { pressed, remapped, type Binding, type Key } from '../binding.ts';
import { globalKeys, incidentWide } from '../keys.ts';
import { emptyField, pasteInto, typeInto } from '../parts/field.ts';
import type { Effect, Next, ScreenEvent, Size, World } from '../screen.ts';
import { boundScreen } from '../screens/index.ts';
import { keptWords } from './kept.ts';
import { bodyOf } from './frame.ts';
import { hears } from './hears.ts';
import { isLockDue, keyAtLock, locked, pasteAtLock, refused, type Lock, type Moment } from './lock.ts';
import { isMove, LEAVE_WITHIN_MS, navigate } from './navigate.ts';
import { replaceTop, top, type Message, type Model } from './model.ts';
import { paletteRows } from './palette.ts';
import { wideCommand, wideDisabled } from './wide.ts';

/** The model after a message, and what is left to be performed. */
export type Updated = Readonly<{ model: Model; work: readonly Effect[] }>;

const applyEffects = (model: Model, effects: readonly Effect[], world: World): Updated => {
  let moved = model;
  const work: Effect[] = [];
  for (const effect of effects) {
    if (effect.do === 'quit') {
      moved = askToLeave(moved, world, 'q');
      continue;
    }
    const kept = keptWords(effect, world);
    if (kept !== null) moved = { ...moved, notice: { tone: 'warn', text: kept } };
    else if (isMove(effect)) moved = navigate(moved, effect, world);
    else work.push(effect);
  }
  return { model: moved, work };
};

/** The first time it says what happens, the second time it leaves: the incident stays open either way. */
const askToLeave = (model: Model, world: World, key: string): Model => {
  if (model.leaveAt !== null && world.now - model.leaveAt <= LEAVE_WITHIN_MS) return { ...model, done: true };
  const what =
    world.seated !== null
      ? 'the drill goes on without you'
      : world.incident === null
        ? 'nothing is lost'
        : 'the incident stays open';
  return {
    ...model,
    leaveAt: world.now,
    notice: { tone: 'warn', text: `Press ${key} again within 2 s to leave; ${what}.` },
  };
};

const settle = (model: Model, next: Next<Screen>, world: World): Updated =>
  applyEffects(replaceTop(model, next.state), next.effects, world);

const scrollBy = (model: Model, lines: number, world: World, size: Size): Model => {
  const { total, height } = bodyOf(model, world, size);
  return { ...model, scroll: Math.max(0, Math.min(Math.max(0, total - height), model.scroll + lines)) };
};

const globalCommand = (model: Model, id: string, world: World, size: Size): Updated | null => {
  const page = Math.max(1, size.rows - 8);
  switch (id) {
    case 'app:help':
      return { model: { ...model, overlay: { is: 'help' }, scroll: 0 }, work: [] };
    case 'app:palette':
      return {
        model: { ...model, overlay: { is: 'palette', query: emptyField, chosen: 0 }, scroll: 0 },
        work: [],
      };
    case 'app:quit': {
      const form = top(model).at === 'form' || top(model).at === 'declare';
      const left = form ? navigate(model, { do: 'back' }, world) : model;
      return { model: askToLeave(left, world, 'ctrl+c'), work: [] };
    }
    case 'app:suspend':
      return { model, work: [{ do: 'suspend' }] };
    case 'app:repaint':
      return { model, work: [{ do: 'repaint' }] };
    case 'app:down':
      return { model: scrollBy(model, page, world, size), work: [] };
    case 'app:up':
      return { model: scrollBy(model, -page, world, size), work: [] };
    default:
      return null;
  }
};

const isOf = (bindings: readonly Binding[], id: string): boolean => bindings.some((one) => one.id === id);

/** Runs a row of the key table, wherever it was chosen: by its key or in the palette. */
const runCommand = (model: Model, id: string, world: World, size: Size): Updated => {
  const screen = boundScreen(top(model), world);
  const reason = screen.disabled(id) ?? (isOf(incidentWide, id) ? wideDisabled(id, world) : null);
  if (reason !== null)
    return { model: { ...model, notice: { tone: 'warn', text: `Not now: ${reason}.` } }, work: [] };
  const everywhere = globalCommand(model, id, world, size);
  if (everywhere !== null) return everywhere;
  if (isOf(incidentWide, id)) return applyEffects(model, wideCommand(id, world), world);
  if (/:(?:down|up)$/.test(id) && screen.page(bodyOf(model, world, size).room).focus === undefined) {
    return { model: scrollBy(model, id.endsWith(':down') ? 1 : -1, world, size), work: [] };
  }
  return settle(model, screen.press({ is: 'command', id }), world);
};

/** Keys that stay commands while text is typed: everything else a field may know for itself. */
const typingSafe = new Set(['app:quit', 'app:suspend', 'app:repaint', 'app:back']);

const globalOf = (key: Key, { look }: World): Binding | null =>
  pressed(remapped(globalKeys, look.remap), key);

const commandFor = (
  key: Key,
  typing: boolean,
  screen: ReturnType<typeof boundScreen>,
  world: World,
): string | null => {
  const types = typing && key.text !== '' && !key.ctrl && !key.meta;
  if (types) return null;
  const { remap } = world.look;
  const own = pressed(screen.keys, key);
  const wide = world.incident === null || typing ? null : pressed(remapped(incidentWide, remap), key);
  // A command of the screen that cannot be used now gives its key to what the key means elsewhere.
  if (own !== null && (wide === null || screen.disabled(own.id) === null)) return own.id;
  if (wide !== null) return wide.id;
  const global = globalOf(key, world);
  if (global === null) return null;
  return !typing || typingSafe.has(global.id) || key.name.startsWith('pg') ? global.id : null;
};

const keyInOverlay = (model: Model, key: Key, world: World, size: Size): Updated => {
  const closed: Model = { ...model, overlay: null, scroll: 0 };
  if (key.name === 'esc' || (key.ctrl && key.name === 'c')) return { model: closed, work: [] };
  if (model.overlay?.is !== 'palette') {
    if (['down', 'j', 'pgdn', 'space'].includes(key.name))
      return { model: scrollBy(model, key.name === 'pgdn' ? 10 : 1, world, size), work: [] };
    if (['up', 'k', 'pgup'].includes(key.name))
      return { model: scrollBy(model, key.name === 'pgup' ? -10 : -1, world, size), work: [] };
    const id = globalOf(key, world)?.id;
    return { model: id === 'app:help' || id === 'app:back' ? closed : model, work: [] };
  }
  const { query, chosen } = model.overlay;
  const rows = paletteRows(model, world, query.text);
  if (key.name === 'enter') {
    const row = rows[chosen];
    return row === undefined ? { model: closed, work: [] } : runCommand(closed, row.id, world, size);
  }
  if (key.name === 'down' || key.name === 'up') {
    const to = Math.max(0, Math.min(rows.length - 1, chosen + (key.name === 'down' ? 1 : -1)));
    return { model: { ...model, overlay: { ...model.overlay, chosen: to } }, work: [] };
  }
  const typed = typeInto(query, key, 'query');
  return {
    model: typed === null ? model : { ...model, overlay: { ...model.overlay, query: typed, chosen: 0 } },
    work: [],
  };
};

/** A run is heard wherever the person is meanwhile: a note written over it takes nothing away. */
const heard = (model: Model, event: ScreenEvent, world: World): Model => {
  const at = model.stack.findLastIndex((screen) => hears(screen, event));
  const screen = model.stack[at];
  if (screen === undefined) return model;
  const [first, ...rest] = model.stack;
  const { state } = boundScreen(screen, world).hear(event);
  return { ...model, stack: at === 0 ? [state, ...rest] : [first, ...rest.with(at - 1, state)] };
};

const isHeld = ({ waiting }: Model): boolean => waiting !== null && waiting.keys !== 'free';

/**
 * While a screen is being waited for, no key means anything but to stop waiting or to leave: what is typed ahead must never
 * confirm a preview that nobody has seen.
 */
const keyWhileHeld = (model: Model, key: Key, world: World, size: Size): Updated => {
  const id = globalOf(key, world)?.id;
  if (id === 'app:back' && model.waiting?.keys === 'stoppable')
    return { model: { ...model, waiting: null, notice: STOPPED_WAITING }, work: [] };
  const allowed = id === 'app:quit' || id === 'app:suspend' || id === 'app:repaint';
  return allowed ? runCommand(model, id, world, size) : { model, work: [] };
};

const STOPPED_WAITING = { tone: 'plain', text: 'Not waited for any longer.' } as const;

/** A line feed is an Enter that was pressed before the terminal was ours, but where it breaks a line of a long text. */
const asMeant = (model: Model, pressedKey: Key, world: World): Key => {
  if (!pressedKey.ctrl || pressedKey.name !== 'j') return pressedKey;
  const screen = boundScreen(top(model), world);
  const own = pressed(screen.keys, pressedKey);
  const breaks = model.overlay === null && own !== null && screen.disabled(own.id) === null;
  return !breaks ? { ...pressedKey, name: 'enter', ctrl: false } : pressedKey;
};

const onKey = (model: Model, key: Key, world: World, size: Size): Updated => {
  if (isHeld(model)) return keyWhileHeld(model, key, world, size);
  if (model.overlay !== null) return keyInOverlay(model, key, world, size);
  const screen = boundScreen(top(model), world);
  const id = commandFor(key, screen.typing, screen, world);
  const isLeaving = id === 'app:quit' || (id === 'app:back' && model.stack.length === 1);
  const fresh: Model = isLeaving ? model : { ...model, notice: null, leaveAt: null };
  return id === null
    ? settle(fresh, screen.press({ is: 'key', key }), world)
    : runCommand(fresh, id, world, size);
};

/** Behind the lock only the way out is left; what was typed there waits. */
const whileLocked = (model: Model, lock: Lock, message: Message, world: World): Updated | null => {
  switch (message.is) {
    case 'key': {
      const id = message.key.ctrl ? globalOf(message.key, world)?.id : null;
      if (id === 'app:quit') return { model: askToLeave(model, world, 'ctrl+c'), work: [] };
      if (id === 'app:suspend' || id === 'app:repaint')
        return { model, work: [{ do: id === 'app:suspend' ? 'suspend' : 'repaint' }] };
      const { lock: next, ask } = keyAtLock(lock, message.key);
      const work = ask === undefined ? [] : [{ do: 'unlock' as const, typed: ask }];
      return { model: { ...model, lock: next }, work };
    }
    case 'paste':
      return { model: { ...model, lock: pasteAtLock(lock, message.text) }, work: [] };
    case 'unlocked': {
      const open = { ...model, lock: null, leaveAt: null, touchedAt: momentOf(world) };
      return { model: message.opened ? open : { ...model, lock: refused(lock, message.typed) }, work: [] };
    }
    case 'effects':
    case 'event':
    case 'tick':
    case 'waited':
    case 'waiting':
      return null;
  }
};

const momentOf = ({ now, elapsed }: World): Moment => ({ now, elapsed });

const ticked = (model: Model, world: World): Model => {
  const touchedAt = model.touchedAt ?? momentOf(world);
  const due = model.lock === null && isLockDue(touchedAt, world, world.lockMinutes);
  return { ...model, touchedAt, lock: due ? locked(world.now) : model.lock };
};

/** The one function that changes what is on the screen. Pure: what takes time or acts comes back as `work`. */
export const update = (before: Model, message: Message, world: World, size: Size): Updated => {
  const touched = message.is === 'key' || message.is === 'paste';
  const model = touched ? { ...before, touchedAt: momentOf(world) } : before;
  const atLock = model.lock === null ? null : whileLocked(model, model.lock, message, world);
  return atLock ?? opened(model, message, world, size);
};

const opened = (model: Model, message: Message, world: World, size: Size): Updated => {
  switch (message.is) {
    case 'key':
      return onKey(model, asMeant(model, message.key, world), world, size);
    case 'paste': {
      if (isHeld(model)) return { model, work: [] };
      if (model.overlay?.is === 'palette') {
        return {
          model: {
            ...model,
            overlay: {
              ...model.overlay,
              query: pasteInto(model.overlay.query, message.text, 'query'),
              chosen: 0,
            },
          },
          work: [],
        };
      }
      return settle(model, boundScreen(top(model), world).press({ is: 'paste', text: message.text }), world);
    }
    case 'tick':
      return { model: ticked(model, world), work: [] };
    case 'unlocked':
      return { model, work: [] };
    case 'event':
      return { model: heard(model, message.event, world), work: [] };
    case 'effects':
      return applyEffects(model, message.effects, world);
    case 'waiting':
      return { model: { ...model, waiting: message.waiting }, work: [] };
    case 'waited':
      if (model.waiting?.id !== message.id) return { model, work: [] };
      return applyEffects({ ...model, waiting: null }, message.effects, world);
  }
};
