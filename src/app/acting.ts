import { Problem } from '../base/problem.ts';
import type { ActionInput } from '../connectors/connector.ts';
import { prepare, suspectsOf } from '../engine/prepare.ts';
import type { Prepared as EnginePrepared, Request } from '../engine/prepare.ts';
import { reach } from '../engine/reach.ts';
import { recheck } from '../engine/recheck.ts';
import { prepareRelease } from '../engine/release/prepare.ts';
import { runRelease } from '../engine/release/run.ts';
import { checkConfirmed, run } from '../engine/run.ts';
import type { Engine } from '../engine/lines.ts';
import { mustBeHere } from '../incident/handed.ts';
import { stepOf } from '../incident/decide.ts';
import { targetsOf } from '../incident/ready.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Confirmation, OpenIncident, Prepared, RunLine, RunReport } from './contract.ts';
import { allowed, refusing } from './approvals.ts';
import { definitionsOf } from './definitions.ts';
import { itemRequest, releaseRequest, shown, stepRequest } from './requests.ts';
import type { IncidentParts } from './parts.ts';

/** What reaches real systems: looked at first, confirmed, run, asked again. Only the holder of the engine may. */
export const acting = (
  parts: IncidentParts,
  signal: AbortSignal,
): Pick<
  OpenIncident,
  'prepare' | 'prepareUndo' | 'prepareItem' | 'prepareRelease' | 'run' | 'recheck' | 'manual'
> => {
  const { ledger, world, frozen } = parts;
  const definitions = definitionsOf(frozen, parts.connectors);
  const engine: Engine = { world, definitions, ledger, signal };
  const makers = new Map<string, Made>();

  const prepared = async (make: Maker): Promise<Prepared> => {
    const whole = await looked(engine, await make());
    makers.set(whole.sha256, { make, jumps: ledger.state().jumps.length });
    return shown(whole);
  };
  const execute = async (
    seen: Prepared,
    confirmation: Confirmation,
    heard: (line: RunLine) => void,
    stop: AbortSignal | undefined,
  ): Promise<RunReport> => {
    holdsEngine(parts);
    parts.journal.noteJump();
    const made = makers.get(seen.sha256);
    if (made === undefined)
      throw new Problem('plan-changed', { step: seen.title, why: 'it was not prepared here' });
    const again = await made.make();
    await refusing(parts, deedOf(seen), seen.step, () => {
      allowed(parts, again.release === undefined ? 'run' : 'release', seen.step);
      // What the machine slept through was not counted.
      const slept = sum(ledger.state().jumps.slice(made.jumps));
      checkConfirmed(seen, again, confirmation, world.clock.elapsed() + slept);
    });
    const whole = { ...seen, request: again };
    return await started(stop === undefined ? engine : { ...engine, stop }, whole, confirmation, heard);
  };
  return {
    prepare: async (step) => await prepared(() => stepRequest(parts, step, 'do')),
    prepareUndo: async (step) => await prepared(() => stepRequest(parts, step, 'undo')),
    prepareItem: async (item, what) => await prepared(async () => await itemRequest(parts, item, what)),
    prepareRelease: async () => await prepared(() => releaseRequest(parts)),
    run: async (seen, confirmation, heard = () => undefined, stop) =>
      await execute(seen, confirmation, heard, stop),
    recheck: async (step) => {
      holdsEngine(parts);
      parts.journal.noteJump();
      ledger.refresh();
      return await recheck(engine, step, () => undefined);
    },
    manual: async (step) => await manualOf(parts, step),
  };
};

const deedOf = ({ direction, release }: Prepared): string =>
  release === true ? 'release' : direction === 'undo' ? 'undo' : 'run';

/** What the systems say of it, before anything is sent. */
const looked = async ({ world, definitions, ledger }: Engine, request: Request): Promise<EnginePrepared> =>
  request.release === undefined
    ? await prepare(world, definitions, request, (item) => suspectsOf(ledger.state(), ledger.reveal, item))
    : await prepareRelease(world, definitions, ledger.state(), request);

const started = async (
  engine: Engine,
  whole: EnginePrepared,
  confirmation: Confirmation,
  heard: (line: RunLine) => void,
): Promise<RunReport> =>
  whole.request.release === undefined
    ? await run(engine, whole, confirmation, heard)
    : await runRelease(engine, whole, heard);

/** Makes the request as it stands at that moment; asked again before every run, so that what changed is noticed. */
type Maker = () => Request | Promise<Request>;
/** `jumps`: how often the clock had been set by then. */
type Made = Readonly<{ make: Maker; jumps: number }>;

export const sum = (jumps: IncidentState['jumps']): number =>
  jumps.reduce((total, { difference_ms: ms }) => total + Math.max(0, ms), 0);

/** Asked before every effect: another process may have taken over since. */
export const holdsEngine = (parts: IncidentParts): void => {
  mustBeHere(parts.ledger.state());
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
