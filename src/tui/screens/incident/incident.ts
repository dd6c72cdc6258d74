import type { IncidentScreenState } from '../../places.ts';
import { formatLocal } from '../../../base/instant.ts';
import type { StepView } from '../../../projections/incident.ts';
import { blank, clip, line, span, wrap, type Line } from '../../parts/line.ts';
import { clockBar } from '../../parts/clock.ts';
import { stepRow } from '../../parts/rows.ts';
import { shownStatus, stepCard } from '../../parts/step-card.ts';
import type { Page, Room, ScreenKind, World } from '../../screen.ts';
import { marks } from '../../theme.ts';
import { nextClock } from '../../../projections/countdowns.ts';
import { incidentKeys } from './keys.ts';
import { focusedStep, incidentDisabled, pressIncident } from './state.ts';

const phaseTitle = (view: StepView, world: World): string =>
  world.view?.state.plan?.phases.find(({ id }) => id === view.step.phase)?.title ?? view.step.phase;

/** The steps by phase; the row in focus is told, so that the pane shows it. */
const stepList = (
  state: IncidentScreenState,
  world: World,
  width: number,
): Readonly<{ lines: readonly Line[]; focus: number }> => {
  const steps = world.view?.progress.steps ?? [];
  const focused = focusedStep(state, world)?.step.id;
  const lines: Line[] = [];
  let focus = 0;
  for (const [i, view] of steps.entries()) {
    if (view.step.phase !== steps[i - 1]?.step.phase)
      lines.push(line(span(clip(phaseTitle(view, world).toUpperCase(), width), 'dim')));
    if (view.step.id === focused) focus = lines.length;
    lines.push(stepRow(view, shownStatus(view, world), view.step.id === focused, width, world.look));
  }
  return { lines, focus };
};

const railRows = 12;

/** Clocks, roles and the newest entries: what a commander glances at. */
const rail = (world: World, width: number): readonly Line[] => {
  const clocks = (world.view?.clocks ?? []).filter(
    ({ standing, context }) => !context && standing !== 'idle' && standing !== 'ruled-out',
  );
  const first = nextClock(world.view?.clocks ?? []);
  const others = clocks.filter(({ duty }) => duty !== first?.duty).slice(0, 3);
  const roles = rolesLine(world, width);
  const entries = world.incident?.timeline({ limit: railRows, newestFirst: true }) ?? [];
  return [
    line(span('CLOCKS', 'dim')),
    ...others.flatMap((clock) => clockBar(clock, width, world.zone, world.look, false)),
    ...(others.length === 0 ? [line(span('no other clock', 'dim'))] : []),
    blank,
    line(span('ROLES', 'dim')),
    ...(roles.length === 0 ? [line(span('nobody has a role yet: R', 'warn'))] : roles),
    blank,
    line(span('JOURNAL, newest first', 'dim')),
    ...entries.map((row) =>
      line(
        span(`${formatLocal(row.recordedAt, world.zone, 'time')} `, 'dim'),
        span(clip(row.what, width - 6, marks(world.look).more)),
      ),
    ),
  ];
};

const ROLES_FROM = 14;

/** Who has a role, and which ones the steps ahead ask for in vain. */
const rolesLine = (world: World, width: number): readonly Line[] => {
  const rows = world.view?.team.roles ?? [];
  const held = rows.flatMap(({ role, person }) =>
    person === null ? [] : [span(`${role} `, 'dim'), span(person), span('  ')],
  );
  const missing = rows.filter(({ person, wanted }) => person === null && wanted).map(({ role }) => role);
  const nobody = missing.length === 0 ? [] : [span(`NOBODY: ${missing.join(' ')}`, 'warn')];
  return held.length + nobody.length === 0 ? [] : wrap(line(...held, ...nobody), width);
};

const page = (state: IncidentScreenState, world: World, room: Room): Page => {
  const view = focusedStep(state, world);
  const never = (world.view?.state.plan?.never ?? []).flatMap((one) =>
    wrap(line(span(one, 'warn')), room.columns, 2),
  );
  const list = stepList(state, world, room.wide ? room.left : room.columns);
  if (view === null)
    return {
      lines: [line('This incident has no runbook: notes, evidence, clocks and inventory actions work.')],
    };
  const card = stepCard(view, world, room.columns);
  const lines: Line[] =
    view.step.phase === 'declare' || world.view?.progress.done === 0
      ? [...card, ...(never.length > 0 ? [blank, ...never] : [])]
      : [...card];
  // Where there is room for a line more, nobody has to look for who is who.
  if (!room.wide && room.rows >= ROLES_FROM) lines.unshift(...rolesLine(world, room.columns));
  if (room.wide)
    return {
      lines,
      left: list.lines.slice(Math.max(0, list.focus - room.rows + 4)),
      right: rail(world, room.right),
    };
  return state.list ? { lines: list.lines, focus: list.focus } : { lines };
};

export const incidentScreen: ScreenKind<IncidentScreenState> = {
  keys: incidentKeys,
  title: (_state, world) => `${world.view?.state.codename ?? ''}: ${world.view?.title ?? ''}`,
  typing: () => false,
  press: pressIncident,
  page,
  disabled: incidentDisabled,
};
