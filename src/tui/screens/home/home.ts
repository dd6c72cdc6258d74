import { keyOf } from '../../keys.ts';
import type { HomeState } from '../../places.ts';
import { blank, clip, line, paragraph, span, type Line } from '../../parts/line.ts';
import { choiceRow, heading } from '../../parts/rows.ts';
import { queryLines } from '../../parts/input.ts';
import { awaitingWords } from '../../../projections/told-words.ts';
import { leftWords } from '../../parts/clock.ts';
import { clamp } from '../../parts/list.ts';
import type { Page, Room, ScreenKind, World } from '../../screen.ts';
import { marks } from '../../theme.ts';
import { troubleOf } from '../../trouble.ts';
import { homeKeys } from './keys.ts';
import { homeRows, homeDisabled, pressHome, type HomeLook, type HomeRow } from './state.ts';

const looks: Readonly<Record<HomeLook, Readonly<{ text: string; note: string }>>> = {
  doctor: { text: 'Doctor', note: 'what would fail tonight' },
  audit: { text: 'Audit', note: 'what exists that nobody looks after' },
  inventory: { text: 'Inventory', note: 'the data map, and what it does not know' },
};

const words = (row: HomeRow, { look }: World): Readonly<{ text: string; note: string }> => {
  switch (row.is) {
    case 'look':
      return {
        text: looks[row.at].text,
        note: `${keyOf(look, `home:${row.at}`)}: ${looks[row.at].note}`,
      };
    case 'declare':
      return {
        text: 'Declare an incident',
        note: `${keyOf(look, 'home:declare')}: not sure? start; "not an incident" closes it cleanly`,
      };
    case 'drill':
      return {
        text: 'Practise in a drill',
        note: `${keyOf(look, 'home:drill')}: simulated systems, nothing real`,
      };
    case 'runbook':
      return {
        text: row.runbook.title,
        note: `${row.runbook.id}, ${row.runbook.steps} steps, ${row.runbook.severity}`,
      };
    case 'incident': {
      const { codename, title, drill, done, total, unsure, nextClock, severity, held, awaiting, handed } =
        row.incident;
      const clock = nextClock === null ? '' : `, ${leftWords(nextClock)}: ${nextClock.title}`;
      const answer = awaiting
        .map((one) => `, ${awaitingWords({ duty: one.duty, awaiting: one }) ?? ''}`)
        .join('');
      const doubt = unsure > 0 ? `, ${unsure} UNSURE` : '';
      const gone = handed === null ? '' : `HANDED OVER to ${handed}: go on there; `;
      return {
        text: `${drill && !codename.startsWith('DRILL') ? 'DRILL ' : ''}${codename}: ${title}`,
        note: `${gone}${severity}, ${done}/${total} done${doubt}${clock}${answer}${held ? '; another process acts on it' : ''}`,
      };
    }
  }
};

const headingOf = (row: HomeRow, before: HomeRow | undefined): readonly Line[] => {
  if (row.is === before?.is) return [];
  if (row.is === 'incident') return heading(row.incident.drill ? 'Open drills' : 'Open incidents');
  if (row.is === 'runbook') return heading('Runbooks');
  return row.is === 'drill' || (row.is === 'declare' && before !== undefined) ? [blank] : [];
};

const issueLines = (world: World, width: number): readonly Line[] => {
  const all = world.app.issues();
  // A remark turns nothing off, and would hide what does.
  const issues = all.filter(({ severity }) => severity === 'error');
  const remarks = all.length - issues.length;
  const remarked =
    remarks === 0
      ? []
      : [
          line(
            span(
              `${remarks} ${remarks === 1 ? 'remark' : 'remarks'} on definitions: firebreak runbook lint`,
              'dim',
            ),
          ),
        ];
  if (issues.length === 0) return remarked.length === 0 ? [] : [blank, ...remarked];
  const shown = issues
    .slice(0, 5)
    .flatMap((issue) =>
      paragraph(`${issue.file}:${issue.line}:${issue.col} ${issue.message}`, width, 'plain', 2),
    );
  const rest =
    issues.length > 5 ? [line(span(`  and ${issues.length - 5} more: firebreak runbook lint`, 'dim'))] : [];
  return [
    blank,
    line(
      span(
        issues.length === 1
          ? '1 problem in a definition: that one is off, everything else works'
          : `${issues.length} problems in definitions: those are off, everything else works`,
        'warn',
      ),
    ),
    ...shown,
    ...rest,
    ...remarked,
  ];
};

/** One line: what is due is told, and the drills themselves are a key away. */
const practiceLines = (world: World, width: number): readonly Line[] => {
  const notice = world.app.drillNotice();
  return notice === null ? [] : paragraph(notice, width, 'warn', 2);
};

/** A journal that does not open is said with its reason, never left out. */
const unreadableLines = (world: World, width: number): readonly Line[] =>
  world.app
    .unreadable()
    .flatMap(({ id, error }, i) => [
      ...(i === 0 ? [blank] : []),
      ...paragraph(`CANNOT BE OPENED: ${id}: ${troubleOf(error, world.look).failed}`, width, 'bad', 2),
      ...troubleOf(error, world.look).next.flatMap((next) => paragraph(`Next: ${next}`, width, 'plain', 4)),
    ]);

const TITLE_ROWS = 2;
const HANG = 4;

const page = (state: HomeState, world: World, room: Room): Page => {
  const rows = homeRows(state, world);
  const chosen = clamp(state.chosen, rows.length);
  const lines: Line[] = [];
  let focus = 0;
  if (state.search !== null)
    lines.push(...queryLines('Search', state.search, true, room.columns, world.look));
  for (const [i, row] of rows.entries()) {
    const { text, note } = words(row, world);
    lines.push(...headingOf(row, rows[i - 1]));
    if (i === chosen) focus = lines.length;
    // A title may be as long as somebody liked; two rows of it know an incident again, and leave the others in sight.
    const known = clip(text, TITLE_ROWS * (room.columns - HANG), marks(world.look).more);
    lines.push(...choiceRow(known, i === chosen, room.columns, note));
    if (row.is === 'drill') lines.push(...practiceLines(world, room.columns));
  }
  if (!world.app.learned())
    lines.push(...heading('Runbooks'), line(span('  reading the definitions', 'dim')));
  lines.push(...unreadableLines(world, room.columns), ...issueLines(world, room.columns));
  const place =
    world.app.workspace === null
      ? 'no workspace: the built-in example company'
      : `workspace ${world.app.workspace}`;
  lines.push(
    blank,
    ...paragraph(`${place}, data in ${world.app.home}, you are ${world.app.actor}`, room.columns, 'dim'),
  );
  return { lines, focus };
};

export const homeScreen: ScreenKind<HomeState> = {
  keys: homeKeys,
  title: () => 'firebreak',
  typing: (state) => state.search !== null,
  press: pressHome,
  page,
  disabled: homeDisabled,
};
