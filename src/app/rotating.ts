import { Problem } from '../base/problem.ts';
import type { Engine } from '../engine/lines.ts';
import { suspectsOf } from '../engine/prepare.ts';
import type { Request } from '../engine/prepare.ts';
import { prepareRotation } from '../engine/rotate/plan.ts';
import type { PreparedRotation, RotateRequest } from '../engine/rotate/plan.ts';
import { checkRotation, rotate } from '../engine/rotate/run.ts';
import { openRotation } from '../incident/rotation.ts';
import type { Journal } from '../journal/store.ts';
import { holdsEngine, sum } from './acting.ts';
import { allowed, refusing } from './approvals.ts';
import type { Confirmation, OpenIncident, RotationPlan } from './contract.ts';
import { definitionsOf } from './definitions.ts';
import type { IncidentParts } from './parts.ts';
import { itemRequest, stepRequest } from './requests.ts';
import { rotationRequest, shownRotation } from './rotation-request.ts';

/** A new credential in place of an old one: looked at first, confirmed as what ends the old one is, and gone on with after a crash. */

type Rotating = Pick<OpenIncident, 'prepareRotation' | 'rotate' | 'goBack'>;

export const rotating = (parts: IncidentParts, signal: AbortSignal): Rotating => {
  const { ledger, world, frozen } = parts;
  const definitions = definitionsOf(frozen, parts.connectors);
  const engine: Engine = { world, definitions, ledger, signal };

  /** How often the clock had been set when each was shown: what the machine slept through since was not counted. */
  const jumps = new Map<string, number>();

  const requestOf = async (item: string, step: string | null): Promise<RotateRequest> =>
    rotationRequest(definitions, await parts.bindings(), item, await killOf(parts, item, step));
  const look = async (item: string, step: string | null): Promise<PreparedRotation> => {
    const request = await requestOf(item, step);
    const suspects = suspectsOf(ledger.state(), ledger.reveal, item);
    return await prepareRotation(world, definitions, request, ledger.state(), suspects);
  };
  /** The plan once more as it stands now; what was seen and agreed to is run, or nothing is. */
  const agreed = async (seen: RotationPlan, confirmation: Confirmation): Promise<PreparedRotation> => {
    holdsEngine(parts);
    parts.journal.noteJump();
    const again = await requestOf(seen.item, seen.step);
    await refusing(parts, 'run', seen.step, () => {
      allowed(parts, 'run', seen.step);
      const slept = sum(ledger.state().jumps.slice(jumps.get(seen.sha256) ?? 0));
      checkRotation(seen, again, engine, confirmation, world.clock.elapsed() + slept);
    });
    return { ...(await look(seen.item, seen.step)), at: seen.at };
  };
  return {
    prepareRotation: async (item, step) => {
      const plan = await look(item, step);
      jumps.set(plan.sha256, ledger.state().jumps.length);
      return shownRotation(plan);
    },
    rotate: async (seen, confirmation, given, heard = () => undefined, stop) => {
      const plan = await agreed(seen, confirmation);
      const more = { given, fingerprint: parts.fingerprint, heard };
      const report = await rotate(
        stop === undefined ? engine : { ...engine, stop },
        plan,
        confirmation,
        more,
      );
      forget(parts);
      return report;
    },
    goBack: async (seen, confirmation, given, heard = () => undefined) => {
      const plan = await agreed(seen, confirmation);
      const { goBack } = await import('../engine/rotate/back.ts');
      const report = await goBack(engine, plan, { given, fingerprint: parts.fingerprint, heard });
      forget(parts);
      return report;
    },
  };
};

/** What ends the old one: the step, on this one of its targets, or the action that the inventory names. */
const killOf = async (parts: IncidentParts, item: string, step: string | null): Promise<Request> => {
  if (step === null) return await itemRequest(parts, item, 'revoke');
  const request = stepRequest(parts, step, 'do');
  const targets = request.targets.filter((target) => target.item === item);
  if (targets.length === 0) throw new Problem('not-found', { what: `target of ${step}`, id: item });
  return { ...request, targets };
};

/** The new credential is where it belongs by then: no copy of it is kept for longer than it is needed. */
const forget = ({ ledger, journal, actor }: IncidentParts): void => {
  const open = [...ledger.state().rotations.values()].some(({ target }) =>
    openRotation(ledger.state(), target),
  );
  if (!open) journal.shred('secrets-made', { actor, reason: 'rotation-ended' });
};

/** What only proofs and rotations needed ends with the incident. */
export const shredSecrets = (journal: Journal, actor: string): void => {
  for (const one of ['secrets-seen', 'secrets-made'])
    journal.shred(one, { actor, reason: 'incident-closed' });
};
