import { isProblem } from '../base/problem.ts';
import type { Json } from '../base/canonical.ts';
import type { Secret } from '../io/secrets.ts';
import type { Proof } from '../model/action.ts';
import type { Outside } from './connector.ts';
import { forAMinute } from './evidence.ts';

/**
 * The leaked credentials to kill, each once. What the tool itself works with is left out when there are others: killed among
 * them it would cut the tool off in the middle. Given alone it is killed like any other.
 */
export type Sorted = Readonly<{
  suspects: readonly Secret[];
  leftOut: readonly Secret[];
  /** The tool's own credential was given alone and is to be killed. */
  ownIsIt: boolean;
}>;

export const sortSuspects = (outside: Outside, own: readonly (Secret | null)[]): Sorted => {
  const ours = new Set(own.map((one) => one?.use()));
  const unique = [...new Map(outside.suspects.map((one) => [one.use(), one])).values()];
  const leftOut = unique.filter((one) => ours.has(one.use()));
  const others = unique.filter((one) => !ours.has(one.use()));
  return others.length === 0
    ? { suspects: unique, leftOut: [], ownIsIt: unique.length > 0 }
    : { suspects: others, leftOut, ownIsIt: false };
};

/** The instance's secret of this name; null where there is none: a kill that needs no credential of ours is not stopped. */
export const ownSecret = async (outside: Outside, name: string): Promise<Secret | null> => {
  try {
    return await outside.secret(name);
  } catch (error) {
    if (isProblem(error) && error.code === 'missing-secret') return null;
    throw error;
  }
};

const BY_HAND =
  'this is the credential firebreak itself works with: afterwards its other steps at this system are by hand until a new one is in place';

/** For the preview, before anything happened. */
export const ownWarnings = ({ leftOut, ownIsIt }: Sorted): readonly string[] => [
  ...(leftOut.length > 0
    ? [
        'the credential firebreak itself works with is among them: it is left out and stays alive; give it alone, last',
      ]
    : []),
  ...(ownIsIt ? [BY_HAND] : []),
];

/** For the detail of an outcome. */
export const ownNotes = ({ leftOut, ownIsIt }: Sorted): readonly string[] => [
  ...(leftOut.length > 0
    ? [
        'the credential firebreak itself works with was left out and is still alive, so not all are dead; give it alone, last',
      ]
    : []),
  ...(ownIsIt ? [BY_HAND] : []),
];

/** The proof of the others together with what was left out: while that one lives, the whole is not proved. */
export const withLeftOut = async (
  others: Proof,
  { leftOut }: Sorted,
  prove: (own: Secret) => Promise<Proof>,
): Promise<Proof> => {
  if (leftOut.length === 0) return others;
  const proofs = await eachOf(leftOut, prove);
  if (proofs.every((one) => one.is === 'proved')) {
    return { ...others, how: `${others.how}; the one that was left out is refused too` };
  }
  const alive = proofs.some((one) => one.is === 'refuted');
  const how = `${others.how}; the credential firebreak itself works with was left out and ${alive ? 'is still alive' : 'may still be alive'}, so the whole is not proved`;
  return { ...others, is: others.is === 'proved' ? 'unproved' : others.is, how };
};

/**
 * What is known of each credential before the first is killed, made durable at once: with the credential it is gone. Evidence
 * gets its minute, then the thief is cut off anyway. When nothing could be captured, nothing is kept.
 */
export const captured = async <Known extends Readonly<{ receipt: Json }>>(
  tokens: readonly Secret[],
  outside: Outside,
  capture: (token: Secret, outside: Outside) => Promise<Known>,
): Promise<readonly Known[]> => {
  const bounded = forAMinute(outside);
  const known = await eachOf(tokens, async (token) => await capture(token, bounded));
  if (known.some((one) => one.receipt !== null)) {
    await outside.keep({ credentials: known.map((one) => one.receipt) }, null);
  }
  return known;
};

/** Asks about many credentials, a few at a time, and keeps their order. */
export const eachOf = async <In, Out>(
  items: readonly In[],
  ask: (item: In, index: number) => Promise<Out>,
): Promise<readonly Out[]> => {
  const answers: Out[] = [];
  for (let at = 0; at < items.length; at += 8) {
    const group = items.slice(at, at + 8);
    answers.push(...(await Promise.all(group.map(async (item, index) => await ask(item, at + index)))));
  }
  return answers;
};
