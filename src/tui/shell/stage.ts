import type { OpenDrill, OpenIncident } from '../../app/contract.ts';
import { Problem } from '../../base/problem.ts';
import { limits } from '../../model/limits.ts';
import type { Effect, Job, ScreenEvent, World } from '../screen.ts';
import { troubleOf, type Trouble } from '../trouble.ts';
import { troubleBlocks } from './blocks.ts';
import type { Message, Waiting } from './model.ts';

/** What performing needs: the world as it is now, a way to answer, and the terminal's two tricks. */
export type Stage = Readonly<{
  world: () => World;
  send: (message: Message) => void;
  enter: (incident: OpenIncident | null, drill: OpenDrill | null) => void;
  markSeen: () => void;
  markRead: () => void;
  /** Asks the drill that is facilitated from here how it stands. */
  look: () => Promise<void>;
  suspend: () => Promise<void>;
  repaint: () => Promise<void>;
  /** Numbers what is waited for. */
  waits: { last: number };
  /** Stops what runs, between two targets or two letters. */
  running: Map<Job, AbortController>;
}>;

export const present = (world: World): OpenIncident => {
  if (world.incident === null) throw new Error('no incident is open');
  return world.incident;
};

export const tell = (stage: Stage, ...effects: readonly Effect[]): void =>
  stage.send({ is: 'effects', effects });

/** Shown at once and taken away at the end, however it ends. What came of it is told, unless nobody waits any longer. */
export const waiting = async <T>(
  stage: Stage,
  about: Readonly<{ what: string; timeoutMs?: number; keys: Waiting['keys'] }>,
  work: () => Promise<T>,
  then: (made: T) => readonly Effect[],
): Promise<void> => {
  const id = (stage.waits.last += 1);
  const since = stage.world().now;
  stage.send({ is: 'waiting', waiting: { timeoutMs: limits.exchangeMs, ...about, id, since } });
  const free = about.keys === 'free';
  let effects: readonly Effect[];
  try {
    effects = then(await work());
  } catch (error) {
    const trouble = troubleOf(error, stage.world().look);
    // Nothing is put in front of a person who went on with something else.
    effects = free
      ? [{ do: 'say', tone: 'bad', text: `${about.what}: ${trouble.failed}` }]
      : troubleEffects(trouble);
  }
  if (free) tell(stage, ...effects);
  stage.send({ is: 'waited', id, effects: free ? [] : effects });
};

/**
 * What goes on for a while, heard by its screen. `alone`: a second one of its kind is refused while it goes on; letters that are sent by
 * two at once would arrive twice.
 */
export const working = async (
  stage: Stage,
  job: Job,
  alone: string | null,
  work: (stop: AbortSignal) => Promise<ScreenEvent>,
): Promise<void> => {
  const heard = (event: ScreenEvent): void => stage.send({ is: 'event', event });
  if (alone !== null && stage.running.has(job))
    return heard({
      is: 'failed',
      job,
      trouble: troubleOf(new Problem('usage', { why: alone }), stage.world().look),
    });
  const stop = new AbortController();
  stage.running.set(job, stop);
  try {
    heard(await work(stop.signal));
  } catch (error) {
    heard({ is: 'failed', job, trouble: troubleOf(error, stage.world().look) });
  } finally {
    if (stage.running.get(job) === stop) stage.running.delete(job);
  }
};

export const troubleEffects = (trouble: Trouble): readonly Effect[] => [
  { do: 'read', title: 'It did not work', blocks: troubleBlocks(trouble) },
];

/** How often a person is told how far it is: more often nobody can read it. */
const TOLD_MS = 250;

/** Lets a word of how far it is through once the last one is old enough; a time that begins anew is told at once. */
export const sometimes = <P extends Readonly<{ msSpent: number }>>(hear: (progress: P) => void) => {
  let told = Number.NEGATIVE_INFINITY;
  return (progress: P): void => {
    if (progress.msSpent >= told && progress.msSpent - told < TOLD_MS) return;
    told = progress.msSpent;
    hear(progress);
  };
};
