import type { DrillSource } from '../../model/drill.ts';
import { inOurWords } from './names.ts';
import type { Names } from './names.ts';
import type { Pair, SystemPair } from './pair.ts';
import { paired } from './paired.ts';
import type { FitInput, Paired } from './paired.ts';
import { attackersOf, conditionOf, movesOf, retold, secretsOf, systemsOf, trapOf, unnamed } from './parts.ts';
import type { Report, Steps } from './parts.ts';

/** A scenario of the built-in company, as it would be in a team's own: what stands for what, what is left out, and what forbids it. */
export type Fit = Readonly<{
  drill: DrillSource;
  systems: readonly SystemPair[];
  rows: readonly Pair[];
  /** What is not played or not measured, each with its reason. */
  left: readonly string[];
  /** Why it cannot be played at all; empty where it can. */
  cannot: readonly string[];
  words: Names['words'];
}>;

const sayer = () => {
  const left: string[] = [];
  const cannot: string[] = [];
  const say: Report = {
    leave: (what, because) => void left.push(`${what}: ${because}`),
    refuse: (why) => void cannot.push(why),
  };
  return { left, cannot, say };
};

/** Messages that can come: none about a trap that nobody can walk into, and none that asks for what the team has not. */
const injectsOf = (
  { injects }: DrillSource,
  traps: ReadonlySet<string>,
  meant: Steps,
  names: Names,
  say: Report,
): DrillSource['injects'] =>
  injects.flatMap((inject) => {
    if (inject.after !== undefined && !traps.has(inject.after)) return [];
    const when = conditioned(inject.if, `the message ${inject.id}`, meant, names, say);
    if (when === null) return [];
    const expect = inject.expect?.filter((id) => meant.has(id));
    return [
      {
        ...retold(inject, names),
        id: inject.id,
        ...(inject.if === undefined ? {} : { if: when }),
        ...(expect === undefined ? {} : { expect }),
      },
    ];
  });

/** Null where it cannot be asked; an empty text where nothing is. */
const conditioned = (
  text: string | undefined,
  what: string,
  meant: Steps,
  names: Names,
  say: Report,
): string | null =>
  text === undefined
    ? ''
    : conditionOf(text, meant, names, (because) => {
        say.leave(what, because);
      });

/** Where nobody of the story can attack anything of the team, the story is another company's. */
const attacked = (drill: DrillSource, all: Paired, { left, say }: ReturnType<typeof sayer>) => {
  const attackers = attackersOf(drill, all, say);
  if (attackers.length === 0 && (drill.attacker ?? []).length > 0)
    say.refuse(`whoever attacks in it finds nothing of yours to attack (${left.join('; ')})`);
  return attackers;
};

export const fit = (input: FitInput): Fit => {
  const { drill, runbook, idle } = input;
  const all = paired(input);
  const { names, rows, systems } = all;
  const steps: Steps = new Map(runbook.phases.flatMap((phase) => phase.steps.map((step) => [step.id, step])));
  const { left, cannot, say } = sayer();
  const attacker = attacked(drill, all, { left, cannot, say });
  const moves = movesOf(drill.moves, steps, names, say);
  const none = new Set([...idle, ...unnamed(steps, drill.moves, moves)]);
  /** What conditions may ask about: where nothing of the team is meant by a step, its end says nothing. */
  const meant: Steps = new Map([...steps].filter(([id]) => !none.has(id)));
  const traps = (drill.traps ?? []).flatMap((trap) => trapOf(trap, { steps, meant }, all, say) ?? []);
  const asking = <T extends Readonly<{ id: string }>>(
    list: readonly T[],
    key: keyof T & string,
    what: string,
  ) =>
    list.flatMap((one): T[] => {
      const text = conditioned(String(one[key]), `${what} ${one.id}`, meant, names, say);
      return text === null ? [] : [{ ...retold(one, names), id: one.id, [key]: text }];
    });
  return {
    drill: {
      ...drill,
      story: inOurWords(drill.story, names),
      truth: inOurWords(drill.truth, names),
      systems: systemsOf(drill, names),
      secrets: secretsOf(drill, names),
      moves,
      injects: injectsOf(drill, new Set(traps.map(({ id }) => id)), meant, names, say),
      traps,
      attacker,
      stops: asking(drill.stops ?? [], 'when', 'the rule'),
      faults: faultsOf(drill, steps, names),
      objectives: objectivesOf(drill, meant),
      end: asking(drill.end, 'check', 'the check'),
    },
    systems,
    rows,
    left,
    cannot,
    words: names.words,
  };
};

const faultsOf = ({ faults = [] }: DrillSource, steps: Steps, { systems }: Names): DrillSource['faults'] =>
  faults.flatMap((fault) => {
    const instance = systems.get(fault.instance);
    return instance === undefined || !steps.has(fault.before) ? [] : [{ ...fault, instance }];
  });

const objectivesOf = ({ objectives = [] }: DrillSource, meant: Steps): DrillSource['objectives'] =>
  objectives.map((one) => ({
    ...one,
    ...(one.steps === undefined ? {} : { steps: one.steps.filter((id) => meant.has(id)) }),
  }));
