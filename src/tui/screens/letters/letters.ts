import { onlyRead, onlyReadWords } from '../../only-read.ts';
import type { LettersState } from '../../places.ts';
import { releasedIn } from '../../forms/merge.ts';
import { stepsOf } from '../../../model/plan.ts';
import { line, span, type Line } from '../../parts/line.ts';
import { clamp, moveBy } from '../../parts/list.ts';
import { choiceRow } from '../../parts/rows.ts';
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
import { listKeys } from './keys.ts';

type Row = Readonly<{ letter: string; step: string | null; title: string; note: string }>;

/** Letters that the runbook writes, and those that duties of this incident ask for besides. */
const letterRows = (world: World): readonly Row[] => {
  const view = world.view;
  const plan = view?.state.plan ?? null;
  const saved = (letter: string): string => {
    const draft = view?.state.letters.get(letter);
    if (draft === undefined) return 'not written yet';
    return draft.missing.length > 0
      ? `draft of entry ${draft.n}, ${draft.missing.length} elements missing`
      : `complete draft, entry ${draft.n}`;
  };
  const notes = (letter: string): string => {
    const languages = releasedIn(letter, world);
    const released = `released: ${languages.join(', ')}`;
    if (languages.length === 0) return saved(letter);
    return view?.state.letters.get(letter) === undefined ? released : `${saved(letter)}, ${released}`;
  };
  const planned = (plan === null ? [] : stepsOf(plan)).flatMap((step): Row[] =>
    step.kind === 'write'
      ? [{ letter: step.letter, step: step.id, title: step.title, note: notes(step.letter) }]
      : [],
  );
  const owed = (view?.clocks ?? []).flatMap((clock): Row[] =>
    clock.letter === null || clock.context || planned.some(({ letter }) => letter === clock.letter)
      ? []
      : [{ letter: clock.letter, step: null, title: clock.title, note: notes(clock.letter) }],
  );
  return [
    ...planned,
    ...owed.filter((row, i) => owed.findIndex(({ letter }) => letter === row.letter) === i),
  ];
};

const press = (state: LettersState, pressed: Press, world: World): Next<LettersState> => {
  if (pressed.is !== 'command') return stay(state);
  const rows = letterRows(world);
  const moved = moveBy(pressed.id, state.chosen, rows.length);
  if (moved !== null) return stay({ ...state, chosen: moved });
  if (pressed.id === 'app:back') return doing(state, { do: 'back' });
  const row = rows[clamp(state.chosen, rows.length)];
  if (pressed.id === 'letters:mailings') return doing(state, { do: 'go', to: { at: 'mailings', chosen: 0 } });
  if (row === undefined) return stay(state);
  const { letter, step, title } = row;
  if (pressed.id === 'letters:open') return doing(state, { do: 'letter', letter, step });
  if (pressed.id === 'letters:merge')
    return doing(state, { do: 'form', purpose: { for: 'merge', letter, title, colleagues: false } });
  return stay(state);
};

const disabled = (id: string, state: LettersState, world: World): string | null => {
  if (id === 'letters:mailings')
    return (world.view?.state.mailings.size ?? 0) > 0
      ? null
      : 'no letters have been written to a list yet: m';
  if (id !== 'letters:merge') return null;
  const rows = letterRows(world);
  const row = rows[clamp(state.chosen, rows.length)];
  if (onlyRead(world) !== null) return onlyReadWords(world);
  if (row === undefined) return 'there is no letter here';
  return releasedIn(row.letter, world).length > 0
    ? null
    : `nobody has released it yet: firebreak letters release ${row.letter}`;
};

const page = (state: LettersState, world: World, room: Room): Page => {
  const rows = letterRows(world);
  if (rows.length === 0) return { lines: [line(span('No duty of this incident asks for a letter.', 'dim'))] };
  const lines: Line[] = [];
  let focus = 0;
  for (const [i, row] of rows.entries()) {
    if (i === state.chosen) focus = lines.length;
    lines.push(...choiceRow(row.title, i === state.chosen, room.columns, `${row.letter}, ${row.note}`));
  }
  return { lines, focus };
};

export const lettersScreen: ScreenKind<LettersState> = {
  keys: listKeys,
  title: () => 'Letters',
  typing: () => false,
  press,
  page,
  disabled,
};
