import { Problem } from '../base/problem.ts';
import type { Command } from '../model/command.ts';
import type { DecideContext } from './said.ts';
import type { IncidentState } from './state.ts';

/**
 * Whose work a note is, where it is marked privileged. Only whoever is legal tonight sets the mark, or somebody whom they directed and who
 * says so: a mark that anybody could set would be worth nothing where it is looked at. @throws Problem `not-authorised`
 */
export const privilegedBy = (
  state: IncidentState,
  { privileged }: Extract<Command, { do: 'note' }>,
  { actor }: Pick<DecideContext, 'actor'>,
): Readonly<{ privileged?: string }> => {
  if (privileged === undefined) return {};
  const counsel = privileged.directedBy ?? actor;
  const legal = state.roles.get('legal');
  if (legal === counsel) return { privileged: counsel };
  throw new Problem('not-authorised', {
    rule: 'privileged',
    why: `a note is marked privileged by whoever is legal, or at their direction, and ${legal === undefined ? 'nobody is' : `that is ${legal}`}`,
    next:
      legal === undefined
        ? 'firebreak role legal, if you are counsel; or write the note without the mark'
        : `add --directed-by ${legal} if they asked for it; or write the note without the mark`,
  });
};
