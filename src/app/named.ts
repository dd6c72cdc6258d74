import { Problem } from '../base/problem.ts';
import type { Base } from './base.ts';
import { idsIn } from './store.ts';
import { summaries } from './summaries.ts';

/** As the program makes them. A path is none, and no journal is opened to find that out. */
const CODENAME = /^[a-z]{2,20}-[a-z]{2,20}$/;

/**
 * The id behind what a person calls an incident or a drill: its id, or its codename, which is what screens show and what is said on the
 * telephone. Whatever is neither comes back as it was, so that whoever asked says in their own words that there is none.
 */
export const idNamed = (base: Base, said: string): string => {
  if (!CODENAME.test(said) || [false, true].some((drill) => idsIn(base, drill).includes(said))) return said;
  const called = [false, true]
    .flatMap((drill) => summaries(base, drill).readable)
    .filter(({ codename }) => codename === said);
  const [only, ...others] = called;
  if (others.length === 0) return only?.id ?? said;
  throw new Problem('several-incidents', {
    ids: called.map(({ id, phase }) => `${id} (${said}, ${phase})`).join(', '),
  });
};
