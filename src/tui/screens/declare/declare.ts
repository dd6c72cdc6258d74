import { keyOf } from '../../keys.ts';
import type { DeclareState } from '../../places.ts';
import { fieldPage, queryLines } from '../../parts/input.ts';
import { blank, paragraph, type Line } from '../../parts/line.ts';
import { clamp } from '../../parts/list.ts';
import { choiceRow } from '../../parts/rows.ts';
import type { Page, Room, ScreenKind, World } from '../../screen.ts';
import { declareKeys } from './keys.ts';
import { offered, pressDeclare } from './state.ts';

const page = (state: DeclareState, world: World, room: Room): Page => {
  const width = room.columns;
  const lines: Line[] = [];
  let inTitle = 0;
  if (state.purpose === 'declare') {
    const title = fieldPage(
      'What do you see? One line, a guess is good enough',
      state.title,
      state.on === 'title',
      width,
      world.look,
    );
    inTitle = title.focus;
    lines.push(...title.lines, blank);
  }
  const runbooks = offered(state, world);
  const chosen = clamp(state.chosen, runbooks.length);
  const label =
    state.purpose === 'drill'
      ? 'Which runbook to practise? Type to search'
      : 'Runbook: the best match is first; type to search';
  lines.push(...queryLines(label, state.search, state.on === 'runbook', width, world.look));
  let focus = state.on === 'title' ? inTitle : lines.length;
  for (const [i, runbook] of runbooks.entries()) {
    if (i === chosen && state.on === 'runbook') focus = lines.length;
    lines.push(
      ...choiceRow(runbook.title, i === chosen, width, `${runbook.severity}, ${runbook.steps} steps`),
    );
    if (i === chosen) lines.push(...paragraph(runbook.summary, width, 'dim', 4));
  }
  const severity = runbooks[chosen]?.severity;
  if (state.purpose === 'declare' && severity !== undefined) {
    lines.push(
      blank,
      ...paragraph(
        `Severity starts as ${severity}, the worst plausible; lower it later with a reason (${keyOf(world.look, 'step:severity')}).`,
        width,
        'dim',
      ),
    );
  }
  return { lines, focus };
};

export const declareScreen: ScreenKind<DeclareState> = {
  keys: declareKeys,
  title: (state) => (state.purpose === 'drill' ? 'Practise in a drill' : 'Declare an incident'),
  typing: () => true,
  press: pressDeclare,
  page,
};
