import type { Instant } from '../../base/instant.ts';
import { MINUTE } from '../../base/duration.ts';
import type { Key } from '../binding.ts';
import { nearestBar } from '../parts/clock.ts';
import { emptyField, pasteInto, typeInto, type Field } from '../parts/field.ts';
import { blank, clip, line, span, wrap, type Line } from '../parts/line.ts';
import type { Size, World } from '../screen.ts';

/**
 * The lock of a screen that nobody touches. Step and clocks stay in sight, because they are why the screen stands there; whatever
 * is private does not, and no key reaches the screen behind. What was typed there is found again as it was.
 */

/** `typed` is a passphrase on its way: never drawn. `asking` while it is tried. */
export type Lock = Readonly<{ since: Instant; typed: Field; asking: boolean; says: string | null }>;

export const locked = (since: Instant): Lock => ({ since, typed: emptyField, asking: false, says: null });

/** One moment by both clocks. */
export type Moment = Readonly<{ now: Instant; elapsed: number }>;

/**
 * Whether it is time: nobody has touched a key for so long by either clock. The wall clock alone can be set back; the other one
 * stands still while the machine sleeps.
 */
export const isLockDue = (lastKey: Moment, at: Moment, minutes: number): boolean =>
  minutes > 0 && Math.max(at.now - lastKey.now, at.elapsed - lastKey.elapsed) >= minutes * MINUTE;

export type Locked = Readonly<{ lock: Lock; ask: string | null | undefined }>;

/** A key at the lock. `ask` is what is to be tried: a text, null for the key file or keychain, undefined for nothing yet. */
export const keyAtLock = (lock: Lock, key: Key): Locked => {
  if (lock.asking) return { lock, ask: undefined };
  if (key.name === 'enter') {
    const { text } = lock.typed;
    return { lock: { ...lock, typed: emptyField, asking: true, says: null }, ask: text === '' ? null : text };
  }
  if (key.name === 'esc') return { lock: { ...lock, typed: emptyField, says: null }, ask: undefined };
  return { lock: { ...lock, typed: typeInto(lock.typed, key, 'line') ?? lock.typed }, ask: undefined };
};

export const pasteAtLock = (lock: Lock, text: string): Lock =>
  lock.asking ? lock : { ...lock, typed: pasteInto(lock.typed, text, 'line') };

/** What was tried did not open it. */
export const refused = (lock: Lock, typed: boolean): Lock => ({
  ...lock,
  asking: false,
  says: typed
    ? 'That is not it. Type it again.'
    : 'Neither key file nor keychain gave the key: type the passphrase or recovery code.',
});

/** Public words alone: codename, step titles of the plan, clocks. */
export const lockPage = (lock: Lock, world: World, size: Size, leaving: string | null): readonly Line[] => {
  const { view } = world;
  const current = view?.progress.current ?? null;
  const about =
    view === null
      ? []
      : [
          line(span(`${view.state.drill ? 'DRILL ' : ''}${view.state.codename}`, 'strong')),
          ...nearestBar(view.clocks, size.columns, world.zone, world.look, size.rows >= 24),
          blank,
          ...wrap(
            line(
              span('Now: '),
              span(current === null ? 'no step is left' : clip(current.step.title, size.columns), 'strong'),
            ),
            size.columns,
          ),
        ];
  const dots = '*'.repeat(Math.min(40, lock.typed.text.length));
  const field = lock.asking ? 'one moment ...' : `Passphrase or recovery code: ${dots}_`;
  return [
    ...about,
    blank,
    ...wrap(
      line(
        span(' LOCKED ', 'banner'),
        span(' nobody has touched a key for a while. What is private is hidden.'),
      ),
      size.columns,
    ),
    blank,
    ...wrap(
      line(
        span(
          'Enter alone reads the key file or the keychain again. What you were typing is still there. Ctrl+C twice leaves.',
          'dim',
        ),
      ),
      size.columns,
    ),
    blank,
    line(span(field)),
    ...(leaving === null ? [] : wrap(line(span(leaving, 'warn')), size.columns)),
    ...(lock.says === null ? [] : wrap(line(span(lock.says, 'warn')), size.columns)),
  ];
};
