import { keyOf } from '../../keys.ts';
import type { IncidentScreenState, Purpose } from '../../places.ts';
import { hasNoRow } from '../../../model/plan.ts';
import type { StepView } from '../../../projections/incident.ts';
import { approvalNow, approveHere, askingDisabled, askOthers, waitsForOthers } from '../../parts/approval.ts';
import { clamp, moveBy } from '../../parts/list.ts';
import { onlyRead, onlyReadWords } from '../../only-read.ts';
import { doing, stay, type Effect, type Next, type Press, type World } from '../../screen.ts';
import { holdBlocks } from './holds.ts';

export const incidentStart: IncidentScreenState = { at: 'incident', focused: null, list: false };

export const focusedStep = (state: IncidentScreenState, world: World): StepView | null => {
  const progress = world.view?.progress;
  if (progress === undefined) return null;
  const found = progress.steps.find(({ step }) => step.id === state.focused);
  return found ?? progress.current ?? progress.steps.at(-1) ?? null;
};

const hasEnded = ({ status }: StepView): boolean =>
  status === 'done' || status === 'hand' || status === 'skip' || status === 'void';

const form = (purpose: Purpose): Effect => ({ do: 'form', purpose });

/** Enter does the safe thing of a step: it asks, shows or previews, and never acts on a system. */
const doStep = (view: StepView, { look }: World): Effect => {
  const { step, status } = view;
  if (status === 'unsure') return { do: 'go', to: { at: 'unsure', step: step.id, chosen: 0 } };
  if (hasEnded(view))
    return {
      do: 'say',
      tone: 'plain',
      text:
        status === 'void'
          ? `Not needed: ${view.because}.`
          : `This step is finished; ${keyOf(look, 'step:reopen')} opens it again, with a reason.`,
    };
  switch (step.kind) {
    case 'act':
      return hasNoRow(step)
        ? form({ for: 'tick', step: step.id })
        : { do: 'prepare', step: step.id, direction: 'do' };
    case 'ask':
      return form({ for: 'ask', step: step.id });
    case 'decide':
      return form({ for: 'decide', step: step.id });
    case 'do':
      return form({ for: 'tick', step: step.id });
    case 'write':
      return { do: 'letter', letter: step.letter, step: step.id };
    case 'wait':
      return step.fact === null
        ? {
            do: 'say',
            tone: 'plain',
            text: `Waits ${step.for_minutes ?? 0} minutes from its start; space ends the wait with a result.`,
          }
        : form({ for: 'start', fact: step.fact });
  }
};

const reviewing = (world: World): Effect | null => {
  const [first] = world.view?.people.reviews ?? [];
  return first === undefined ? null : form({ for: 'review', override: first.n });
};

/** Commands that need no step, or act on the one in focus. */
const onStep = (id: string, view: StepView, world: World): Effect | null => {
  const { step } = view;
  switch (id) {
    case 'step:do':
      return doStep(view, world);
    case 'step:run':
    case 'step:preview':
      return view.status === 'unsure'
        ? doStep(view, world)
        : { do: 'prepare', step: step.id, direction: 'do' };
    case 'step:undo':
      return { do: 'prepare', step: step.id, direction: 'undo' };
    case 'step:tick':
      return form({ for: 'tick', step: step.id });
    case 'step:skip':
      return form({ for: 'skip', step: step.id });
    case 'step:reopen':
      return form({ for: 'reopen', step: step.id });
    case 'step:recheck':
      return { do: 'recheck', step: view.acts.length > 0 ? step.id : null };
    case 'step:hand':
      return { do: 'manual', step: step.id };
    case 'step:logs':
      // The pieces belong to the step that asks for evidence, and else to the incident alone.
      return { do: 'collect', step: step.kind === 'do' && step.evidence ? step.id : null };
    case 'step:ask-approval':
      return askOthers(step.id);
    case 'step:approve':
      return approvalNow(step.id, world)?.enough === false ? approveHere(step.id, world) : reviewing(world);
    case 'step:ring': {
      const only = step.kind === 'do' && step.call !== null ? [step.call] : null;
      return { do: 'go', to: { at: 'who', only, chosen: 0 } };
    }
    default:
      return null;
  }
};

const onIncident = (id: string, world: World): Effect | null => {
  switch (id) {
    case 'step:severity':
      return form({ for: 'severity' });
    case 'step:take-over':
      return form({ for: 'take-over' });
    case 'step:role':
      return form({ for: 'role' });
    case 'step:export':
      return form({ for: 'export' });
    case 'step:close':
      return form({ for: 'close' });
    case 'step:finish':
      return { do: 'finish-drill' };
    case 'step:holds':
      return { do: 'read', title: 'What is stopped', blocks: holdBlocks(world), offers: 'release' };
    case 'app:back':
      return { do: 'leave-incident' };
    default:
      return null;
  }
};

const move = (state: IncidentScreenState, id: string, world: World): IncidentScreenState | null => {
  const steps = world.view?.progress.steps ?? [];
  const at = steps.findIndex(({ step }) => step.id === focusedStep(state, world)?.step.id);
  const to = moveBy(id, clamp(at, steps.length), steps.length);
  return to === null ? null : { ...state, focused: steps[to]?.step.id ?? null };
};

export const pressIncident = (
  state: IncidentScreenState,
  press: Press,
  world: World,
): Next<IncidentScreenState> => {
  if (press.is !== 'command') return stay(state);
  const moved = move(state, press.id, world);
  if (moved !== null) return stay(moved);
  if (press.id === 'step:current') return stay({ ...state, focused: null, list: false });
  if (press.id === 'step:list') return stay({ ...state, list: !state.list });
  if (press.id === 'step:do' && state.list) return stay({ ...state, list: false });
  const view = focusedStep(state, world);
  const effect = (view === null ? null : onStep(press.id, view, world)) ?? onIncident(press.id, world);
  return effect === null ? stay(state) : doing(state, effect);
};

const waits = ({ look }: World): string =>
  `it needs the approval of somebody else first: ${keyOf(look, 'step:ask-approval')} asks, ${keyOf(look, 'step:approve')}: a colleague approves here`;

/** What acts or is the engine's alone, and what is refused beside it where nothing at all is to be written. */
const ACTS = /^step:(?:do|run|tick|skip|undo|reopen|close|severity|role|logs)$/;
/** Of a closed incident the steps are as they were left. */
const STEPS = /^step:(?:do|run|preview|tick|skip|undo|reopen|close)$/;
const WRITES = /^step:(?:recheck|ask-approval|approve|take-over|export|finish)$/;

const onlyReadHere = (id: string, world: World): string | null => {
  const why = onlyRead(world);
  return (why !== null && ACTS.test(id)) || (why === 'asked' && WRITES.test(id))
    ? onlyReadWords(world)
    : null;
};

/** Why a command cannot be used on the step in focus, in a sentence; null when it can. */
export const incidentDisabled = (id: string, state: IncidentScreenState, world: World): string | null => {
  const view = focusedStep(state, world);
  const acts = view?.step.kind === 'act';
  const only = onlyReadHere(id, world);
  if (only !== null) return only;
  if (world.view?.state.phase === 'closed' && STEPS.test(id) && !(id === 'step:do' && state.list))
    return `the incident is closed; ${keyOf(world.look, 'incident:note')} writes a note`;
  // Asked before anything is typed, so that no words are lost to a refusal.
  if ((id === 'step:do' && !state.list) || id === 'step:tick') {
    if (view?.step.kind === 'do' && waitsForOthers(view.step.id, world)) return waits(world);
  }
  switch (id) {
    case 'step:run':
    case 'step:preview':
      if (!acts) return 'this step has no action to run';
      if (hasNoRow(view.step))
        return `the inventory had no row for it; ${keyOf(world.look, 'step:hand')}: the way by hand`;
      return view.status === 'done' || view.status === 'hand'
        ? `it is done; ${keyOf(world.look, 'step:recheck')} asks the system again`
        : null;
    case 'step:undo':
      if (!acts) return 'this step has no action to undo';
      if (!view.step.reversible) return 'this action cannot be undone';
      return view.acts.some(({ result }) => result === 'done' || result === 'accepted')
        ? null
        : 'nothing was done yet';
    case 'step:recheck':
      return (world.view?.state.acts.size ?? 0) === 0 ? 'nothing was done to any system yet' : null;
    case 'step:reopen':
      return view !== null && hasEnded(view) && view.status !== 'void' ? null : 'the step is open';
    case 'step:tick':
      if (view?.step.kind === 'ask' || view?.step.kind === 'decide')
        return 'this step wants an answer: enter';
      return view !== null && hasEnded(view) ? 'the step has ended' : null;
    case 'step:skip':
      return view !== null && hasEnded(view) ? 'the step has ended' : null;
    case 'step:ask-approval':
      return askingDisabled(view?.step.id ?? null, world);
    case 'step:approve':
      return approvalNow(view?.step.id ?? null, world)?.enough === false ||
        (world.view?.people.reviews.length ?? 0) > 0
        ? null
        : 'nothing waits for a second person';
    case 'step:take-over':
      return world.drill === null ? null : 'a drill is played in one place; end it there';
    case 'step:finish':
      return world.drill === null ? 'this is not a drill' : null;
    default:
      return null;
  }
};
