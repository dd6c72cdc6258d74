import type { Remap } from '../app/contract.ts';
import { trouble, type Trouble } from '../app/trouble.ts';
import { isProblem, type ProblemCode } from '../base/problem.ts';
import { keyOf, type BindingId } from './keys.ts';

export type { Trouble } from '../app/trouble.ts';

type Key = (id: BindingId) => string;

/** What to do about it here, by key, in place of the commands that do the same. */
const byKey: Readonly<Partial<Record<ProblemCode, (key: Key) => readonly string[]>>> = {
  'missing-secret': (key) => [
    `${key('run:hand')} shows the way by hand`,
    'firebreak doctor lists what else is missing',
  ],
  'remote-failed': (key) => [
    `${key('app:back')}, then ${key('step:run')} tries again, which is safe`,
    `${key('run:hand')} shows the way by hand`,
  ],
  'outcome-unknown': (key) => [
    `${key('app:back')}, then ${key('step:recheck')} asks the real systems`,
    'do not run the step again before that',
  ],
  'plan-changed': (key) => [
    `${key('app:back')}, then ${key('step:run')}: look at the new preview and confirm that`,
  ],
  'engine-held': (key) => [
    `${key('incident:note')} still writes a note; ${key('step:take-over')} takes the incident over`,
  ],
  'step-not-ready': (key) => [`${key('step:current')} goes to the step to take now`],
};

/** The words of a trouble with the person's own keys that help; the words themselves are those of the command line. */
export const troubleOf = (error: unknown, look: Readonly<{ remap?: Remap }>): Trouble => {
  const said = trouble(error);
  const next = isProblem(error) ? byKey[error.code] : undefined;
  return next === undefined ? said : { ...said, next: next((id) => keyOf(look, id)) };
};
