import { maskSecrets } from '../base/mask.ts';
import { Problem } from '../base/problem.ts';
import type { ActionInput } from '../connectors/connector.ts';
import { prepare, suspectsOf } from '../engine/prepare.ts';
import type { Prepared as EnginePrepared, Request } from '../engine/prepare.ts';
import { checkConfirmed, run } from '../engine/run.ts';
import type { Engine } from '../engine/run.ts';
import { recheck } from '../engine/recheck.ts';
import { reach } from '../engine/reach.ts';
import { decide, stepOf } from '../incident/decide.ts';
import { targetsOf } from '../incident/ready.ts';
import { frictionOf, planForItem } from '../plan/compile.ts';
import type { Command, Confirmation, EvidenceSource, OpenIncident, Prepared, RunLine, RunReport, View } from './contract.ts';
import { definitionsOf } from './definitions.ts';
import { collect } from './evidence.ts';
import { writeExport } from './exporting.ts';
import { draftFor } from './letters.ts';
import type { IncidentParts } from './parts.ts';
import { inventoryRows, timelineOf, viewOf } from './views.ts';

/** One incident, opened: the journal, its frozen definitions and the world that its actions reach. */

/** What a drill needs of the runtime beside the door. */
export type Runtime = OpenIncident & Readonly<{ parts: IncidentParts }>;

export const openRuntime = (parts: IncidentParts): Runtime => {
  const { ledger, world, frozen } = parts;
  const definitions = definitionsOf(frozen, parts.connectors);
  const leaving = new AbortController();
  const engine: Engine = { world, definitions, ledger, signal: leaving.signal };
  const requests = new Map<string, Request>();

  const writable = (): void => {
    if (parts.readOnly) throw new Problem('engine-held', { incident: parts.id });
  };
  const prepared = async (request: Request): Promise<Prepared> => {
    const { request: _request, effect: _effect, ...shown } = await prepare(world, definitions, request, (item) =>
      suspectsOf(ledger.state(), ledger.reveal, item),
    );
    requests.set(shown.sha256, request);
    return shown;
  };
  const execute = async (shown: Prepared, confirmation: Confirmation, heard: (line: RunLine) => void): Promise<RunReport> => {
    writable();
    const request = requests.get(shown.sha256);
    if (request === undefined) throw new Problem('plan-changed', { step: shown.title, why: 'it was not prepared here' });
    const again = request.step === null ? request : stepRequest(parts, request.step, request.direction);
    const whole: EnginePrepared = { ...shown, effect: request.effect, request: again };
    checkConfirmed(whole, again, confirmation, world.clock.now());
    if (!parts.journal.lease.heartbeat(parts.owner)) throw new Problem('engine-held', { incident: parts.id });
    return await run(engine, whole, confirmation, heard);
  };

  return {
    id: parts.id,
    parts,
    view: () => viewOf(parts),
    items: () => inventoryRows(frozen.inventory),
    watch: (changed) => watch(parts, changed, leaving.signal),
    timeline: (options = {}) => timelineOf(parts, options),
    reveal: ledger.reveal,
    act: async (command) => {
      await actOn(parts, command);
    },
    masked: (text) => {
      const { text: safe, masked } = maskSecrets(text);
      return { text: safe, masked: masked.map(({ kind, count }) => `${count} ${kind.replace('-', ' ')}${count === 1 ? '' : 's'}`) };
    },
    prepare: async (step) => await prepared(stepRequest(parts, step, 'do')),
    prepareUndo: async (step) => await prepared(stepRequest(parts, step, 'undo')),
    prepareItem: async (item, what) => await prepared(await itemRequest(parts, item, what)),
    run: async (shown, confirmation, heard = () => undefined) => await execute(shown, confirmation, heard),
    recheck: async (step) => {
      writable();
      return await recheck(engine, step, () => undefined);
    },
    manual: async (step) => await manualOf(parts, step),
    letter: (letter, language = 'en') => Promise.resolve(draftFor(parts, letter, language)),
    saveLetter: async (draft, step) => {
      const { letter, duty, sha256, missing, follows } = draft;
      await ledger.append([
        {
          kind: 'letter.drafted',
          pub: { letter, duty, sha256, missing: [...missing], follows: [...follows] },
          priv: { body: { class: 'staff', value: draft.markdown } },
        },
        ...(step === null ? [] : [{ kind: 'step.finished', pub: { step, how: 'written' } } as const]),
      ]);
    },
    addEvidence: async (source: EvidenceSource, about) => await collect(parts, source, about),
    export: async (format, out) => await writeExport(parts, format, out),
    leave: () => {
      leaving.abort();
      if (!parts.readOnly) parts.journal.lease.release(parts.owner);
      parts.journal.close();
      return Promise.resolve();
    },
  };
};

/** Every command goes through the pure decision; closing also destroys what was kept only for the negative proofs. */
const actOn = async (parts: IncidentParts, command: Command): Promise<void> => {
  const { ledger, world } = parts;
  ledger.refresh();
  const events = decide(ledger.state(), command, {
    now: world.clock.now(),
    mask: (text) => maskSecrets(text).text,
    fingerprint: parts.fingerprint,
  });
  if (command.do === 'answer' && command.answer.is === 'secret') {
    for (const { value } of command.answer.credentials) world.secrets.remember(value);
  }
  if (events.length > 0) await ledger.append(events);
  if (command.do === 'close') parts.journal.shred('secrets-seen', { actor: parts.actor, reason: 'incident-closed' });
};

/** The request that a step stands for now: made anew before every run, so that a changed target set is noticed. */
const stepRequest = (parts: IncidentParts, id: string, direction: 'do' | 'undo'): Request => {
  const state = parts.ledger.state();
  const step = stepOf(state, id);
  if (step.kind !== 'act') throw new Problem('usage', { why: `step ${id} is done by a person; there is nothing to run` });
  const done = new Set([...state.steps].filter(([, one]) => one.status !== 'started').map(([name]) => name));
  const outstanding = step.preserve.filter((one) => !done.has(one) && !state.waived.has(one));
  return {
    step: id,
    title: step.title,
    direction,
    targets: targetsOf(step, state),
    input: step.input,
    friction: direction === 'undo' ? 'yes' : step.friction,
    reversible: step.reversible,
    unconfirmed: step.confidence === 'unconfirmed',
    effect: step.effect,
    fallback: step.fallback,
    approvals: direction === 'undo' ? 0 : step.approvals,
    preserve: direction === 'undo' ? [] : outstanding,
    planSha256: state.planSha256,
  };
};

const itemRequest = async (parts: IncidentParts, item: string, what: 'pause' | 'revoke'): Promise<Request> => {
  const found = planForItem(item, what, await parts.bindings());
  if (found === null) throw new Problem('not-found', { what: 'inventory row', id: item });
  const { target, facts } = found;
  return {
    step: null,
    title: `${what === 'pause' ? 'Pause' : 'Revoke'} ${item}`,
    direction: 'do',
    targets: [target],
    input: {},
    friction: frictionOf(facts?.effect ?? 'reads', undefined),
    reversible: facts?.reversible ?? false,
    unconfirmed: facts?.confidence === 'unconfirmed',
    effect: facts?.effect ?? 'reads',
    fallback: `Inventory row ${item} names no action to ${what} it: do it at the vendor and record what you did.`,
    approvals: 0,
    preserve: [],
    planSha256: parts.ledger.state().planSha256,
  };
};

const manualOf = async (parts: IncidentParts, id: string): ReturnType<OpenIncident['manual']> => {
  const state = parts.ledger.state();
  const step = stepOf(state, id);
  const plain = { where: 'By hand', steps: [step.fallback], record: step.kind === 'do' ? step.record : 'What you did, when, and what you saw' };
  const targets = targetsOf(step, state);
  if (step.kind !== 'act' || targets.length === 0) return [{ target: id, manual: plain }];
  const definitions = definitionsOf(parts.frozen, parts.connectors);
  const input: ActionInput = step.input;
  return await Promise.all(
    targets.map(async (target) => {
      const more = { fallback: step.fallback, suspects: suspectsOf(state, parts.ledger.reveal, target.item).length };
      const found = await reach(parts.world, definitions, target, input, more);
      return { target: target.item, manual: found.is === 'by-hand' ? found.manual : found.action.byHand };
    }),
  );
};

const MINUTE = 60_000;

/** Calls back on every change, of this process and of others, and as time goes by: each second once a clock is close. */
const watch = (parts: IncidentParts, changed: () => void, left: AbortSignal): (() => void) => {
  const stop = new AbortController();
  const ended = AbortSignal.any([stop.signal, left]);
  const off = parts.ledger.onChange(changed);
  const tick = async (): Promise<void> => {
    for (let waited = 0; !ended.aborted; ) {
      const view: View = viewOf(parts);
      const close = view.clocks.some((clock) => !clock.context && clock.leftMs !== null && Math.abs(clock.leftMs) < 60 * MINUTE);
      await parts.world.clock.sleep(1000, ended);
      waited += 1000;
      if (!parts.ledger.refresh() && (close || waited % MINUTE === 0)) changed();
      if (!parts.readOnly) parts.journal.lease.heartbeat(parts.owner);
    }
  };
  // The loop ends by the signal alone; a journal that fails on the way is met again, and told, by the next command.
  void tick().catch(() => undefined);
  return () => {
    off();
    stop.abort(new Error('stopped watching'));
  };
};
