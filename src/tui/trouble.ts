import { trouble, type Trouble } from '../app/trouble.ts';
import { isProblem, type ProblemCode } from '../base/problem.ts';

export type { Trouble } from '../app/trouble.ts';

/** What to do about it here, by key, in place of the commands that do the same. */
const keys: Readonly<Partial<Record<ProblemCode, readonly string[]>>> = {
  'missing-secret': ['h shows the way by hand', 'firebreak doctor lists what else is missing'],
  'remote-failed': ['x tries again, which is safe', 'h shows the way by hand'],
  'outcome-unknown': ['r asks the real systems', 'do not run the step again before that'],
  'plan-changed': ['esc, then x: look at the new preview and confirm that'],
  'engine-held': ['n still writes a note; T takes the incident over'],
  'step-not-ready': ['. goes to the step to take now'],
};

/** The words of a trouble with the keys that help; the words themselves are those of the command line. */
export const troubleOf = (error: unknown): Trouble => {
  const said = trouble(error);
  const key = isProblem(error) ? keys[error.code] : undefined;
  return key === undefined ? said : { ...said, next: key };
};
