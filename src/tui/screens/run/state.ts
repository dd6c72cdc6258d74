import { keyOf } from '../../keys.ts';
import type { RunState } from '../../places.ts';
import type { Prepared, RotationPlan } from '../../../app/contract.ts';
import { hasNoRow, stepsOf } from '../../../model/plan.ts';
import { RELEASE } from '../../../projections/people.ts';
import { WAIVER } from '../../forms/steps.ts';
import { keptWords, maskSecrets } from '../../../base/mask.ts';
import { approvalNow, approveHere, askOthers } from '../../parts/approval.ts';
import { emptyField, fieldOf, pasteInto, typeInto } from '../../parts/field.ts';
import {
  doing,
  stay,
  type Effect,
  type Next,
  type Press,
  type ScreenEvent,
  type World,
} from '../../screen.ts';
import { onward } from '../../forms/form.ts';

export const previewing = (prepared: Prepared, rotation: RotationPlan | null = null): RunState => ({
  at: 'run',
  prepared,
  rotation,
  stage: prepared.needsReason === null ? 'confirm' : 'reason',
  typed: emptyField,
  reason: emptyField,
  waived: prepared.preserve.length === 0,
  raw: false,
  since: null,
  lines: [],
  report: null,
  trouble: null,
});

/** Typing a field: the reason, or the name of the target once nothing else stands before it. */
export const isTyping = (state: RunState, world: World): boolean => {
  const { stage, prepared, waived } = state;
  if (stage === 'reason') return true;
  // What waits for others has nothing to be typed yet, and its keys are letters.
  return stage === 'confirm' && waived && prepared.friction === 'type-target' && !lacksApproval(state, world);
};

const run = (
  state: RunState,
  world: World,
  confirmed: Readonly<{ yes?: boolean; typed?: string }>,
): Next<RunState> => {
  const reason = state.reason.text.trim();
  const confirmation = reason === '' ? confirmed : { ...confirmed, reason };
  return doing(
    { ...state, stage: 'running', since: world.now },
    { do: 'run', prepared: state.prepared, confirmation },
  );
};

const evidenceFirst = ({ look }: World): string =>
  `Evidence first: esc to do those steps, or ${keyOf(look, 'run:waive')} to go on without.`;
/** Where no row could be named, nobody is sent to answer a question for it. */
export const whyNoTarget = ({ prepared }: RunState, { view }: World): string => {
  const plan = view?.state.plan ?? null;
  const step = plan === null ? undefined : stepsOf(plan).find(({ id }) => id === prepared.step);
  return step !== undefined && hasNoRow(step)
    ? 'the inventory had no row for it when it was declared.'
    : 'no target is known. Answer the step that names them.';
};

const noTarget = (state: RunState, world: World): string =>
  `Nothing to run: ${whyNoTarget(state, world)} By hand: ${keyOf(world.look, 'run:hand')}.`;

const notApproved = ({ look }: World): string =>
  `It needs the approval of somebody else, and no reason stands in for it: ${keyOf(look, 'run:ask')} asks, ${keyOf(look, 'run:approve')} approves here.`;

/** Under which name its approval is found: its step, or the release as a whole. */
export const approvedAs = ({ step, release }: Prepared): string | null => (release === true ? RELEASE : step);

export const lacksApproval = ({ prepared }: RunState, world: World): boolean => {
  const approval = approvalNow(approvedAs(prepared), world);
  return approval?.strict === true && !approval.enough;
};

const say = (state: RunState, text: string): Next<RunState> =>
  doing(state, { do: 'say', tone: 'warn', text });

/** Enter takes what was typed. With nothing typed it confirms only what reads; everything else wants `y` or the name. */
const enter = (state: RunState, world: World): Next<RunState> => {
  const { prepared, stage } = state;
  // What was run is over: the incident shows its current step again.
  if (stage === 'ended')
    return doing(
      state,
      { do: 'back' },
      ...(state.report?.state === 'proved' && prepared.step !== null ? [onward] : []),
    );
  if (stage === 'running') return stay(state);
  if (stage === 'reason') {
    if (state.reason.text.trim() === '' && approvalNow(prepared.step, world)?.enough !== true)
      return say(state, 'A reason is needed: it is recorded as an override.');
    const { text, masked } = maskSecrets(state.reason.text);
    return masked.length === 0
      ? stay({ ...state, stage: 'confirm' })
      : say({ ...state, reason: fieldOf(text) }, keptWords(masked));
  }
  if (prepared.targets.length === 0) return say(state, noTarget(state, world));
  if (!state.waived) return say(state, evidenceFirst(world));
  if (lacksApproval(state, world)) return say(state, notApproved(world));
  if (prepared.friction === 'enter') return run(state, world, { yes: true });
  if (prepared.friction === 'yes')
    return say(state, `Enter confirms nothing here. ${keyOf(world.look, 'run:yes')} runs it, esc leaves it.`);
  if (state.typed.text.trim() !== prepared.phrase) return say(state, `Type exactly: ${prepared.phrase}`);
  return run(state, world, { typed: state.typed.text.trim() });
};

const yes = (state: RunState, world: World): Next<RunState> => {
  if (state.stage !== 'confirm') return stay(state);
  if (state.prepared.targets.length === 0) return say(state, noTarget(state, world));
  if (!state.waived) return say(state, evidenceFirst(world));
  if (lacksApproval(state, world)) return say(state, notApproved(world));
  return state.prepared.friction === 'type-target' ? stay(state) : run(state, world, { yes: true });
};

/** The longer way: the same evidence, reason and approval stand before it. */
const rotate = (state: RunState, world: World): Next<RunState> => {
  const { rotation, stage, reason } = state;
  if (rotation === null || stage !== 'confirm') return stay(state);
  if (!state.waived) return say(state, evidenceFirst(world));
  if (lacksApproval(state, world)) return say(state, notApproved(world));
  return doing(state, {
    do: 'form',
    purpose: { for: 'rotate', plan: rotation, reason: reason.text.trim() },
  });
};

const waive = (state: RunState): Next<RunState> => {
  const { step, preserve } = state.prepared;
  if (state.waived || state.stage !== 'confirm') return stay(state);
  const effects = preserve.map((id): Effect => ({
    do: 'act',
    command: { do: 'waive', step, preserve: id, reason: WAIVER },
    said: 'Waived: the reason is recorded.',
  }));
  return doing({ ...state, waived: true }, ...effects);
};

/** What was sent cannot be called back; what was not begun need not be. */
const stopping = (state: RunState): Next<RunState> =>
  state.prepared.targets.length < 2
    ? say(state, 'It is running and cannot be called back; leave with ctrl+c twice, it becomes UNSURE.')
    : doing(
        state,
        { do: 'stop', job: 'run' },
        { do: 'say', tone: 'warn', text: 'Stopping after what is under way. Nothing further is begun.' },
      );

const command = (state: RunState, id: string, world: World): Next<RunState> => {
  const { step, direction, release } = state.prepared;
  const approved = approvedAs(state.prepared);
  switch (id) {
    case 'run:enter':
      return enter(state, world);
    case 'run:yes':
      return yes(state, world);
    case 'run:waive':
      return waive(state);
    case 'run:rotate':
      return rotate(state, world);
    case 'run:ask':
      return approved === null ? stay(state) : doing(state, askOthers(approved));
    case 'run:approve':
      return approved === null ? stay(state) : doing(state, approveHere(approved, world));
    case 'run:raw':
      return stay({ ...state, raw: !state.raw });
    case 'run:again':
      if (release === true && state.stage !== 'running')
        return doing(
          state,
          state.stage === 'ended' ? { do: 'recheck', step: null } : { do: 'prepare-release' },
        );
      if (step === null || state.stage === 'running') return stay(state);
      return state.stage === 'ended'
        ? doing(state, { do: 'recheck', step })
        : doing(state, { do: 'prepare', step, direction });
    case 'run:hand':
      return step === null ? stay(state) : doing(state, { do: 'manual', step });
    case 'app:back':
      return state.stage === 'running' ? stopping(state) : doing(state, { do: 'back' });
    default:
      return stay(state);
  }
};

export const pressRun = (state: RunState, press: Press, world: World): Next<RunState> => {
  if (press.is === 'command') return command(state, press.id, world);
  if (!isTyping(state, world)) return stay(state);
  const name = state.stage === 'reason' ? 'reason' : 'typed';
  const typed =
    press.is === 'paste'
      ? pasteInto(state[name], press.text, 'line')
      : typeInto(state[name], press.key, 'line');
  return typed === null ? stay(state) : stay({ ...state, [name]: typed });
};

/** Only the newest word of how far it is counts. */
const withoutProgress = (lines: RunState['lines'], line: RunState['lines'][number]): RunState['lines'] =>
  line.is === 'progress' ? lines.filter(({ is }) => is !== 'progress') : lines;

export const hearRun = (state: RunState, event: ScreenEvent): Next<RunState> => {
  if (event.is === 'heard')
    return stay({ ...state, lines: [...withoutProgress(state.lines, event.line), event.line] });
  if (event.is === 'report')
    return stay({
      ...state,
      stage: 'ended',
      report: event.report,
      lines: [...state.lines, ...event.report.lines],
    });
  return event.is === 'failed' ? stay({ ...state, stage: 'ended', trouble: event.trouble }) : stay(state);
};
