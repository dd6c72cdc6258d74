import { cellsOf } from '../../../base/cells.ts';
import type { ClocksState } from '../../places.ts';
import { jumpNotice } from '../../../projections/jumps.ts';
import { awaitingWords, changedWords } from '../../../projections/told-words.ts';
import type { ClockView } from '../../../projections/countdowns.ts';
import { clockState, leftBeside } from '../../parts/clock.ts';
import {
  blank,
  clip,
  labelled,
  line,
  paragraph,
  pad,
  quiet,
  span,
  wrap,
  type Line,
} from '../../parts/line.ts';
import { clamp, moveBy } from '../../parts/list.ts';
import { bothTimes } from '../../parts/when.ts';
import {
  doing,
  stay,
  type Effect,
  type Next,
  type Page,
  type Press,
  type Room,
  type ScreenKind,
  type World,
} from '../../screen.ts';
import { marks, signOfClock, standingWords } from '../../theme.ts';
import { clockKeys } from './keys.ts';

const effectOf = (id: string, clock: ClockView): Effect | null => {
  switch (id) {
    case 'clocks:submit':
      return { do: 'form', purpose: { for: 'submit', duty: clock.duty } };
    case 'clocks:prove':
      return { do: 'form', purpose: { for: 'prove', duty: clock.duty } };
    case 'clocks:acknowledge':
      return { do: 'form', purpose: { for: 'acknowledge', duty: clock.duty } };
    case 'clocks:start':
      if (clock.about !== null) return { do: 'form', purpose: { for: 'correct-clock', clock: clock.duty } };
      return { do: 'form', purpose: { for: 'start', fact: clock.starts } };
    case 'clocks:extend':
      return { do: 'form', purpose: { for: 'extend-clock', clock: clock.duty } };
    case 'clocks:rule-out':
      if (clock.about !== null) return { do: 'form', purpose: { for: 'end-clock', clock: clock.duty } };
      return { do: 'form', purpose: { for: 'rule-out', fact: clock.starts } };
    case 'clocks:letter':
      return clock.letter === null
        ? { do: 'say', tone: 'plain', text: 'This duty has no letter of its own.' }
        : { do: 'letter', letter: clock.letter, step: null };
    case 'clocks:ring':
      return {
        do: 'go',
        to: {
          at: 'who',
          only: [clock.duty, ...(clock.contact === null ? [] : [clock.contact])],
          chosen: 0,
        },
      };
    default:
      return null;
  }
};

const press = (state: ClocksState, pressed: Press, world: World): Next<ClocksState> => {
  if (pressed.is !== 'command') return stay(state);
  const clocks = world.view?.clocks ?? [];
  const moved = moveBy(pressed.id, state.chosen, clocks.length);
  if (moved !== null) return stay({ ...state, chosen: moved });
  if (pressed.id === 'app:back') return doing(state, { do: 'back' });
  if (pressed.id === 'clocks:open') return doing(state, { do: 'form', purpose: { for: 'open-clock' } });
  const clock = clocks[clamp(state.chosen, clocks.length)];
  const effect = clock === undefined ? null : effectOf(pressed.id, clock);
  return effect === null ? stay(state) : doing(state, effect);
};

/** What a person needs of the chosen clock beside all the others: until when, from what, by which rule. */
const shortly = (clock: ClockView, world: World, width: number): readonly Line[] => [
  ...(clock.due === null ? [] : labelled('    Due', bothTimes(clock.due, world.zone), width, 'strong')),
  ...labelled('    From', clock.startedBecause, width),
  ...(clock.submittedAt === null
    ? []
    : labelled(
        '    Sent',
        `${bothTimes(clock.submittedAt, world.zone)}${clock.proved ? ', proved' : ', NOT PROVED yet'}${clock.acknowledgedAt === null ? '' : ', acknowledged'}`,
        width,
      )),
  ...toldRows(clock, world, width),
  ...labelled(
    '    Rule',
    `${clock.source}, version ${clock.version}, source ${clock.confidence}${clock.region === null ? '' : `, ${clock.region}`}`,
    width,
    'dim',
  ),
];

/** What keeps a duty that was submitted from being at rest. */
const toldRows = (clock: ClockView, world: World, width: number): readonly Line[] => [
  ...[awaitingWords(clock)].flatMap((text) =>
    text === null ? [] : labelled('    Waits', text, width, 'warn'),
  ),
  ...[changedWords(clock, world.view?.contacts ?? [])].flatMap((text) =>
    text === null
      ? []
      : labelled('    Since', `${text}: firebreak duty changes ${clock.duty}`, width, 'warn'),
  ),
];

/** The rest of it stands below the list, so that no clock pushes the others off the screen. */
const further = (clock: ClockView, width: number): readonly Line[] => [
  ...paragraph(`About ${clock.duty}`, width, 'strong'),
  ...labelled(
    '    To',
    `${clock.to}${clock.context ? ` (owed by ${clock.owedByName ?? clock.owedBy}, not by us)` : ''}`,
    width,
  ),
  ...(clock.note === null ? [] : labelled('    Note', clock.note, width, 'dim')),
  ...clock.readings.flatMap((reading) =>
    labelled('    Or', `${reading.name}: ${reading.text}`, width, 'dim'),
  ),
];

/** What the sign of a clock does not say of where it stands. */
const standingBeside = ({ standing, provisional }: ClockView): string => {
  if (standing === 'running') return '';
  if (standing === 'overdue') return provisional ? standingWords.provisional : '';
  return standingWords[standing];
};

/** One line a clock; the chosen one is said in full. */
const clockRow = (clock: ClockView, chosen: boolean, world: World, width: number): readonly Line[] => {
  const sign = signOfClock(clockState(clock), world.look);
  const left = leftBeside(clock);
  const standing = standingBeside(clock);
  const words = standing === '' || left === standing ? '' : ` ${standing}`;
  const about = `${words} ${clock.title} (${clock.duty})${clock.about === null ? '' : ` ${clock.about}`}${clock.context ? ' context' : ''}`;
  const room = width - SIGN - cellsOf(left);
  const head = line(
    span(chosen ? '> ' : '  ', 'focus'),
    span(`${pad(sign.glyph, 2)}${pad(sign.word, 8)}`, sign.tone),
    span(left, 'strong'),
    span(chosen ? about : clip(about, room, marks(world.look).more)),
  );
  return (chosen ? wrap(head, width, SIGN) : [head]).map(quiet);
};
const SIGN = 12;

const page = (state: ClocksState, world: World, room: Room): Page => {
  const clocks = world.view?.clocks ?? [];
  const chosen = clamp(state.chosen, clocks.length);
  const focused = clocks[chosen];
  if (focused === undefined) return { lines: [line('No duty could apply to this incident.')] };
  const set = jumpNotice(world.view?.jumps ?? [], world.zone);
  const lines: Line[] = set === null ? [] : [...paragraph(set, room.columns, 'warn'), blank];
  let focus = 0;
  let end = 0;
  for (const [i, clock] of clocks.entries()) {
    if (i === chosen) focus = lines.length;
    lines.push(...clockRow(clock, i === chosen, world, room.columns));
    if (i === chosen) lines.push(...shortly(clock, world, room.columns));
    if (i === chosen) end = lines.length - 1;
  }
  lines.push(
    blank,
    ...further(focused, room.columns),
    blank,
    ...paragraph('Clocks hang on recorded facts; nothing here is legal advice.', room.columns, 'dim'),
  );
  return { lines, focus: end - focus < room.rows ? end : focus };
};

const disabled = (id: string, state: ClocksState, world: World): string | null => {
  if (id === 'clocks:open') return null;
  const clock = world.view?.clocks[clamp(state.chosen, world.view.clocks.length)];
  if (clock === undefined) return 'there is no clock';
  if ((id === 'clocks:prove' || id === 'clocks:acknowledge') && clock.submittedAt === null)
    return 'nothing was submitted yet';
  if (id === 'clocks:extend' && clock.about === null)
    return 'only the clock of one person can be made longer';
  return null;
};

export const clocksScreen: ScreenKind<ClocksState> = {
  keys: clockKeys,
  title: () => 'Clocks',
  typing: () => false,
  press,
  page,
  disabled,
};
