import { Problem } from '../base/problem.ts';
import type { ActionInput } from '../connectors/connector.ts';
import { prepare, suspectsOf } from '../engine/prepare.ts';
import type { Prepared as EnginePrepared, Request } from '../engine/prepare.ts';
import { reach } from '../engine/reach.ts';
import { recheck } from '../engine/recheck.ts';
import { checkConfirmed, run } from '../engine/run.ts';
import type { Engine } from '../engine/run.ts';
import { stepOf } from '../incident/decide.ts';
import { targetsOf } from '../incident/ready.ts';
import type { Confirmation, OpenIncident, Prepared, RunLine, RunReport } from './contract.ts';
import { definitionsOf } from './definitions.ts';
import { itemRequest, stepRequest } from './requests.ts';
import type { IncidentParts } from './parts.ts';

/** What reaches real systems: looked at first, confirmed, run, asked again. Only the holder of the engine may. */
export const acting = (
  parts: IncidentParts,
  signal: AbortSignal,
): Pick<OpenIncident, 'prepare' | 'prepareUndo' | 'prepareItem' | 'run' | 'recheck' | 'manual'> => {
  const { ledger, world, frozen } = parts;
  const definitions = definitionsOf(frozen, parts.connectors);
  const engine: Engine = { world, definitions, ledger, signal };
  const requests = new Map<string, Request>();

  const prepared = async (request: Request): Promise<Prepared> => {
    const {
      request: _request,
      effect: _effect,
      ...shown
    } = await prepare(world, definitions, request, (item) => suspectsOf(ledger.state(), ledger.reveal, item));
    requests.set(shown.sha256, request);
    return shown;
  };
  const execute = async (
    shown: Prepared,
    confirmation: Confirmation,
    heard: (line: RunLine) => void,
  ): Promise<RunReport> => {
    holdsEngine(parts);
    const request = requests.get(shown.sha256);
    if (request === undefined)
      throw new Problem('plan-changed', { step: shown.title, why: 'it was not prepared here' });
    const again = request.step === null ? request : stepRequest(parts, request.step, request.direction);
    const whole: EnginePrepared = { ...shown, effect: request.effect, request: again };
    checkConfirmed(whole, again, confirmation, world.clock.now());
    return await run(engine, whole, confirmation, heard);
  };
  return {
    prepare: async (step) => await prepared(stepRequest(parts, step, 'do')),
    prepareUndo: async (step) => await prepared(stepRequest(parts, step, 'undo')),
    prepareItem: async (item, what) => await prepared(await itemRequest(parts, item, what)),
    run: async (shown, confirmation, heard = () => undefined) => await execute(shown, confirmation, heard),
    recheck: async (step) => {
      holdsEngine(parts);
      ledger.refresh();
      return await recheck(engine, step, () => undefined);
    },
    manual: async (step) => await manualOf(parts, step),
  };
};

/** Asked before every effect: another process may have taken over since. */
const holdsEngine = (parts: IncidentParts): void => {
  if (parts.readOnly || !parts.journal.lease.heartbeat(parts.owner))
    throw new Problem('engine-held', { incident: parts.id });
};

const manualOf = async (parts: IncidentParts, id: string): ReturnType<OpenIncident['manual']> => {
  const state = parts.ledger.state();
  const step = stepOf(state, id);
  const plain = {
    where: 'By hand',
    steps: [step.fallback],
    record: step.kind === 'do' ? step.record : 'What you did, when, and what you saw',
  };
  const targets = targetsOf(step, state);
  if (step.kind !== 'act' || targets.length === 0) return [{ target: id, manual: plain }];
  const definitions = definitionsOf(parts.frozen, parts.connectors);
  const input: ActionInput = step.input;
  return await Promise.all(
    targets.map(async (target) => {
      const more = {
        fallback: step.fallback,
        suspects: suspectsOf(state, parts.ledger.reveal, target.item).length,
      };
      const found = await reach(parts.world, definitions, target, input, more);
      return { target: target.item, manual: found.is === 'by-hand' ? found.manual : found.action.byHand };
    }),
  );
};
