import type { ContactsState } from '../../places.ts';
import { daysFromCivil, formatLocal, type Instant } from '../../../base/instant.ts';
import { limits } from '../../../model/limits.ts';
import type { Contact } from '../../../model/inventory.ts';
import { blank, line, paragraph, span, type Line } from '../../parts/line.ts';
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

const day = (text: string): number => {
  const [year, month, date] = text.split('-').map(Number);
  return daysFromCivil(year ?? 1970, month ?? 1, date ?? 1);
};

/** Age of an entry in whole days, as of the day in that zone. */
const ageInDays = (checked: string, now: Instant, zone: string): number =>
  day(formatLocal(now, zone, 'date')) - day(checked);

export const contactLines = (
  contact: Contact,
  chosen: boolean,
  world: World,
  width: number,
): readonly Line[] => {
  const age = ageInDays(contact.checked, world.now, world.zone);
  const stale = age > limits.contactStaleDays;
  const calls = world.view?.state.calls.filter(({ contact: id }) => id === contact.id) ?? [];
  const last = calls.at(-1);
  const rung =
    last === undefined
      ? ''
      : `Last call ${formatLocal(last.at, world.zone, 'time')}: ${last.outcome.replace('-', ' ')}.`;
  return [
    line(span(chosen ? '> ' : '  ', 'focus'), span(contact.name, 'strong'), ` ${contact.duty}`),
    line('    ', span(`  ${contact.phone}  `, 'info')),
    ...paragraph(
      [contact.hours ?? '', contact.email ?? ''].filter((one) => one !== '').join(' · '),
      width,
      'dim',
      4,
    ).filter((one) => one.spans.length > 1),
    line(
      '    ',
      span(
        `checked ${age} days ago${stale ? ': STALE, the number may be wrong' : ''}`,
        stale ? 'warn' : 'dim',
      ),
    ),
    ...(rung === '' ? [] : [line('    ', span(rung, 'good'))]),
    blank,
  ];
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
