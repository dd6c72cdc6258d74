import { onlyRead, onlyReadWords } from '../../only-read.ts';
import type { Standing } from '../../../app/send-contract.ts';
import { grouped } from '../../../base/grouped.ts';
import { blank, labelled, line, paragraph, span, type Line } from '../../parts/line.ts';
import { clamp, moveBy, windowFrom } from '../../parts/list.ts';
import { choiceRow } from '../../parts/rows.ts';
import { standOrder, standSigns } from '../../parts/stand.ts';
import type { PostedState } from '../../places.ts';
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
import { postedKeys } from './keys.ts';

const after = (standing: Standing): Standing => {
  const at = standOrder.indexOf(standing);
  return standOrder[(at + 1) % standOrder.length] ?? 'taken';
};

const settles: Readonly<Record<string, Readonly<{ taken: boolean; all: boolean }>>> = {
  'posted:taken': { taken: true, all: false },
  'posted:not-taken': { taken: false, all: false },
  'posted:all-taken': { taken: true, all: true },
  'posted:none-taken': { taken: false, all: true },
};

const press = (state: PostedState, pressed: Press): Next<PostedState> => {
  if (pressed.is !== 'command') return stay(state);
  const { id } = pressed;
  const { mailing, letters } = state;
  if (id === 'app:back') return doing(state, { do: 'back' });
  const moved = moveBy(id, state.chosen, letters.length);
  if (moved !== null) return stay({ ...state, chosen: moved });
  if (id === 'posted:turn') return doing(state, { do: 'posted', mailing, standing: after(state.standing) });
  const one = letters[clamp(state.chosen, letters.length)]?.letter ?? null;
  const settled = settles[id];
  if (settled !== undefined) {
    const { taken, all } = settled;
    return doing(state, {
      do: 'form',
      purpose: { for: 'settle-letters', mailing, letter: all ? null : one, taken },
    });
  }
  return id === 'posted:again' || id === 'posted:all-again'
    ? doing(state, {
        do: 'form',
        purpose: { for: 'letters-again', mailing, letter: id === 'posted:again' ? one : null },
      })
    : stay(state);
};

const disabled = (id: string, { standing, letters }: PostedState, world: World): string | null => {
  const wants = Object.hasOwn(settles, id) ? 'unsure' : id.endsWith('again') ? 'refused' : null;
  if (wants === null) return null;
  if (onlyRead(world) !== null) return onlyReadWords(world);
  if (standing !== wants || letters.length === 0)
    return wants === 'unsure' ? 'nothing here is in doubt' : 'nothing here was refused';
  return null;
};

/** What a person does about letters that stand there. */
const adviceWords: Readonly<Partial<Record<Standing, string>>> = {
  unsure: 'Look for each Message-ID in the log of the mail server, then say what it says: y taken, x not.',
  refused: 'Ring or write to them another way. Where the server was wrong about them: u, then send again.',
};

const advice = (standing: Standing, width: number): readonly Line[] => {
  const words = adviceWords[standing];
  return words === undefined ? [] : paragraph(words, width, 'info');
};

/** Of a hundred thousand letters only those around the chosen one are drawn. */
const page = (state: PostedState, _world: World, room: Room): Page => {
  const { letters, standing } = state;
  const { columns: width, rows } = room;
  const { word, says, tone } = standSigns[standing];
  const head: Line[] = [
    ...labelled(
      word,
      `${grouped(letters.length)} ${letters.length === 1 ? 'letter' : 'letters'}: ${says}`,
      width,
      tone,
    ),
    ...(letters.length === 0 ? [] : advice(standing, width)),
    blank,
  ];
  if (letters.length === 0) return { lines: [...head, line(span('None.', 'dim'))] };
  const chosen = clamp(state.chosen, letters.length);
  const from = windowFrom(chosen, letters.length, rows, Math.max(0, chosen - Math.floor(rows / 2)));
  const lines: Line[] = [...head];
  let focus = 0;
  for (const [i, { letter, to, messageId }] of letters.slice(from, from + rows).entries()) {
    const here = from + i === chosen;
    if (here) focus = lines.length;
    const note = messageId === null ? '' : messageId;
    lines.push(
      ...choiceRow(
        `${grouped(letter)}  ${to ?? '[sealed]'}`,
        here,
        width,
        here || standing === 'unsure' ? note : '',
      ),
    );
  }
  return { lines, focus: focus < rows ? 0 : focus };
};

export const postedScreen: ScreenKind<PostedState> = {
  keys: postedKeys,
  title: ({ mailing, standing }) =>
    `Letters of ${mailing.slice(0, 8)}: ${standSigns[standing].word.toLowerCase()}`,
  typing: () => false,
  press,
  page,
  disabled,
};
