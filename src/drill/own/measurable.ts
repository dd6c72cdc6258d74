import type { Json } from '../../base/canonical.ts';
import type { ConditionContext } from '../../base/condition.ts';
import { conditionName } from '../../base/condition.ts';
import type { Connector } from '../../connectors/connector.ts';
import type { Company } from '../../model/company.ts';
import type { DrillSource } from '../../model/drill.ts';
import { asks } from '../context.ts';
import type { SeedValue } from '../../model/move.ts';
import { madeSecret, withSecrets } from '../secrets.ts';

/**
 * A check that was written for one company can be true in another for nothing: "every token that begins with lrh- is dead" holds
 * where no token does. So each check about a system must say at the start of the drill what it says at the start in the company it
 * was written for; one that does not is not measured.
 */

export type Staging = Readonly<{
  company: Pick<Company, 'connectors'>;
  connectors: ReadonlyMap<string, Connector>;
  scripts: ReadonlyMap<string, Json>;
}>;

const SEED = 1;

/**
 * The scenario with all that its simulators hold by default written out: those defaults are of the company it was written for, and must
 * be said in other names as well. @throws ZodError for a seed that is none
 */
export const writtenOut = (drill: DrillSource, staging: Staging): DrillSource => ({
  ...drill,
  systems: Object.fromEntries(
    Object.entries(drill.systems).map(([name, seed]) => {
      const found = systemOf(name, staging);
      if (found === null) return [name, seed];
      const { simulator, script } = found;
      const state = simulator.state.parse(simulator.prepare?.(seed as Json, script) ?? seed);
      return [name, state as Record<string, SeedValue>];
    }),
  ),
});

const systemOf = (name: string, { company, connectors, scripts }: Staging) => {
  const instance = company.connectors[name];
  const simulator = connectors.get(instance?.uses ?? '')?.simulator ?? null;
  return simulator === null ? null : { simulator, script: scripts.get(instance?.recipe ?? '') ?? null };
};

/** The state of every system before anything has happened. @throws ZodError for a seed that is none */
const startOf = (drill: DrillSource, staging: Staging): Readonly<Record<string, Json>> => {
  const made = madeSecret(SEED, drill);
  return Object.fromEntries(
    Object.entries(drill.systems).flatMap(([name, seed]) => {
      const found = systemOf(name, staging);
      if (found === null) return [];
      const { simulator, script } = found;
      const filled = withSecrets(seed, made);
      return [[conditionName(name), simulator.state.parse(simulator.prepare?.(filled, script) ?? filled)]];
    }),
  );
};

const atStart = (sim: Readonly<Record<string, Json>>): ConditionContext => ({
  facts: {},
  steps: {},
  incident: { severity: 'high', drill: true },
  sim,
  clocks: {},
  at: {},
  decided: {},
  time: {},
  undone: [],
  waived: [],
  acted: [],
  second: 0,
});

const OF_A_SYSTEM = /\bsim\./;

type Asking = Readonly<{ id: string; text: string }>;

export type Measurable = Readonly<{ drill: DrillSource; left: readonly string[] }>;

export const measurable = (
  written: DrillSource,
  forCompany: Staging,
  ours: DrillSource,
  own: Staging,
): Measurable => {
  const [before, now] = [atStart(startOf(written, forCompany)), atStart(startOf(ours, own))];
  const left: string[] = [];
  const holds = (what: string, theirs: readonly Asking[], our: Asking): boolean => {
    const original = theirs.find(({ id }) => id === our.id)?.text;
    if (original === undefined || !OF_A_SYSTEM.test(our.text)) return true;
    if (asks(original, before) === asks(our.text, now)) return true;
    left.push(`${what} ${our.id}: in your inventory it would say nothing`);
    return false;
  };
  const ends = written.end.map(({ id, check }) => ({ id, text: check }));
  const traps = (written.traps ?? []).map(({ id, when }) => ({ id, text: when }));
  const kept = (ours.traps ?? []).filter(({ id, when }) => holds('the trap', traps, { id, text: when }));
  const sprung = new Set(kept.map(({ id }) => id));
  return {
    drill: {
      ...ours,
      end: ours.end.filter(({ id, check }) => holds('the check', ends, { id, text: check })),
      traps: kept,
      injects: ours.injects.filter(({ after }) => after === undefined || sprung.has(after)),
    },
    left,
  };
};
