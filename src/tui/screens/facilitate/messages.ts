import { cellsOf } from '../../../base/cells.ts';
import { blank, clip, line, pad, paragraph, span, type Line } from '../../parts/line.ts';
import { windowFrom } from '../../parts/list.ts';
import type { FacilitateState } from '../../places.ts';
import type { Page, Room, Seated, World } from '../../screen.ts';
import { marks } from '../../theme.ts';
import type { Binding } from '../../binding.ts';
import { facilitateKeys } from './keys.ts';
import { aboutWords, minuteWords, signOf, type Queued } from './message.ts';
import { latelyLines, standingLines } from './standing.ts';
import { placeOf } from './state.ts';

/** What is to come and what has come, under how the drill stands; the chosen message is read under the list. */

const MINUTE = 8;
const WORD = 9;

const rowOf = (one: Queued, chosen: boolean, now: number, width: number, more: string): Line => {
  const { word, tone } = signOf(one, now);
  const words = `${one.id}  ${one.channel} to ${one.to}`;
  return line(
    span(chosen ? '> ' : '  ', 'focus'),
    span(pad(minuteWords(one.minute), MINUTE), 'dim'),
    span(pad(word, WORD), tone),
    span(clip(words, Math.max(8, width - 2 - MINUTE - WORD), more), chosen ? 'focus' : 'plain'),
  );
};

/** So many lines as there is room for; enter shows the rest. */
const aboutLines = (one: Queued, width: number, most: number): readonly Line[] => {
  const all = aboutWords(one).flatMap((text) => paragraph(text, width, 'info', 2));
  if (all.length <= most) return all;
  return [...all.slice(0, Math.max(1, most - 1)), line(span('  ... enter reads all of it', 'dim'))];
};

type Shares = Readonly<{ lately: number; about: number; spaced: boolean }>;

/** How the rows of a terminal are shared out: how it stands is said in full, and what is told of the rest gives way to the list. */
const shares = (rows: number, standing: number): Shares => {
  const [lately, about] = rows >= 30 ? [8, 10] : rows >= 18 ? [2, 4] : [1, 3];
  const over = standing + lately + about + BARS + LIST_MIN - rows;
  const less = Math.min(Math.max(0, over), about - 1);
  return {
    about: about - less,
    lately: Math.max(0, lately - Math.max(0, over - less)),
    spaced: rows >= 30,
  };
};
/** A rule above the list and one under it, and the line of keys. */
const BARS = 3;

/** At least so many messages are in sight, whatever stands above them. */
const LIST_MIN = 4;

/** The keys that the footer has no room for, from the same table. */
const keysLine = (width: number): Line => {
  const shown = facilitateKeys
    .filter((one: Binding) => (one.hint ?? 0) >= BELOW)
    .map(({ keys: [key], says }) => `${key} ${says}`);
  // A key whose name is cut is worse than one that is in the list of keys alone.
  while (shown.length > 1 && cellsOf(shown.join(' · ')) > width) shown.pop();
  return line(span(shown.join(' · '), 'dim'));
};
const BELOW = 5;

const lately = (seated: Seated, width: number, most: number, more: string): readonly Line[] => {
  const lines = latelyLines(seated.page, width, most, more);
  const none = most > 0 && lines.length === 0;
  return none ? [line(span('The players have done nothing yet.', 'dim'))] : lines;
};

export const messagesPage = (state: FacilitateState, seated: Seated, world: World, room: Room): Page => {
  const { queue, minute } = seated.page;
  const { columns: width, rows } = room;
  const { more, rule } = marks(world.look);
  const standing = standingLines(seated, world, width, false);
  const share = shares(rows, standing.length);
  const ruled = line(span(rule.repeat(width), 'dim'));
  const chosen = placeOf(state, queue);
  const one = queue[chosen];
  const above: readonly Line[] = [
    ...standing,
    ...(share.spaced ? [blank] : []),
    ...lately(seated, width, share.lately, more),
    ruled,
  ];
  const about =
    one === undefined
      ? []
      : [
          ruled,
          ...aboutLines(one, width, Math.max(share.about, rows - above.length - BARS + 1 - queue.length)),
          keysLine(width),
        ];
  const height = Math.max(LIST_MIN, rows - above.length - about.length);
  const from = windowFrom(chosen, queue.length, height, Math.max(0, chosen - Math.floor(height / 2)));
  const list = queue
    .slice(from, from + height)
    .map((each, i) => rowOf(each, from + i === chosen, minute, width, more));
  return { lines: [...above, ...list], focus: above.length + chosen - from, foot: about };
};
