import { stepsOf } from '../model/plan.ts';
import { placeOf, refText } from '../model/item.ts';
import { inDoubt } from '../incident/state.ts';
import type { Act, IncidentState } from '../incident/state.ts';

/** An attempt that may have happened, in the words of every page: nothing of it is private. */
export type Doubt = Readonly<{
  act: Act;
  /** As a person names it: `41`, or `41.7` for an item of the batch of entry 41. */
  ref: string;
  known: string;
  /** What shows that it worked, for a person who looks; empty outside a step. */
  check: string;
  /** What running it again would do. */
  again: string;
}>;

/** Attempts that nobody is about: while a process works on them, the missing outcome is on its way and no doubt. */
export const doubtsNow = (
  { state, engine }: Readonly<{ state: IncidentState; engine: string }>,
  step: string | null = null,
): readonly Doubt[] => doubts(state, step).filter(({ act }) => engine !== 'elsewhere' || act.result !== null);

/** Every attempt that may have happened, of one step or of all, in the order in which they were begun. */
export const doubts = (state: IncidentState, step: string | null = null): readonly Doubt[] => {
  const checks = new Map(
    (state.plan === null ? [] : stepsOf(state.plan)).map(({ id, verify }) => [id, verify]),
  );
  return [...state.acts.values()]
    .filter((act) => inDoubt(act) && (step === null || act.step === step))
    .map((act) => ({
      act,
      ref: refText(act.intent),
      known: `${knownOf(act)}${askedOf(act)}`,
      check: checks.get(act.step ?? '') ?? '',
      again: act.direction === 'undo' ? byPerson : againOf[act.retry],
    }));
};

const knownOf = (act: Act): string => {
  const { entry, place } = placeOf(act.intent);
  const open = act.result === null;
  if (place === null)
    return open
      ? 'no outcome was recorded: the tool or the line died in between'
      : 'no answer came that says how it ended';
  const item = `target ${place + 1} of the batch of entry ${entry}`;
  return open
    ? `${item}, which has not ended: it may not even have been begun`
    : `${item}: it was begun, and no answer says how it ended`;
};

const askedOf = ({ proof }: Act): string => {
  if (proof === 'unproved') return '; the system was asked and could not tell';
  if (proof === 'refuted')
    return '; the system said that it is not so, when the request could still have been under way';
  return '';
};

const byPerson = 'the tool does not run it again before a person said what became of it';

const againOf: Readonly<Record<Act['retry'], string>> = {
  A: 'running it again sends it under the same key, and the system takes the two for one',
  B: 'running it again reads the state first and does only what is missing',
  C: 'running it again asks the system first, and does it only if it did not happen',
  D: byPerson,
};
