import { hasEnded } from '../../incident/ready.ts';
import type { StepStatus } from '../../incident/ready.ts';
import type { Seen } from './seen.ts';

/** Which steps the tests of a runbook reached, and which way each of its conditions went. */

export type Branch = Readonly<{ step: string; when: string; holds: boolean }>;
export type Coverage = Readonly<{
  steps: number;
  branches: number;
  /** Steps that no test took. */
  unreached: readonly string[];
  /** Ways of conditions that no test took. */
  untaken: readonly Branch[];
}>;

export type Conditional = Readonly<{ id: string; when: string | null }>;
/** Of one played test: where each step stood at its end, in the order of the plan. */
type Played = Pick<Seen, 'path' | 'steps'>;

/** A step counts as left out once the play has gone past it; what a test never came to says nothing about it. */
const wentPast = (steps: readonly Conditional[], { path, steps: stand }: Played): number => {
  const open = [...stand.values()].some((status: StepStatus) => !hasEnded(status));
  if (!open) return steps.length;
  const taken = new Set(path);
  return steps.findLastIndex(({ id }) => taken.has(id)) + 1;
};

const took = (id: string, { path, steps }: Played): boolean => {
  const status = steps.get(id);
  return path.includes(id) || status === 'fail' || status === 'unsure' || status === 'now';
};

export const coverageOf = (steps: readonly Conditional[], played: readonly Played[]): Coverage => {
  const reached = new Set<string>();
  const leftOut = new Set<string>();
  for (const one of played) {
    const past = wentPast(steps, one);
    for (const [place, { id }] of steps.entries()) {
      if (took(id, one)) reached.add(id);
      else if (place < past && one.steps.get(id) === 'void') leftOut.add(id);
    }
  }
  const branches = steps.flatMap(({ id, when }) =>
    when === null ? [] : [true, false].map((holds) => ({ step: id, when, holds })),
  );
  return {
    steps: steps.length,
    branches: branches.length,
    unreached: steps.filter(({ id }) => !reached.has(id)).map(({ id }) => id),
    untaken: branches.filter(({ step, holds }) => !(holds ? reached : leftOut).has(step)),
  };
};
