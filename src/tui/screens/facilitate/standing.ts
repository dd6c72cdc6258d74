import { keyOf } from '../../keys.ts';
import { backstageParts, type Part } from '../../../projections/backstage.ts';
import { instant } from '../../../base/instant.ts';
import { clip, line, paragraph, quiet, span, wrap, type Line } from '../../parts/line.ts';
import { bothTimes } from '../../parts/when.ts';
import type { Seated, World } from '../../screen.ts';
import { marks } from '../../theme.ts';
import { minuteWords } from './message.ts';

/** How the drill stands: what a facilitator must have in sight whatever else is looked at. */

type Page = Seated['page'];

const paceWords = ({ speed, paused, over }: Page, { look }: World): string => {
  if (over !== null) return `OVER: ${over}`;
  if (paused) return `TIME STANDS STILL (${keyOf(look, 'facilitate:pause')}: go on)`;
  return speed === 1 ? 'time runs as on a watch' : `time runs ${speed} times as fast as a watch`;
};

/** The one line that changes by itself each second. */
const timeLine = (page: Page, width: number, world: World): readonly Line[] =>
  wrap(
    quiet(
      line(
        span(minuteWords(page.minute), 'strong'),
        span(`  ${paceWords(page, world)}`, page.over !== null || page.paused ? 'warn' : 'plain'),
      ),
    ),
    width,
  );

const playersLine = ({ players }: Page, width: number): readonly Line[] =>
  wrap(
    line(
      span(`${players.done}/${players.total} steps`, 'strong'),
      span(players.step === null ? ', none left' : `, now at: ${players.title ?? players.step}`),
      players.acknowledged === null
        ? span('  the page is not acknowledged', 'warn')
        : span(`  page seen at ${minuteWords(players.acknowledged)}`, 'dim'),
    ),
    width,
    2,
  );

/** Its word is read aloud when it changes; what it took meanwhile is not, each few seconds. */
const attackerLines = (one: Page['attackers'][number], width: number, world: World): readonly Line[] => {
  const [word, tone] =
    one.gets_in === null
      ? (['NOT YET  ', 'dim'] as const)
      : one.gets_in
        ? (['GETS IN  ', 'alarm'] as const)
        : (['REFUSED  ', 'good'] as const);
  const count = `${one.tries} ${one.tries === 1 ? 'try' : 'tries'}, ${one.unit} taken: ${one.taken}`;
  if (world.look.screenReader)
    return [line(span(`${word.trim()} ${one.says}`)), quiet(line(span(`  ${count}`)))];
  const { more } = marks(world.look);
  const room = Math.max(8, width - word.length - count.length - 2);
  return wrap(line(span(word, tone), span(clip(one.says, room, more)), span(`  ${count}`, 'dim')), width, 9);
};

/** That there is nobody has been said by then. */
const whyLost = (failed: string): string => failed.replace(/^there is no drill that people play now: /, '');

const lostLines = ({ lost }: Seated, width: number): readonly Line[] =>
  lost === null
    ? []
    : [
        ...paragraph(`NOBODY PLAYS NOW: ${whyLost(lost.failed)}.`, width, 'bad'),
        ...paragraph(
          'What you see is how it stood then. It is kept; once they go on, you sit here again by yourself.',
          width,
          'plain',
          2,
        ),
      ];

/** A number a person must not overlook, and where the rest is. */
const wrongLine = ({ traps }: Page, world: World): readonly Line[] => {
  const taken = traps.filter(({ sprung }) => sprung !== null).length;
  if (taken === 0) return [];
  return [
    line(
      span(
        `${taken} wrong ${taken === 1 ? 'move' : 'moves'} of ${traps.length} (${keyOf(world.look, 'facilitate:view')})`,
        'warn',
      ),
    ),
  ];
};

const SHOWN_ATTACKERS = 3;

export const standingLines = (seated: Seated, world: World, width: number, all: boolean): readonly Line[] => {
  const { page } = seated;
  const shown = all ? page.attackers : page.attackers.slice(0, SHOWN_ATTACKERS);
  const rest = page.attackers.length - shown.length;
  return [
    ...lostLines(seated, width),
    ...timeLine(page, width, world),
    ...playersLine(page, width),
    ...shown.flatMap((one) => attackerLines(one, width, world)),
    ...(rest > 0
      ? [line(span(`and ${rest} more who attack (${keyOf(world.look, 'facilitate:view')})`, 'dim'))]
      : []),
    ...wrongLine(page, world),
  ];
};

/** What came in between: simulators that are gone, sleep, help. Said under the time by the page in words. */
export const partsOf = (page: Page, world: World): ReadonlyMap<string, Part> =>
  new Map(backstageParts(page, (at) => bothTimes(instant(at), world.zone)).map((part) => [part.head, part]));

export const partLines = (part: Part | undefined, width: number): readonly Line[] =>
  (part?.rows ?? []).flatMap(({ text, urgent }) =>
    paragraph(text.trim().replaceAll(/\s+/g, ' '), width, urgent ? 'warn' : 'plain', 2),
  );

export const latelyLines = ({ lately }: Page, width: number, most: number, more: string): readonly Line[] =>
  lately
    .slice(0, most)
    .map(({ minute, who, what }) =>
      line(
        span(`${minuteWords(minute)} `, 'dim'),
        span(clip(`${who}: ${what}`, Math.max(8, width - minuteWords(minute).length - 1), more)),
      ),
    );
