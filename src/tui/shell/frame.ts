import { keyOf } from '../keys.ts';
import { onlyRead } from '../only-read.ts';
import { driftAlarms } from '../../projections/containment.ts';
import { againNow } from '../../projections/decisions.ts';
import { formatDuration } from '../../base/duration.ts';
import { isLate, windowWords } from '../../projections/anchors.ts';
import { isUnsigned } from '../../projections/pack.ts';
import { nearestBar } from '../parts/clock.ts';
import { blank, clip, line, lineWidth, pad, quiet, span, wrap, type Line, type Span } from '../parts/line.ts';
import { windowFrom } from '../parts/list.ts';
import type { Page, Room, Size, World } from '../screen.ts';
import { boundScreen } from '../screens/index.ts';
import { marks, type Look } from '../theme.ts';
import { fitted } from './fit.ts';
import { hints } from './hints.ts';
import { lockPage } from './lock.ts';
import { top, type Model } from './model.ts';
import { helpPage, palettePage } from './palette.ts';

/** Under this there is no honest picture: a sentence says what works instead. */
const smallest: Size = { columns: 60, rows: 18 };
const wide: Size = { columns: 120, rows: 30 };

/** Banners that must be on every screen, in words and not in colour alone. */
const banners = (world: World): readonly Span[] => [
  ...(world.view?.state.drill === true || world.drill !== null || world.seated !== null
    ? [span(' DRILL ', 'banner'), span(' ')]
    : []),
  ...(world.drill !== null && world.drill.over() === null
    ? [span(`${keyOf(world.look, 'incident:real-event')}: REAL EVENT · `, 'dim')]
    : []),
  ...(isUnsigned(world.view?.state.plan ?? null) ? [span(' UNSIGNED ', 'alarm'), span(' ')] : []),
  ...readingOnly(world),
  ...(world.unread > 0
    ? [
        span(
          ` ${world.unread} NEW ${world.unread === 1 ? 'MESSAGE' : 'MESSAGES'}: ${keyOf(world.look, 'incident:injects')} `,
          'alarm',
        ),
        span(' '),
      ]
    : []),
  ...(world.drill !== null && world.drill.over() !== null
    ? [span(` IT IS OVER: ${keyOf(world.look, 'step:finish')} scores it `, 'alarm'), span(' ')]
    : []),
  ...(world.drill?.notices() ?? []).flatMap((text) => [span(` ${text} `, 'banner'), span(' ')]),
  ...(world.view !== null && world.view.anchors.alarms.length > 0
    ? [span(' ALARM: the journal was tampered with ', 'alarm'), span(' ')]
    : []),
  ...(world.view?.state.phase === 'closed' ? [span(' CLOSED ', 'banner'), span(' ')] : []),
];

const readingOnly = (world: World): readonly Span[] => {
  switch (onlyRead(world)) {
    case 'handed':
      return [span(' HANDED OVER, go on there ', 'alarm'), span(' ')];
    case 'asked':
      return [span(' FOR READING ONLY ', 'banner'), span(' ')];
    case 'held':
      return [span(` READ-ONLY, ${keyOf(world.look, 'step:take-over')} takes over `, 'banner'), span(' ')];
    case null:
      return [];
  }
};

/** What is no matter of this night stands behind the name of where somebody is. */
const asides = ({ oneKey }: World): readonly Span[] =>
  oneKey ? [span('  '), span(' ONE KEY: firebreak keys init ', 'banner')] : [];

const progressWords = (world: World): string => {
  const progress = world.view?.progress;
  if (progress === undefined) return '';
  const skipped = progress.skipped > 0 ? `, ${progress.skipped} left out` : '';
  const unsure = progress.unsure > 0 ? `, ${progress.unsure} UNSURE` : '';
  return `${progress.done}/${progress.total} done${skipped}${unsure}`;
};

/** Incident, banners, place and nearest clock: always in sight. The title may be cut, its codename never is. */
const header = (model: Model, world: World, size: Size): readonly Line[] => {
  const screen = boundScreen(top(model), world);
  const { view } = world;
  const before = banners(world);
  const behind = asides(world);
  const name = clip(screen.title, size.columns, marks(world.look).more);
  if (view === null) return [...wrap(line(...before, span(name, 'strong'), ...behind), size.columns), blank];
  const about = `${view.state.codename} · ${view.state.severity} · ${progressWords(world)}`;
  const room = size.columns - lineWidth(line(...before, ...behind)) - about.length - 3;
  const title = room > 8 ? ` · ${clip(view.title, room, marks(world.look).more)}` : '';
  const first = wrap(line(...before, span(`${about}${title}`, 'strong'), ...behind), size.columns);
  const roomy = size.rows >= 24 && top(model).at === 'incident';
  const clock = nearestBar(view.clocks, size.columns, world.zone, world.look, roomy);
  const place = top(model).at === 'incident' ? [] : [line(span(name, 'info'))];
  return [...first, ...clock, ...place, line(span(marks(world.look).rule.repeat(size.columns), 'dim'))];
};

/**
 * How much could still be rewritten unseen, and copies that do not come about, at the end of the line of hints: read in passing,
 * on every screen of an incident. Seconds are counted in steps, so that nothing is redrawn for them alone.
 */
const window = (world: World): readonly Span[] => {
  const { view } = world;
  if (view === null) return [];
  const { anchors, backup } = view;
  const words = windowWords(anchors);
  const late = isLate(anchors);
  return [
    ...(words === '' ? [] : [span(words, late ? 'warn' : 'dim')]),
    ...(backup === null || backup.failing === null ? [] : [span(' BACKUP FAILS', 'alarm')]),
  ];
};

/** What is going on, what was just said, or what comes next: one or two lines above the key hints. */
const status = (model: Model, world: World, width: number): readonly Line[] => {
  const { waiting, notice } = model;
  if (waiting !== null) {
    const elapsed = formatDuration(Math.max(0, world.now - waiting.since));
    return wrap(
      quiet(
        line(
          span(`WAIT ${clip(waiting.what, width)} `, 'wait'),
          `${elapsed} of at most ${formatDuration(waiting.timeoutMs)}${waiting.keys === 'stoppable' ? ' (esc: do not wait)' : ''}`,
        ),
      ),
      width,
    );
  }
  if (notice !== null) return wrap(line(span(notice.text, notice.tone)), width).slice(0, 3);
  const screen = top(model);
  const progress = world.view?.progress;
  if (screen.at !== 'incident' || progress === undefined) return [blank];
  const away = screen.focused !== null && screen.focused !== progress.current?.step.id;
  if (away && progress.current !== null)
    return [
      line(
        span(`${keyOf(world.look, 'step:current')} back to the current step: `, 'dim'),
        span(clip(progress.current.step.title, width - 28, marks(world.look).more)),
      ),
    ];
  const { next } = progress;
  const [nag] = [
    ...driftAlarms(world.view?.containment ?? { targets: [] }),
    ...(world.view === null ? [] : againNow(world.view.state).map(({ text }) => text)),
    ...(world.view?.people.nags ?? []),
  ];
  const said = nag === undefined ? [] : [line(span(clip(`! ${nag}`, width, marks(world.look).more), 'warn'))];
  if (next === null) return said.length > 0 ? said : [blank];
  return [
    ...said,
    line(span('next: ', 'dim'), span(clip(next.step.title, width - 7, marks(world.look).more))),
  ];
};

type Layout = Readonly<{ head: readonly Line[]; foot: readonly Line[]; room: Room }>;

const layout = (model: Model, world: World, size: Size): Layout => {
  const head = header(model, world, size);
  const foot = [...status(model, world, size.columns), hints(model, world, size.columns, window(world))];
  const rows = Math.max(1, size.rows - head.length - foot.length);
  const isWide =
    size.columns >= wide.columns &&
    size.rows >= wide.rows &&
    top(model).at === 'incident' &&
    model.overlay === null;
  const left = isWide ? 36 : 0;
  const right = isWide ? Math.min(44, Math.floor(size.columns * 0.27)) : 0;
  return {
    head,
    foot,
    room: {
      columns: isWide ? size.columns - left - right - 6 : size.columns,
      rows,
      wide: isWide,
      left,
      right,
    },
  };
};

const pageOf = (model: Model, world: World, room: Room): Page => fitted(drawn(model, world, room), room);

const drawn = (model: Model, world: World, room: Room): Page => {
  if (model.overlay?.is === 'help') return helpPage(model, world, room.columns);
  if (model.overlay?.is === 'palette') return palettePage(model, world, room.columns);
  return boundScreen(top(model), world).page(room);
};

/** How long the page is and how much of it is in sight: what scrolling needs to know. */
export const bodyOf = (
  model: Model,
  world: World,
  size: Size,
): Readonly<{ total: number; height: number; room: Room }> => {
  const { room } = layout(model, world, size);
  const page = pageOf(model, world, room);
  return { total: page.lines.length, height: Math.max(1, room.rows - (page.foot?.length ?? 0)), room };
};

const fill = (lines: readonly Line[], rows: number): readonly Line[] =>
  lines.length >= rows
    ? lines.slice(0, rows)
    : [...lines, ...Array.from({ length: rows - lines.length }, () => blank)];

/** Of fewer rows none is given away for saying that there are more. */
const SPARE = 8;
/** What belongs to the row in focus stands under it. */
const ROOM_BELOW = 3;

/** The part of a page in sight; where it goes on, the last line in sight says how far. */
const sight = (model: Model, page: Page, room: Room, world: World): readonly Line[] => {
  const foot = page.foot ?? [];
  const height = Math.max(1, room.rows - foot.length);
  const from =
    page.focus === undefined
      ? Math.min(model.scroll, Math.max(0, page.lines.length - height))
      : windowFrom(page.focus, page.lines.length, height, model.scroll);
  const shown = page.lines.slice(from, from + height);
  const below = page.lines.length - from - height;
  // A list is gone through with its own keys, and what is chosen in it is never the row that gives way.
  const how = page.focus === undefined ? `: ${keyOf(world.look, 'app:down')}` : '';
  const spare = page.focus === undefined || (height >= SPARE && page.focus - from < height - ROOM_BELOW);
  const cut =
    below > 0 && spare
      ? [...shown.slice(0, -1), line(span(`... ${below + 1} more lines${how}`, 'dim'))]
      : shown;
  return [...fill(cut, height), ...foot].slice(-room.rows);
};

const beside = (main: readonly Line[], page: Page, room: Room, world: World): readonly Line[] => {
  const { bar } = marks(world.look);
  const cell = (from: Line | undefined, width: number): readonly Span[] => {
    const spans = from?.spans ?? [];
    return [...spans, { text: ' '.repeat(Math.max(0, width - lineWidth({ spans }))) }];
  };
  return main.map((row, i) => ({
    spans: [
      ...cell(page.left?.[i], room.left),
      span(` ${bar} `, 'dim'),
      ...cell(row, room.columns),
      span(` ${bar} `, 'dim'),
      ...cell(page.right?.[i], room.right),
    ],
  }));
};

/** A banner without its colours is set off by brackets; who listens hears its words. */
const banner = (one: Span, { color, screenReader }: Look): Span =>
  !color && !screenReader && (one.tone === 'banner' || one.tone === 'alarm') && /^ .+ $/.test(one.text)
    ? { ...one, text: `[${one.text.slice(1, -1)}]` }
    : one;

const sign = (text: string, { ascii, screenReader }: Look): string =>
  screenReader ? text.replaceAll(' · ', ', ') : ascii ? text.replaceAll('·', '|') : text;

/** Our own signs as the terminal wants them; foreign words keep their letters. */
const plainSigns = (lines: readonly Line[], { look }: World): readonly Line[] =>
  look.color && !look.ascii && !look.screenReader
    ? lines
    : lines.map((row) => ({
        ...row,
        spans: row.spans.map((one) => {
          const set = banner(one, look);
          return { ...set, text: sign(set.text, look) };
        }),
      }));

/** Of what was said only the way out: the rest may name what is hidden. */
const leaving = ({ leaveAt, notice }: Model): string | null =>
  leaveAt === null ? null : (notice?.text ?? null);

/** The whole screen as exactly as many lines as the terminal has, so that nothing is ever drawn past its end. */
export const frame = (model: Model, world: World, size: Size): readonly Line[] => {
  if (size.columns < smallest.columns || size.rows < smallest.rows) {
    const words = `Too small (${size.columns}x${size.rows}): enlarge to 60x18, or use: firebreak next --plain`;
    return fill(wrap(line(span(words)), Math.max(4, size.columns)), size.rows);
  }
  if (model.lock !== null)
    return plainSigns(fill(lockPage(model.lock, world, size, leaving(model)), size.rows), world);
  const { head, foot, room } = layout(model, world, size);
  const page = pageOf(model, world, room);
  const main = sight(model, page, room, world);
  const body = room.wide ? beside(main, page, room, world) : main;
  return plainSigns(fill([...head, ...fill(body, room.rows), ...foot], size.rows), world);
};

/** The window as it is heard: with the screen, and again only when it has become late. */
const heardWindow = (world: World): readonly Line[] => {
  const spans = window(world);
  const late = world.view !== null && isLate(world.view.anchors);
  return [
    ...(spans.length === 0 ? [] : [quiet(line(...spans))]),
    ...(late ? [line(span('LATE: the newest entries are not anchored in time', 'warn'))] : []),
  ];
};

/** The same content without a frame, for a screen reader: every line of the page, once. */
export const linear = (model: Model, world: World, size: Size): readonly Line[] => {
  if (model.lock !== null)
    return plainSigns(lockPage(model.lock, world, { ...size, rows: 18 }, leaving(model)), world);
  const room: Room = { columns: size.columns, rows: 1000, wide: false, left: 0, right: 0 };
  const page = pageOf(model, world, room);
  const all = [
    ...header(model, world, { ...size, rows: 24 }),
    ...page.lines,
    ...(page.foot ?? []),
    ...status(model, world, size.columns),
    hints(model, world, size.columns, []),
    ...heardWindow(world),
  ];
  return plainSigns(all, world).filter(({ spans }) =>
    spans.some(({ text }) => pad(text, 0).trim() !== '' && !/^[-\u2500]+$/.test(text)),
  );
};
