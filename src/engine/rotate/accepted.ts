import type { Action, ActionInput } from '../../connectors/connector.ts';
import type { Proof } from '../../model/action.ts';
import { proveOnce } from '../attempt.ts';
import type { Reached } from '../door.ts';
import { reachTarget } from '../prepare.ts';
import { freshOf, oldOnes } from './stage.ts';
import type { Course } from './stage.ts';

/** Whether the vendor accepts the new credential: asked of whatever makes one, else of whatever proves an old one dead. */

type Asker = Readonly<{
  action: Action;
  input: ActionInput;
  open: (fresh: string) => Reached;
  /** Asked with the new one in the place of a leaked one: "it still works" is then the good answer. */
  turned: boolean;
}>;

/** Null where nothing can use a credential of this kind to ask. */
export const asker = async (course: Course): Promise<Asker | null> => {
  const { engine, plan } = course;
  const { world, definitions, signal } = engine;
  const { make, kill } = plan.request;
  const maker = await reachTarget(world, definitions, make, kill, oldOnes(course));
  if (maker.is === 'reachable' && maker.action.makes !== undefined)
    return {
      action: maker.action,
      input: maker.input,
      open: (fresh) => maker.outside({ key: 'ask', suspects: oldOnes(course), signal, fresh }),
      turned: false,
    };
  const [target] = kill.targets;
  // Asking needs no copy of the old one: the new one stands in for it.
  const killer = target && (await reachTarget(world, definitions, target, kill, ['the new one'], true));
  if (killer?.is !== 'reachable' || killer.action.needsSuspect !== true) return null;
  return {
    action: killer.action,
    input: killer.input,
    open: (fresh) => killer.outside({ key: 'ask', suspects: [fresh], signal }),
    turned: true,
  };
};

const opposite = { proved: 'refuted', refuted: 'proved', unproved: 'unproved' } as const;

export const accepted = async (course: Course): Promise<Proof> => {
  const fresh = freshOf(course);
  if (fresh === null) return { is: 'unproved', how: 'the new one is sealed, and its key is not at hand' };
  const found = await asker(course);
  if (found === null) return { is: 'unproved', how: 'nothing here can ask the vendor with it' };
  const proof = await proveOnce(found.action, found.input, found.open(fresh));
  return found.turned ? { ...proof, is: opposite[proof.is] } : proof;
};
