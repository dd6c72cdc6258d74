import { keyInField, keyOf } from '../../keys.ts';
import type { RunState } from '../../places.ts';
import type { Prepared, PreparedTarget, RunLine } from '../../../app/contract.ts';
import { waysToEnd } from '../../../app/rotation-words.ts';
import { formatDuration } from '../../../base/duration.ts';
import { limits } from '../../../model/limits.ts';
import { RELEASE } from '../../../projections/people.ts';
import { approvalNow, approvalRows, approvalStand, askingDisabled } from '../../parts/approval.ts';
import { fieldLines } from '../../parts/input.ts';
import { blank, labelled, line, paragraph, quiet, span, wrap, type Line } from '../../parts/line.ts';
import { latestLines, reportWords, runLine, troubleLines } from '../../parts/outcome.ts';
import type { Page, Room, ScreenKind, World } from '../../screen.ts';
import { runKeys } from './keys.ts';
import { approvedAs, hearRun, isTyping, lacksApproval, pressRun, whyNoTarget } from './state.ts';

const nowWords = {
  active: 'in use now',
  already: 'already off: nothing left to do',
  unknown: 'state not known',
} as const;

const backWords = { active: 'on already', already: 'off now', unknown: 'state not known' } as const;

const targetLines = (
  one: PreparedTarget,
  width: number,
  raw: boolean,
  direction: Prepared['direction'],
): readonly Line[] => {
  const { preview, byHand } = one;
  const calls = preview?.calls.flatMap(({ method, url, body, note }) => [
    ...wrap(line(span(`  ${method} `, 'info'), url), width, 6),
    ...(note === undefined ? [] : paragraph(note, width, 'dim', 6)),
    ...(raw && body !== undefined ? paragraph(body, width, 'dim', 6) : []),
  ]);
  return [
    ...wrap(
      line(
        span(`> ${one.title}`, 'strong'),
        ` (${one.target.item}), owner ${one.owner}${preview === null ? '' : `, ${(direction === 'undo' ? backWords : nowWords)[preview.now]}`}`,
      ),
      width,
      2,
    ),
    ...labelled(
      direction === 'undo' ? 'Back on' : 'Stops',
      [one.stops, ...(preview?.breaks ?? [])]
        .map((text) => text.replace(/\.$/, ''))
        .filter((text) => text !== '')
        .join('; '),
      width,
    ),
    ...(preview?.warnings ?? []).flatMap((text) => labelled('Warning', text, width, 'warn')),
    ...(calls ?? []),
    ...(one.scopes.length === 0 ? [] : labelled('Needs', one.scopes.join(', '), width)),
    ...(byHand === null ? [] : labelled('By hand', `${byHand.why}: ${byHand.manual.where}`, width, 'warn')),
  ];
};

const undoWords = ({ reversible, undoBy }: Prepared): string => {
  if (reversible) return undoBy;
  return /cannot be undone/i.test(undoBy) || undoBy === ''
    ? 'CANNOT be undone'
    : `CANNOT be undone. ${undoBy}`;
};

/** Both ways to end a credential, with what each breaks and for how long: which one, a key says. */
const wayLines = (rotation: RunState['rotation'], width: number): readonly Line[] => {
  if (rotation === null) return [];
  const [kill, rotate] = waysToEnd(rotation);
  const way = (key: string, { title, radius }: typeof kill): readonly Line[] => [
    ...wrap(line(span(`${key}: `, 'info'), span(title, 'strong')), width, 2),
    ...radius.flatMap((text) => paragraph(text, width, 'plain', 2)),
  ];
  return [blank, ...way('type its name', kill), ...way('ctrl+t', rotate)];
};

const previewLines = (state: RunState, world: World, width: number): readonly Line[] => {
  const { prepared, rotation, waived, raw } = state;
  // Where letters are typed the foot names the keys that type none.
  const approval = isTyping(state, world) ? approvalStand : approvalRows;
  const count = prepared.targets.length;
  return [
    ...wrap(
      line(
        span(`${prepared.direction === 'undo' ? 'UNDO ' : ''}${prepared.title}`, 'strong'),
        ` ${prepared.action}`,
      ),
      width,
      2,
    ),
    ...labelled(
      'Targets',
      count === 0 ? 'NONE: nothing would be done' : String(count),
      width,
      count === 0 ? 'bad' : 'strong',
    ),
    ...labelled('Undo', undoWords(prepared), width, prepared.reversible ? 'plain' : 'warn'),
    ...(prepared.unconfirmed
      ? labelled(
          '',
          `UNCONFIRMED call: it counts only once the system proves it; ${keyInField(world.look, 'run:hand')} shows the way by hand`,
          width,
          'warn',
        )
      : []),
    ...(prepared.direction === 'do' || prepared.release === true
      ? approval(approvedAs(prepared), world, width)
      : []),
    ...(prepared.preserve.length === 0
      ? []
      : labelled(
          'Evidence',
          `${waived ? 'waived' : 'at risk, not taken yet'}: ${prepared.preserve.join(', ')}`,
          width,
          'warn',
        )),
    ...wayLines(rotation, width),
    blank,
    ...prepared.targets.flatMap((one) => [...targetLines(one, width, raw, prepared.direction), blank]),
    line(span(`plan ${prepared.sha256.slice(0, 16)}`, 'dim')),
  ];
};

/** What must be done before it can be confirmed. */
const hindrance = (state: RunState, world: World): string | null => {
  const { look } = world;
  if (state.prepared.targets.length === 0)
    return `Nothing can be run: ${whyNoTarget(state, world)} ${keyOf(look, 'run:hand')}: do it by hand. esc: leave.`;
  if (!state.waived)
    return `Evidence is not taken yet. ${keyOf(look, 'run:waive')}: go on without it (active misuse; the reason is filled in). esc: take it first.`;
  if (!lacksApproval(state, world)) return null;
  return `It waits for the approval of somebody else; no reason stands in for it. ${keyOf(look, 'run:ask')}: ask. ${keyOf(look, 'run:approve')}: approve at this keyboard. esc: leave.`;
};

/** The question stays in sight under a preview of any length. */
const asSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const question = (state: RunState, world: World, width: number): readonly Line[] => {
  const { prepared } = state;
  const approval = approvalNow(prepared.step, world);
  if (state.stage === 'reason' && approval?.enough === true)
    return paragraph(
      'Approved by somebody else: no reason is needed. enter: go on. esc: leave.',
      width,
      'good',
    );
  if (state.stage === 'reason')
    return [
      ...paragraph(
        `${asSentence(prepared.needsReason ?? '')}. Going on records an override. Or: ${keyInField(world.look, 'run:ask')} asks others, ${keyInField(world.look, 'run:approve')}: a colleague approves here.`,
        width,
        'warn',
      ),
      ...fieldLines('Reason', state.reason, true, width, world.look),
    ];
  const before = hindrance(state, world);
  if (before !== null) return paragraph(before, width, 'warn');
  switch (prepared.friction) {
    case 'enter':
      return paragraph(
        `enter or ${keyOf(world.look, 'run:yes')}: run it. It reads only. esc: leave.`,
        width,
        'info',
      );
    case 'yes':
      return paragraph(
        `${keyOf(world.look, 'run:yes')}: run exactly this. esc: leave. Enter confirms nothing.`,
        width,
        'info',
      );
    case 'type-target':
      return fieldLines(
        state.rotation === null
          ? `Type ${prepared.phrase} and enter to run it; esc leaves`
          : `Type ${prepared.phrase} and enter to KILL it now; ${keyInField(world.look, 'run:rotate')}: rotate instead; esc leaves`,
        state.typed,
        true,
        width,
        world.look,
      );
  }
};

/** Of many targets: how many have ended, how fast, and how long the rest will take. */
const farWords = ({ done, total, failed, unsure, perMinute, leftMs }: FarLine): string =>
  [
    `${done} of ${total}`,
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(unsure === 0 ? [] : [`${unsure} UNSURE`]),
    ...(perMinute === null || leftMs === null
      ? []
      : [`${perMinute} a minute`, `about ${formatDuration(leftMs)} left`]),
    'esc stops after what is under way',
  ].join(', ');
type FarLine = Extract<RunLine, { is: 'progress' }>;

const progressLine = (state: RunState, world: World): Line => {
  const elapsed = state.since === null ? 0 : Math.max(0, world.now - state.since);
  const far = state.lines.findLast((one) => one.is === 'progress');
  if (far !== undefined) return quiet(line(span('RUNNING ', 'info'), farWords(far)));
  const finished = new Set(
    state.lines.flatMap((one) => (one.is === 'outcome' || one.is === 'by-hand' ? [one.target] : [])),
  ).size;
  return quiet(
    line(
      span('RUNNING ', 'info'),
      `${finished} of ${state.prepared.targets.length} answered, ${formatDuration(elapsed)}, each call ends after ${limits.exchangeMs / 1000} s at most`,
    ),
  );
};

const page = (state: RunState, world: World, room: Room): Page => {
  const width = room.columns;
  if (state.stage === 'reason' || state.stage === 'confirm') {
    return {
      lines: previewLines(state, world, width),
      foot: question(state, world, width),
    };
  }
  const lines = latestLines(state.lines).flatMap((one) =>
    runLine(one, { width, raw: state.raw, step: state.prepared.step, look: world.look }),
  );
  const head = line(span(state.prepared.title, 'strong'));
  if (state.stage === 'running')
    return { lines: [head, blank, ...lines], foot: [progressLine(state, world)] };
  const end =
    state.report === null
      ? []
      : paragraph(reportWords[state.report.state].text, width, reportWords[state.report.state].tone);
  const trouble = state.trouble === null ? [] : troubleLines(state.trouble, width);
  return {
    lines: [head, blank, ...trouble, ...lines],
    foot: [...end, line(span('enter: go on', 'dim'))],
  };
};

const disabled = (id: string, state: RunState, world: World): string | null => {
  if (id === 'run:ask' || id === 'run:approve') {
    if (state.stage === 'running' || state.stage === 'ended') return 'it is done';
    const approved = approvedAs(state.prepared);
    if (state.prepared.direction === 'undo' && approved !== RELEASE) return 'an undo needs nobody else';
    if (id === 'run:ask') return askingDisabled(approved, world);
    return approvalNow(approved, world)?.enough === false ? null : 'nothing waits for an approval';
  }

  if (id === 'run:yes' && state.prepared.friction === 'type-target') return 'this needs the name typed';
  if (id === 'run:yes' && state.prepared.targets.length === 0) return 'no target is known';
  if (id === 'run:yes' && state.stage !== 'confirm') return 'nothing waits for a confirmation';
  if (id === 'run:rotate' && state.rotation === null) return 'nothing here is replaced by a new one';
  if (id === 'run:rotate' && state.stage !== 'confirm') return 'nothing waits for a confirmation';
  if (id === 'run:waive' && state.waived) return 'no evidence step is open';
  return null;
};

export const runScreen: ScreenKind<RunState> = {
  keys: runKeys,
  title: (state) =>
    state.stage === 'ended'
      ? 'Result'
      : state.stage === 'running'
        ? 'Running'
        : 'Preview: nothing has been sent',
  typing: isTyping,
  press: pressRun,
  hear: hearRun,
  page,
  disabled,
};
