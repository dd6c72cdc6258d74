import { cellsOf } from '../../../base/cells.ts';
import { authorityWords, callWords, contactWords, dutyWords } from '../../../projections/who-words.ts';
import type { WhoState } from '../../places.ts';
import { blank, clip, line, pad, paragraph, span, wrap, type Line } from '../../parts/line.ts';
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
import { marks } from '../../theme.ts';
import { entriesOf, type Callable, type Entry } from './entries.ts';
import { whoKeys } from './keys.ts';

const outcomes = {
  'who:reached': 'reached',
  'who:no-answer': 'no-answer',
  'who:left': 'left-message',
} as const;

const press = (state: WhoState, pressed: Press, world: World): Next<WhoState> => {
  if (pressed.is !== 'command') return stay(state);
  if (pressed.id === 'app:back') return doing(state, { do: 'back' });
  const entries = entriesOf(state.only, world);
  const moved = moveBy(pressed.id, state.chosen, entries.length);
  if (moved !== null) return stay({ ...state, chosen: moved });
  const entry = entries[clamp(state.chosen, entries.length)];
  if (entry === undefined || entry.is === 'nobody') return stay(state);
  const { id: contact, name } = entry;
  if (pressed.id === 'who:log') return doing(state, { do: 'form', purpose: { for: 'call', contact, name } });
  const outcome = Object.entries(outcomes).find(([id]) => id === pressed.id)?.[1];
  if (outcome === undefined) return stay(state);
  return doing(state, {
    do: 'act',
    command: { do: 'call', contact, outcome },
    said: `Recorded: ${name}, ${outcome.replace('-', ' ')}.`,
  });
};

const phoneOf = (entry: Callable): string =>
  (entry.is === 'contact' ? entry.rung.contact.phone : entry.told.authority.phone) ?? 'no number';

/** The number first, in one column for all, so that an eye finds it in the dark. */
const numberRow = (entry: Entry, chosen: boolean, world: World, width: number): readonly Line[] => {
  const mark = span(chosen ? '> ' : '  ', 'focus');
  if (entry.is === 'nobody')
    return [
      line(
        mark,
        span(pad('MISSING', PHONE), 'warn'),
        ' ',
        span(clip('nobody is entered', width - PHONE - 3)),
      ),
    ];
  const { more } = marks(world.look);
  const phone = phoneOf(entry);
  const late = entry.is === 'contact' && entry.rung.stale ? ' STALE' : '';
  const rung = (entry.is === 'contact' ? entry.rung : entry.told).attempts > 0 ? ' rung' : '';
  const room = width - 3 - Math.max(PHONE, cellsOf(phone)) - late.length - rung.length;
  return [
    line(
      mark,
      span(pad(phone, PHONE), phone === 'no number' ? 'dim' : 'info'),
      ' ',
      span(clip(entry.name, Math.max(room, 1), more), 'strong'),
      span(late, 'warn'),
      span(rung, 'good'),
    ),
  ].flatMap((one) => wrap(one, width, 4));
};
const PHONE = 18;

/** Everything about the chosen one: what it is rung for, how old the number is, the last call, and where else to go. */
const about = (entry: Entry, world: World, width: number): readonly Line[] => {
  if (entry.is === 'nobody') return paragraph(entry.row.missing ?? '', width, 'warn', 4);
  if (entry.is === 'contact')
    return [
      ...paragraph(entry.rung.contact.duty, width, undefined, 4),
      ...paragraph(contactWords(entry.rung), width, entry.rung.stale ? 'warn' : 'dim', 4),
      ...said(callWords(entry.rung, world.zone), width),
    ];
  return [
    ...paragraph(entry.told.authority.portal, width, 'info', 4),
    ...paragraph(authorityWords(entry.told.authority), width, 'dim', 4),
    ...said(callWords(entry.told, world.zone), width),
  ];
};

const said = (words: string, width: number): readonly Line[] =>
  words === '' ? [] : paragraph(words, width, 'good', 4);

/** What the calls below are for. Of rows that are not chosen one line is enough. */
const head = ({ row }: Entry, chosen: boolean, world: World, width: number): readonly Line[] => {
  const { more } = marks(world.look);
  const [first, ...further] = row.duties;
  const others = further.length === 0 ? '' : ` (+${further.length})`;
  const due = (first === undefined ? '' : dutyWords(first)) + (chosen ? '' : others);
  if (!chosen)
    return [
      line(span(clip(row.title, width, more), 'strong')),
      ...(due === '' ? [] : [line(span(clip(`  ${due}`, width, more), 'dim'))]),
    ];
  return [
    ...paragraph(row.title, width, 'strong'),
    ...row.duties.flatMap((duty) => paragraph(dutyWords(duty), width, undefined, 2)),
  ];
};

const page = (state: WhoState, world: World, room: Room): Page => {
  const entries = entriesOf(state.only, world);
  const chosen = clamp(state.chosen, entries.length);
  const at = entries[chosen];
  if (at === undefined)
    return {
      lines: wrap(
        line(span('Nobody is entered for this. Add a number to contacts.yaml; see `firebreak who`.', 'warn')),
        room.columns,
      ),
    };
  const lines: Line[] = [];
  let focus = 0;
  let end = 0;
  for (const [i, entry] of entries.entries()) {
    if (entry.first) {
      if (i > 0) lines.push(blank);
      lines.push(...head(entry, entry.row.id === at.row.id, world, room.columns));
    }
    if (i === chosen) focus = lines.length;
    lines.push(...numberRow(entry, i === chosen, world, room.columns));
    if (i === chosen) lines.push(...about(entry, world, room.columns));
    if (i === chosen) end = lines.length - 1;
    const { row } = entry;
    const last = entries[i + 1]?.first !== false;
    if (last && row.id === at.row.id && row.why !== null)
      lines.push(...paragraph(row.why, room.columns, 'dim', 2));
  }
  return { lines, focus: end - focus < room.rows ? end : focus };
};

const disabled = (id: string, state: WhoState, world: World): string | null => {
  if (id !== 'who:log' && !Object.hasOwn(outcomes, id)) return null;
  const entries = entriesOf(state.only, world);
  const entry = entries[clamp(state.chosen, entries.length)];
  return entry === undefined || entry.is === 'nobody' ? 'nobody is entered here' : null;
};

export const whoScreen: ScreenKind<WhoState> = {
  keys: whoKeys,
  title: () => 'Whom to ring',
  typing: () => false,
  press,
  page,
  disabled,
};
