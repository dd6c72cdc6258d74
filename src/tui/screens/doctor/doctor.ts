import type { Finding, Whose } from '../../../app/contract.ts';
import { counted, commas } from '../../parts/far.ts';
import { blank, line, pad, paragraph, quiet, span, wrap, type Line } from '../../parts/line.ts';
import { clamp } from '../../parts/list.ts';
import { lookingLines } from '../../parts/looking.ts';
import { troubleLines } from '../../parts/outcome.ts';
import { limitsOf, whoseLines } from '../../parts/whose.ts';
import type { DoctorState } from '../../places.ts';
import type { Page, Room, ScreenKind, World } from '../../screen.ts';
import { doctorKeys } from './keys.ts';
import { doctorScreenDisabled, hearDoctor, pressDoctor, shownFindings } from './state.ts';

const words = {
  ok: ['OK', 'good'],
  warning: ['WARN', 'warn'],
  broken: ['BROKEN', 'bad'],
} as const;

const rowLines = (found: Finding, chosen: boolean, open: boolean, width: number): readonly Line[] => {
  const [word, tone] = words[found.state];
  const head = line(
    span(chosen ? '> ' : '  ', 'focus'),
    span(pad(word, 8), tone),
    span(found.what, chosen ? 'focus' : 'plain'),
  );
  return [
    ...wrap(head, width, 10),
    ...(open
      ? [
          ...paragraph(found.detail, width, 'plain', 10),
          ...(found.fix === '' ? [] : paragraph(`Fix: ${found.fix}`, width, 'strong', 10)),
        ]
      : []),
  ];
};

const verdict = (findings: readonly Finding[], whose: Whose, width: number): readonly Line[] => {
  const count = (state: Finding['state']): number => findings.filter((one) => one.state === state).length;
  const broken = count('broken');
  const rest = commas(
    counted([
      [count('warning'), 'to look at'],
      [count('ok'), 'in order'],
    ]),
  );
  if (findings.length === 0)
    return paragraph(
      `Nothing was checked, which says nothing about tonight.${limitsOf[whose]}`,
      width,
      'warn',
    );
  return broken === 0
    ? paragraph(
        `Nothing found that would fail tonight: ${rest}.${limitsOf[whose]}`,
        width,
        whose === 'own' ? 'good' : 'warn',
      )
    : paragraph(`${broken} would fail tonight; ${rest}.${limitsOf[whose]}`, width, 'bad');
};

const endedPage = (state: DoctorState, world: World, room: Room): Page => {
  const width = room.columns;
  const findings = shownFindings(state, world);
  const head = whoseLines(world.app.whose, world.app, width);
  if (state.trouble !== null) return { lines: [...head, ...troubleLines(state.trouble, width)] };
  if (findings === null) {
    const why = state.stopped
      ? 'STOPPED. Half a look says nothing, so nothing is shown. r asks again.'
      : 'What was found was about other systems than these, so it is not shown. r asks again.';
    return { lines: [...head, ...paragraph(why, width, 'warn')] };
  }
  const foot = verdict(findings, world.app.whose, width);
  const chosen = clamp(state.chosen, findings.length);
  const lines: Line[] = [...head, blank];
  let focus = 0;
  for (const [i, found] of findings.entries()) {
    const row = rowLines(found, i === chosen, state.open.includes(i), width);
    // The end of what is folded out is in sight too, where the screen is tall enough for all of it.
    if (i === chosen)
      focus = lines.length + Math.max(0, Math.min(row.length, room.rows - foot.length - 1) - 1);
    lines.push(...row);
  }
  return { lines, focus, foot };
};

const page = (state: DoctorState, world: World, room: Room): Page =>
  state.stage === 'ended'
    ? endedPage(state, world, room)
    : {
        lines: [
          ...whoseLines(state.whose, world.app, room.columns),
          blank,
          ...lookingLines(state, world.now, room.columns),
        ],
        foot: wrap(quiet(line(span('RUNNING ', 'info'), 'every check only reads, esc stops')), room.columns),
      };

export const doctorScreen: ScreenKind<DoctorState> = {
  keys: doctorKeys,
  title: ({ stage }) =>
    stage === 'running' ? 'Doctor: checking what tonight needs' : 'Doctor: what would fail tonight',
  typing: () => false,
  press: pressDoctor,
  hear: hearDoctor,
  page,
  disabled: doctorScreenDisabled,
};
