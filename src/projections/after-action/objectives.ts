import type { StepView } from '../../incident/ready.ts';
import type { Card } from '../programme/card.ts';
import type { Objective } from './scenario.ts';

/** P performed, S performed with some challenges, M with major challenges, U unable to be performed; `-` not measured. */
export type Rating = 'P' | 'S' | 'M' | 'U' | '-';

export const ratingWords: Readonly<Record<Rating, string>> = {
  P: 'performed',
  S: 'performed, some challenges',
  M: 'performed, major challenges',
  U: 'not performed',
  '-': 'not measured',
};

/** Said in the report, word for word, because nobody trusts a letter that fell from the sky. */
export const RATING_RULE =
  'Each objective names measures and critical steps; a measure counts as held when it met its target, a step when it was done. P: all held and nobody had to help. S: all held with help, or at least two thirds held. M: at least one third held. U: fewer. Steps that were not needed and measures that nobody took do not count.';

export type ObjectiveRow = Readonly<{
  id: string;
  says: string;
  rating: Rating;
  /** What was asked for, with its target, and what became of it. */
  held: readonly string[];
  missed: readonly string[];
  unmeasured: readonly string[];
}>;

export const objectiveRow = (
  objective: Objective,
  card: Card | null,
  steps: ReadonlyMap<string, StepView>,
): ObjectiveRow => {
  const [held, missed, unmeasured]: [string[], string[], string[]] = [[], [], []];
  for (const id of objective.measures ?? []) {
    const found = card?.measures.find((measure) => measure.id === id);
    if (found === undefined) unmeasured.push(id);
    else (found.met ? held : missed).push(`${found.title}: ${found.value} (target ${found.target})`);
  }
  for (const id of objective.steps ?? []) {
    const view = steps.get(id);
    if (view === undefined) unmeasured.push(id);
    else if (view.status === 'done' || view.status === 'hand') held.push(`${id} done`);
    else if (view.status !== 'void') missed.push(`${id} ${view.status === 'skip' ? 'left out' : 'not done'}`);
  }
  const helped = card?.measures.some(({ id, met }) => id === 'assists' && !met) ?? false;
  const rating = rated(held.length, held.length + missed.length, helped);
  return { id: objective.id, says: objective.says, rating, held, missed, unmeasured };
};

const rated = (held: number, of: number, helped: boolean): Rating => {
  if (of === 0) return '-';
  if (held === of) return helped ? 'S' : 'P';
  if (held * 3 >= of * 2) return 'S';
  return held * 3 >= of ? 'M' : 'U';
};
