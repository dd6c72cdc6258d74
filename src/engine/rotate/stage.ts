import { toHex } from '../../base/hash.ts';
import { z } from 'zod';
import type { Action, Outside } from '../../connectors/connector.ts';
import { stageActs } from '../../incident/rotation.ts';
import { inDoubt } from '../../incident/state.ts';
import type { Act, RotationState } from '../../incident/state.ts';
import type { Effect, Outcome, Proof, Stage } from '../../model/action.ts';
import { limits } from '../../model/limits.ts';
import { attempt } from '../attempt.ts';
import type { Attempted } from '../attempt.ts';
import { nowhere } from '../door.ts';
import type { Reached } from '../door.ts';
import type { Job } from '../job.ts';
import type { Engine, RunLine } from '../lines.ts';
import { suspectsOf } from '../prepare.ts';
import { asEntries } from '../record.ts';
import type { PreparedRotation } from './plan.ts';

/** What the stages of a rotation share: who they are for, and how one is attempted. */

/**
 * What a person gives on the way: the new credential they made, their word that it is in its place, and that it is to be put there
 * once more.
 */
export type Given = Readonly<{ fresh?: string; placed?: boolean; again?: boolean }>;

export type Course = Readonly<{
  engine: Engine;
  plan: PreparedRotation;
  /** The entry that began it. */
  rotation: number;
  given: Given;
  fingerprint: (secret: string) => string;
  heard: (line: RunLine) => void;
}>;

/** Null: go on. Else why it stops here, in a sentence. */
export type Halt = Readonly<{ is: 'by-hand' | 'failed' | 'unproved' | 'unsure'; why: string }> | null;

export const rotationOf = ({ engine, rotation }: Course): RotationState | null =>
  engine.ledger.state().rotations.get(rotation) ?? null;

/** The new credential, opened for use; null before it is made, and without the key. */
export const freshOf = (course: Course): string | null => {
  const made = rotationOf(course)?.made ?? null;
  return made === null ? null : course.engine.ledger.reveal({ n: made.n, name: 'secret' });
};

export const oldOnes = ({ engine, plan }: Course): readonly string[] =>
  suspectsOf(engine.ledger.state(), engine.ledger.reveal, plan.item);

export const actsOf = ({ engine, rotation }: Course, stage: Stage): readonly Act[] =>
  stageActs(engine.ledger.state(), rotation, stage);

/** What is done by no connector: it closes over what it needs, and its input is empty. */
export const own = (
  says: Readonly<{ title: string; effect: Effect }>,
  does: Readonly<{
    run: (outside: Outside) => Promise<Outcome>;
    verify: (outside: Outside) => Promise<Proof>;
    undo?: () => Promise<Outcome>;
  }>,
): Action => ({
  ...says,
  // Each of them does the same when it is done again.
  retry: 'B',
  confidence: 'confirmed',
  scopes: [],
  secrets: [],
  input: z.object({}),
  byHand: { where: '', steps: [], record: '' },
  preview: () => Promise.resolve({ calls: [], breaks: [], now: 'unknown', warnings: [] }),
  run: async (_input, outside) => await does.run(outside),
  verify: async (_input, outside) => await does.verify(outside),
  ...(does.undo === undefined ? {} : { undo: does.undo }),
});

export type Try = Readonly<{
  stage: Stage;
  action: Action;
  actionId: string;
  instance?: string | null;
  input?: Job['input'];
  /** Takes back what this attempt did. */
  undo?: Job['undo'];
  /** Through a connector’s door; without it nothing but what `own` closes over is reached. */
  open?: (key: string, keep: Outside['keep']) => Reached;
}>;

/** One attempt at a stage, with its entries before and after it. */
export const attempted = async (course: Course, one: Try): Promise<Attempted> => {
  const { engine, plan, rotation } = course;
  const { world, signal } = engine;
  const before = actsOf(course, one.stage);
  const suspects = oldOnes(course);
  const job: Job = {
    step: plan.step,
    target: { item: plan.item, instance: one.instance ?? null, connector: null, action: one.actionId },
    action: one.action,
    actionId: one.actionId,
    input: one.input ?? {},
    planSha256: plan.request.kill.planSha256,
    // One rotation makes one credential, however often it is begun: all its attempts go by one name.
    key: before[0]?.idem ?? toHex(world.random.bytes(16)),
    older: before.filter((act) => inDoubt(act) && act.direction === 'do' && (one.undo ?? null) === null),
    attempt: before.length + 1,
    confidence: one.action.confidence,
    suspects,
    undo: one.undo ?? null,
    rotation: { stage: one.stage, n: rotation },
    open: one.open ?? ((key, keep) => nowhere(world, { key, suspects, signal, keep })),
  };
  return await attempt(world, asEntries(engine.ledger, job), job, course.heard);
};

/** Asks until the answer is yes, or the time is over: what was just made or put there may need a moment to be known everywhere. */
export const until = async ({ engine }: Course, ms: number, ask: () => Promise<Proof>): Promise<Proof> => {
  const { clock } = engine.world;
  const end = clock.elapsed() + ms;
  for (let wait: number = limits.pollMs; ; wait = Math.min(wait * 2, limits.rotatePollMaxMs)) {
    const proof = await ask();
    const over = clock.elapsed() >= end || engine.signal.aborted || engine.stop?.aborted === true;
    if (proof.is === 'proved' || over) return proof;
    await clock.sleep(wait, engine.signal);
  }
};
