import { isProblem } from '../../base/problem.ts';
import type { Job } from '../job.ts';
import type { Definitions, World } from '../world.ts';
import { instanceOf } from '../world.ts';

/**
 * What is most dangerous first: credentials of which a copy is in wrong hands, then what can never be switched back on, then the
 * rest, each as the plan lists them. The credential that the tool itself works with is last: without it nothing more could be done.
 */
export type Ordered = Readonly<{ first: readonly Job[]; last: readonly Job[] }>;

export const byDanger = async (
  world: World,
  definitions: Definitions,
  jobs: readonly Job[],
): Promise<Ordered> => {
  const own = await ownSecrets(world, definitions, jobs);
  const isOwn = ({ suspects }: Job): boolean => suspects.some((value) => own.has(value));
  const rank = (job: Job): number =>
    job.suspects.length > 0 ? 0 : job.action.effect === 'reads' || job.action.effect === 'reversible' ? 2 : 1;
  return {
    first: jobs.filter((job) => !isOwn(job)).toSorted((a, b) => rank(a) - rank(b)),
    last: jobs.filter(isOwn),
  };
};

/** The secrets of the systems that are about to be worked on, as far as they are at hand. */
const ownSecrets = async (
  world: World,
  definitions: Definitions,
  jobs: readonly Job[],
): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  // Only a credential somebody gave can be one of ours.
  const names = new Set(
    jobs.filter(({ suspects }) => suspects.length > 0).map(({ target }) => target.instance),
  );
  for (const name of names) {
    const secrets = instanceOf(definitions, name)?.secrets ?? {};
    for (const [secret, ref] of Object.entries(secrets)) {
      try {
        found.add((await world.secrets.resolve(ref, `${name}.${secret}`)).use());
      } catch (error) {
        if (!isProblem(error) || error.code !== 'missing-secret') throw error;
      }
    }
  }
  return found;
};
