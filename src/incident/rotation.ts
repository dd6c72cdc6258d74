import type { Stage } from '../model/action.ts';
import type { Recorded } from '../model/event.ts';
import { inDoubt, put } from './state.ts';
import type { Act, IncidentState, RotationState } from './state.ts';

export type RotationEntry =
  | Recorded<'rotation.begun'>
  | Recorded<'credential.made'>
  | Recorded<'rotation.ended'>;

export const isAboutRotation = (entry: Recorded): entry is RotationEntry =>
  entry.kind === 'rotation.begun' || entry.kind === 'credential.made' || entry.kind === 'rotation.ended';

export const rotationsChanged = (
  rotations: IncidentState['rotations'],
  entry: RotationEntry,
): IncidentState['rotations'] => {
  if (entry.kind === 'rotation.begun') {
    const { n, recorded_at: at, actor: by, pub } = entry;
    return put(rotations, n, { ...pub, n, at, by, made: null, ended: null });
  }
  const before = rotations.get(entry.pub.rotation);
  if (before === undefined) return rotations;
  if (entry.kind === 'rotation.ended') return put(rotations, before.n, { ...before, ended: entry.pub.how });
  const { id, fingerprint } = entry.pub;
  return put(rotations, before.n, { ...before, made: { n: entry.n, id, fingerprint } });
};

/** The rotation of a credential that was begun and has not ended: gone on with, from wherever it is asked for. */
export const openRotation = (state: IncidentState, target: string): RotationState | null =>
  [...state.rotations.values()].findLast((one) => one.target === target && one.ended === null) ?? null;

/** What was tried at one stage of it, oldest first. */
export const stageActs = (state: IncidentState, rotation: number, stage: Stage): readonly Act[] =>
  [...state.acts.values()].filter((act) => act.rotation === rotation && act.stage === stage);

/** What is to be done next of a rotation; `revoke` is the old one’s end. */
export type NextStage = Stage | 'revoke' | 'done';

/**
 * Where a rotation goes on. Each stage rests on the one before it: one that was done again puts those after it in question, and
 * an attempt that nobody knows the end of is made again, which each stage can bear.
 */
export const nextStage = (state: IncidentState, rotation: RotationState): NextStage => {
  if (rotation.ended !== null) return 'done';
  const newest = (stage: Stage): Act | undefined =>
    stageActs(state, rotation.n, stage).findLast(({ direction }) => direction === 'do');
  const made = newest('make');
  if (rotation.made === null || made === undefined || inDoubt(made)) return 'make';
  // What a person made, nothing may be able to ask about: the service shows it then.
  if (rotation.make === null ? made.proof === 'refuted' : made.proof !== 'proved') return 'make';
  const placed = newest('place');
  if (placed === undefined || placed.undone || placed.intent < made.intent || !worked(placed)) return 'place';
  // Put back, or perhaps put back: the new one has to be put there again before anything rests on it.
  if (
    stageActs(state, rotation.n, 'place').some(
      ({ direction, intent }) => direction === 'undo' && intent > placed.intent,
    )
  )
    return 'place';
  const proved = newest('prove');
  if (proved === undefined || proved.proof !== 'proved' || proved.intent < placed.intent) return 'prove';
  if (oldOne(state, rotation)?.proof !== 'proved') return 'revoke';
  return 'after';
};

const worked = ({ result }: Act): boolean => result === 'done' || result === 'already';

/** The newest attempt to end the old credential, by this rotation or on the spot. */
export const oldOne = (state: IncidentState, { target, revoke }: RotationState): Act | undefined =>
  [...state.acts.values()].findLast(
    (act) =>
      act.target === target &&
      act.stage === undefined &&
      act.direction === 'do' &&
      !act.undone &&
      (act.action === revoke || act.effect === 'irreversible' || act.effect === 'destroys-evidence'),
  );

export const oldIsDead = (state: IncidentState, rotation: RotationState): boolean =>
  oldOne(state, rotation)?.proof === 'proved';
