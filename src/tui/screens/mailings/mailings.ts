import { onlyReadWords } from '../../only-read.ts';
import { SENT_AS } from '../../../app/merge-contract.ts';
import { grouped } from '../../../base/grouped.ts';
import { mailingRows, type MailingRow } from '../../../projections/mailings.ts';
import { line, span, type Line } from '../../parts/line.ts';
import { clamp, moveBy } from '../../parts/list.ts';
import { choiceRow } from '../../parts/rows.ts';
import { standWords } from '../../parts/stand.ts';
import type { MailingsState } from '../../places.ts';
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
import { mailingsKeys } from './keys.ts';

const rowsOf = ({ view, incident }: World): readonly MailingRow[] =>
  view === null || incident === null ? [] : mailingRows(view.state, (ref) => incident.reveal(ref));

const chosenIn = (state: MailingsState, world: World): MailingRow | undefined => {
  const rows = rowsOf(world);
  return rows[clamp(state.chosen, rows.length)];
};

const press = (state: MailingsState, pressed: Press, world: World): Next<MailingsState> => {
  if (pressed.is !== 'command') return stay(state);
  if (pressed.id === 'app:back') return doing(state, { do: 'back' });
  const moved = moveBy(pressed.id, state.chosen, rowsOf(world).length);
  if (moved !== null) return stay({ ...state, chosen: moved });
  if (pressed.id === 'mailings:bounces') return doing(state, { do: 'form', purpose: { for: 'bounces' } });
  const row = chosenIn(state, world);
  if (row === undefined || row.path === null) return stay(state);
  const { path: file, mailing, sending } = row;
  switch (pressed.id) {
    case 'mailings:open':
      return doing(state, {
        do: 'mailing',
        asked: { file, way: { by: 'server', name: null, to: sending?.to ?? 'list' } },
      });
    case 'mailings:hand':
      return doing(state, { do: 'form', purpose: { for: 'hand-over', file } });
    case 'mailings:letters':
      return doing(state, { do: 'posted', mailing, standing: firstOf(row) });
    default:
      return stay(state);
  }
};

/** What needs a person comes first. */
const firstOf = ({ sending }: MailingRow): 'unsure' | 'refused' | 'taken' =>
  (sending?.stand.unsure ?? 0) > 0 ? 'unsure' : (sending?.stand.refused ?? 0) > 0 ? 'refused' : 'taken';

const disabled = (id: string, state: MailingsState, world: World): string | null => {
  if (!/^mailings:(?:open|letters|hand|bounces)$/.test(id)) return null;
  const row = chosenIn(state, world);
  if (row === undefined) return 'no letters have been written to a list yet';
  if (id === 'mailings:bounces') return onlyReadWords(world);
  if (id === 'mailings:letters')
    return row.sending === null || row.sending.handed ? 'no letter of this file has left from here' : null;
  if (row.path === null) return 'where the file lies is sealed: the key is not at hand';
  if (row.format !== SENT_AS) return `${row.format} is not sent from here: merge it as ${SENT_AS}`;
  return row.sending?.handed === true ? 'this file was given to somebody else to send' : null;
};

const note = ({ format, path, mailing, sending }: MailingRow): string => {
  const where = `${path ?? '[sealed]'}, ${mailing.slice(0, 8)}`;
  if (sending === null)
    return `${where}; ${format === SENT_AS ? 'nothing has left' : `${format}, not sent from here`}`;
  if (sending.handed) return `${where}; given to somebody who sends it`;
  const back = sending.cameBack === 0 ? [] : [`${grouped(sending.cameBack)} came back`];
  const to = sending.to === 'seed' ? 'to colleagues: ' : '';
  return `${where}; ${to}${[...standWords(sending.stand), ...back].join(', ')}`;
};

const page = (state: MailingsState, world: World, room: Room): Page => {
  const rows = rowsOf(world);
  if (rows.length === 0)
    return { lines: [line(span('No letters have been written to a list yet: L, then m.', 'dim'))] };
  const lines: Line[] = [];
  const chosen = clamp(state.chosen, rows.length);
  let focus = 0;
  for (const [i, row] of rows.entries()) {
    if (i === chosen) focus = lines.length;
    const title = `${row.letter}: ${grouped(row.letters)} letters`;
    lines.push(...choiceRow(title, i === chosen, room.columns, note(row)));
  }
  return { lines, focus };
};

export const mailingsScreen: ScreenKind<MailingsState> = {
  keys: mailingsKeys,
  title: () => 'Letters to send',
  typing: () => false,
  press,
  page,
  disabled,
};
