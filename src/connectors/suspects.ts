import { isProblem } from '../base/problem.ts';
import type { Secret } from '../io/secrets.ts';
import type { Outside } from './connector.ts';

/**
 * The leaked credentials to kill, without the tool's own one when there are others: killing that first would cut the tool off
 * in the middle. Given alone it is killed like any other.
 */
export type Sorted = Readonly<{ suspects: readonly Secret[]; ownLeftOut: boolean; ownIsIt: boolean }>;

export const sortSuspects = async (outside: Outside, ownName: string): Promise<Sorted> => {
  const own = await ownSecret(outside, ownName);
  const unique = [...new Map(outside.suspects.map((one) => [one.use(), one])).values()];
  const others = unique.filter((one) => one.use() !== own);
  if (others.length === unique.length) return { suspects: unique, ownLeftOut: false, ownIsIt: false };
  return others.length === 0
    ? { suspects: unique, ownLeftOut: false, ownIsIt: true }
    : { suspects: others, ownLeftOut: true, ownIsIt: false };
};

const ownSecret = async (outside: Outside, name: string): Promise<string | null> => {
  try {
    return (await outside.secret(name)).use();
  } catch (error) {
    // The kill needs no credential of ours: a missing one must not stop it.
    if (isProblem(error) && error.code === 'missing-secret') return null;
    throw error;
  }
};

/** Asks about many credentials, a few at a time, and keeps their order. */
export const eachOf = async <In, Out>(
  items: readonly In[],
  ask: (item: In) => Promise<Out>,
): Promise<readonly Out[]> => {
  const answers: Out[] = [];
  for (let at = 0; at < items.length; at += 8) {
    answers.push(...(await Promise.all(items.slice(at, at + 8).map(ask))));
  }
  return answers;
};
