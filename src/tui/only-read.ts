import { keyOf } from './keys.ts';
import type { World } from './screen.ts';

/**
 * Why nothing is done to the incident from here: it was handed to another machine, `--read-only` was asked for, or another process
 * acts on it. Null where this process does. Under `asked` not even a note is taken.
 */
export type OnlyRead = 'handed' | 'asked' | 'held';

export const onlyRead = ({ view, readOnly }: Pick<World, 'view' | 'readOnly'>): OnlyRead | null => {
  if ((view?.state.handed ?? null) !== null) return 'handed';
  if (readOnly) return 'asked';
  return view?.readOnly === true ? 'held' : null;
};

/** How it is opened so that it can be acted on. */
const opened = ({ view }: Pick<World, 'view'>): string =>
  view === null ? 'start firebreak without it' : `leave, then: firebreak resume ${view.id}`;

type Reader = Pick<World, 'view' | 'readOnly' | 'look'>;

/** In a sentence, with the way out of it; null where this process acts. */
export const onlyReadWords = (world: Reader): string | null => {
  switch (onlyRead(world)) {
    case 'handed':
      return 'it goes on at another machine, and is only read here';
    case 'asked':
      return `opened for reading only (--read-only); to act or write, ${opened(world)}`;
    case 'held':
      return 'read-only: another process runs this incident; notes are possible';
    case null:
      return null;
  }
};

/** As it is said first, once the incident is there. */
export const onlyReadNotice = (world: Reader): string => {
  switch (onlyRead(world)) {
    case 'handed':
      return 'This incident goes on at another machine, and is only read here.';
    case 'asked':
      return `Opened for reading only, as --read-only asks. To act or write, ${opened(world)}`;
    case 'held':
    case null:
      return `Another process acts on this incident: read and note here, or take it over (${keyOf(world.look, 'step:take-over')}).`;
  }
};
