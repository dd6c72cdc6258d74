import type { ContactsState } from '../../places.ts';
import type { Contact } from '../../../model/inventory.ts';
import { contactLines } from '../../parts/contact.ts';
import { line, span, type Line } from '../../parts/line.ts';
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
import { contactKeys } from './keys.ts';

const contactsOf = (state: ContactsState, world: World): readonly Contact[] => {
  const all = world.view?.contacts ?? [];
  const { only } = state;
  return only === null
    ? all
    : all.filter(
        ({ id, for: serves }) => only.includes(id) || serves?.some((one) => only.includes(one)) === true,
      );
};

const outcomes = {
  'contacts:reached': 'reached',
  'contacts:no-answer': 'no-answer',
  'contacts:left': 'left-message',
} as const;

const press = (state: ContactsState, pressed: Press, world: World): Next<ContactsState> => {
  if (pressed.is !== 'command') return stay(state);
  const contacts = contactsOf(state, world);
  const moved = moveBy(pressed.id, state.chosen, contacts.length);
  if (moved !== null) return stay({ ...state, chosen: moved });
  if (pressed.id === 'app:back') return doing(state, { do: 'back' });
  const contact = contacts[clamp(state.chosen, contacts.length)];
  const outcome = Object.entries(outcomes).find(([id]) => id === pressed.id)?.[1];
  if (contact === undefined || outcome === undefined) return stay(state);
  return doing(state, {
    do: 'act',
    command: { do: 'call', contact: contact.id, outcome },
    said: `Recorded: ${contact.name}, ${outcome.replace('-', ' ')}.`,
  });
};

const page = (state: ContactsState, world: World, room: Room): Page => {
  const contacts = contactsOf(state, world);
  if (contacts.length === 0)
    return {
      lines: [
        line(span('No contact is entered for this. Add one to contacts.yaml; see `firebreak who`.', 'warn')),
      ],
    };
  const lines: Line[] = [];
  let focus = 0;
  for (const [i, contact] of contacts.entries()) {
    if (i === state.chosen) focus = lines.length;
    lines.push(...contactLines(contact, i === state.chosen, world, room.columns));
  }
  return { lines, focus: focus + 3 >= lines.length ? focus : focus + 3 };
};

export const contactsScreen: ScreenKind<ContactsState> = {
  keys: contactKeys,
  title: () => 'Whom to ring',
  typing: () => false,
  press,
  page,
};
