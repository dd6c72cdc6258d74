import { MINUTE, SECOND } from '../base/duration.ts';
import { parseInstant } from '../base/instant.ts';
import type { Instant } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import type { Fault } from '../connectors/simulator.ts';
import type { RunReport } from '../engine/lines.ts';
import type { Progress, StepView } from '../incident/ready.ts';
import { limits } from '../model/limits.ts';
import type { Answer, Command } from '../model/command.ts';
import type { Deed, Known } from '../model/scenario.ts';
import type { DrillSource } from '../model/drill.ts';
import type { Move } from '../model/move.ts';
import type { PlannedStep } from '../model/plan.ts';

/**
 * The scripted responder: takes the current step, does what `drill.yaml` says a good responder does there, and goes on.
 * It uses the same door as a person, so that a drill that passes is a runbook that works. Started again after a crash it
 * goes on at the same step.
 */
export interface Player {
  now(): Instant;
  progress(): Progress;
  act(command: Command): Promise<void>;
  /** Prepares, confirms as the step demands, runs. `reason` where a typed one is asked for. */
  runStep(step: string, reason: string): Promise<RunReport>;
  /** Asks for the approvals that the step needs, and gets them from the people of the made-up company. */
  approve(step: string): Promise<void>;
  recheck(step: string): Promise<RunReport>;
  writeLetter(
    step: string,
    letter: string,
  ): Promise<Readonly<{ complete: boolean; missing: readonly string[] }>>;
  /** Lets happen what is due, and arms the faults set for this step. */
  meanwhile(step: string): Promise<void>;
  /** Takes back what a step did. */
  undo(step: string): Promise<void>;
  /** Stops one row of the inventory outside the steps. */
  stop(item: string, what: 'pause' | 'revoke'): Promise<void>;
  /** Records a fact outside the steps, or corrects it with the reason. */
  learn(fact: string, value: Known, because: string | undefined): Promise<void>;
  /** Whether the drill is over before its end. */
  over(): boolean;
  /** How fast this person is at a step: 1 is as usual. */
  pace(step: string): number;
  /** Lets drill time pass. */
  pass(ms: number): Promise<void>;
  made(secret: string): string;
  /** Inventory row that a secret of the drill belongs to. */
  itemOf(secret: string): string;
}

/** How long a practised person takes a step, beside what the machine takes: half its time-box, between 20 s and 4 min. */
const handMs = ({ minutes }: PlannedStep): number =>
  Math.min(Math.max((minutes * MINUTE) / 2, 20 * SECOND), 4 * MINUTE);

/** A step that is still open after this many is one that no script gets through. */
const TRIES = 4;

/** What the scripted responder does where it goes astray: deeds before a step, each once. */
export type Astray = Readonly<Record<string, readonly Deed[]>>;

export const play = async (
  player: Player,
  drill: DrillSource,
  say: (line: string) => void,
  astray: Astray = {},
): Promise<void> => {
  const tries = new Map<string, number>();
  for (;;) {
    const { current } = player.progress();
    if (current === null || player.over()) return;
    const { step } = current;
    if (!tries.has(step.id)) {
      const deeds = astray[step.id] ?? [];
      for (const deed of deeds) say(await strayed(player, deed, drill));
      if (deeds.length > 0 && player.progress().current?.step.id !== step.id) {
        tries.set(step.id, 0);
        continue;
      }
    }
    const tried = (tries.get(step.id) ?? 0) + 1;
    tries.set(step.id, tried);
    if (tried > TRIES) throw new Problem('drill-not-passed', { step: step.id, why: current.because });
    await player.meanwhile(step.id);
    const did = await take(player, current, drill.moves[step.id], drill);
    say(`${step.id}: ${did}`);
    await player.pass(Math.round(handMs(step) * player.pace(step.id)));
  }
};

const strayed = async (player: Player, deed: Deed, drill: DrillSource): Promise<string> => {
  if ('wait' in deed) {
    await player.pass(deed.wait * MINUTE);
    return `waited ${deed.wait} min`;
  }
  if ('undo' in deed) {
    await player.undo(deed.undo);
    return `${deed.undo}: taken back`;
  }
  if ('stop' in deed) {
    await player.stop(deed.stop.item, deed.stop.what);
    return `${deed.stop.item}: ${deed.stop.what} outside the steps`;
  }
  if ('learn' in deed) {
    const { fact, value, because: why } = deed.learn;
    await player.learn(fact, value, why);
    return `${fact}: recorded outside the steps`;
  }
  const view = player.progress().steps.find(({ step }) => step.id === deed.take);
  if (view === undefined)
    throw new Problem('drill-not-passed', { step: deed.take, why: 'there is no such step' });
  await player.meanwhile(deed.take);
  const did = await take(player, view, drill.moves[deed.take], drill);
  await player.pass(Math.round(handMs(view.step) * player.pace(view.step.id)));
  return `${deed.take}, out of order: ${did}`;
};

const take = async (
  player: Player,
  view: StepView,
  move: Move | undefined,
  drill: DrillSource,
): Promise<string> => {
  const { step } = view;
  if (view.status === 'unsure') return await settle(player, step.id);
  if (move !== undefined && 'skip' in move) {
    await player.act({ do: 'skip', step: step.id, reason: move.skip });
    return 'skipped with a reason';
  }
  switch (step.kind) {
    case 'act':
      return await runIt(player, view, move);
    case 'ask':
      await player.act({
        do: 'answer',
        step: step.id,
        answer: answerOf(step, move, player, drill),
        ...because(move),
      });
      if (move === undefined || !('rule_out' in move)) return 'answered';
      await player.act({ do: 'rule-out', fact: step.fact, reason: move.rule_out });
      return 'ruled out';
    case 'decide':
      return await decideIt(player, step, move);
    case 'do':
      if (step.approvals > 0) await player.approve(step.id);
      await player.act(byHand(step, recordOf(move), player.now()));
      return 'done by hand';
    case 'wait':
      await player.act({ do: 'tick', step: step.id, result: recordOf(move) });
      return 'waited';
    case 'write':
      return await writeIt(player, step.id, step.letter);
  }
};

/** What the script records at a step that submits a duty is its proof. */
const byHand = (step: Extract<PlannedStep, { kind: 'do' }>, result: string, at: Instant): Command => {
  const tick = { do: 'tick', step: step.id, result } as const;
  return step.submits === null ? tick : { ...tick, submitted: { at, reference: result } };
};

const recordOf = (move: Move | undefined): string =>
  move !== undefined && 'record' in move ? move.record : 'Done as the runbook says.';

const runIt = async (
  player: Player,
  { step, targets }: StepView,
  move: Move | undefined,
): Promise<string> => {
  if (targets.length === 0) {
    await player.act({ do: 'skip', step: step.id, reason: 'Nothing in the inventory is meant by it.' });
    return 'nothing to act on';
  }
  const given = move !== undefined && 'run' in move ? move.because : undefined;
  const reason = given ?? 'Alone on call; to be reviewed.';
  const report = await player.runStep(step.id, reason);
  if (report.state === 'by-hand' || report.state === 'unproved') {
    await player.act({ do: 'tick', step: step.id, result: recordOf(move) });
  }
  return `${report.state}${report.state === 'proved' ? '' : ` (${report.lines.map((line) => line.target).join(', ')})`}`;
};

/** Asks the system, waits until a request under way must have ended, asks again. */
const settle = async (player: Player, step: string): Promise<string> => {
  const first = await player.recheck(step);
  if (first.state !== 'unsure') return `was unsure, asked the system: ${first.state}`;
  await player.pass(limits.inFlightMs);
  const again = await player.recheck(step);
  return `was unsure, asked the system twice: ${again.state}`;
};

const decideIt = async (
  player: Player,
  step: Extract<PlannedStep, { kind: 'decide' }>,
  move: Move | undefined,
): Promise<string> => {
  if (move === undefined || !('decide' in move))
    throw new Problem('drill-not-passed', { step: step.id, why: 'drill.yaml decides nothing here' });
  await player.act({
    do: 'decide',
    step: step.id,
    option: move.decide,
    rationale: move.because,
    decider: step.decider,
  });
  return `decided: ${move.decide}`;
};

const writeIt = async (player: Player, step: string, letter: string): Promise<string> => {
  const { complete, missing } = await player.writeLetter(step, letter);
  return complete
    ? `letter ${letter} is complete`
    : `letter ${letter} drafted, still missing: ${missing.join('; ')}`;
};

const answerOf = (
  step: Extract<PlannedStep, { kind: 'ask' }>,
  move: Move | undefined,
  player: Player,
  drill: DrillSource,
): Answer => {
  if (move === undefined)
    throw new Problem('drill-not-passed', { step: step.id, why: 'drill.yaml has no answer to it' });
  if ('unknown' in move || 'rule_out' in move) return { is: 'unknown' };
  if ('range' in move) return { is: 'range', ...move.range };
  if ('secrets' in move) {
    return {
      is: 'secret',
      credentials: move.secrets.map((name) => ({ item: player.itemOf(name), value: player.made(name) })),
    };
  }
  if ('answer' in move) return typed(step, move.answer, drill);
  throw new Problem('drill-not-passed', { step: step.id, why: 'drill.yaml answers in the wrong way' });
};

const because = (move: Move | undefined): Readonly<{ reason?: string }> =>
  move !== undefined && 'answer' in move && move.because !== undefined ? { reason: move.because } : {};

type Given = Extract<Move, { answer: unknown }>['answer'];

const typed = (step: Extract<PlannedStep, { kind: 'ask' }>, given: Given, drill: DrillSource): Answer => {
  switch (step.answer) {
    case 'text':
    case 'long-text':
      return { is: 'text', text: String(given) };
    case 'number':
      return { is: 'number', value: Number(given) };
    case 'yes-no':
      return { is: 'yes-no', value: given === true || given === 'yes' };
    case 'choice':
      return { is: 'choice', id: String(given) };
    case 'items':
      return { is: 'items', ids: Array.isArray(given) ? given.map(String) : [String(given)] };
    case 'time': {
      const at = parseInstant(given === 'earliest' ? drill.earliest : String(given));
      if (at === null)
        throw new Problem('drill-not-passed', {
          step: step.id,
          why: `${String(given)} is not a time with an offset`,
        });
      return { is: 'time', at };
    }
    case 'range':
    case 'secret':
      throw new Problem('drill-not-passed', {
        step: step.id,
        why: `drill.yaml must answer it with ${step.answer === 'range' ? 'range' : 'secrets'}`,
      });
  }
};

/** The faults set for a step, as the simulator takes them. */
export const faultsFor = (
  drill: DrillSource,
  step: string,
): readonly Readonly<{ instance: string; fault: Fault }>[] =>
  (drill.faults ?? [])
    .filter((one) => one.before === step)
    .map((one) => {
      const met = {
        ...(one.path === undefined ? {} : { path: one.path }),
        ...(one.method === undefined ? {} : { method: one.method }),
      };
      if (one.is !== 'status') return { instance: one.instance, fault: { is: one.is, ...met } };
      const retry = one.retry_after === undefined ? {} : { retryAfter: one.retry_after };
      return {
        instance: one.instance,
        fault: { is: 'status', status: one.status ?? 503, ...retry, ...met },
      };
    });
