import { parseCondition } from '../../base/condition.ts';
import type { DrillSource } from '../../model/drill.ts';
import type { Move, SeedValue } from '../../model/move.ts';
import type { StepSource } from '../../model/runbook.ts';
import type { TrapSource } from '../../model/scenario.ts';
import { GONE, inOurWords, ourCondition, ourRequest, ourSeed } from './names.ts';
import type { Names } from './names.ts';
import { deedsOf } from './paired.ts';
import type { Paired } from './paired.ts';

/** The parts of a scenario, each in the names of a team; what has no place there is left out and said. */

export type Steps = ReadonlyMap<string, StepSource>;

/** Everything a person reads, in the names of the team. */
export const retold = <T>(value: T, names: Names): T => {
  if (typeof value === 'string') return inOurWords(value, names) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => retold(one, names)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, retold(one, names)])) as T;
};

export type Report = Readonly<{
  leave: (what: string, because: string) => void;
  refuse: (why: string) => void;
}>;

const ourMove = (id: string, move: Move, steps: Steps, names: Names, say: Report): Move | null => {
  const step = steps.get(id);
  if (step === undefined) return null;
  const unknown = 'ask' in step && step.ask.unknown === true;
  const without = (what: string): Move | null => {
    if (unknown) {
      say.leave(
        `the answer to ${id}`,
        `there is nothing of yours for ${what}: the script answers that it is not known`,
      );
      return { unknown: true };
    }
    say.refuse(`the step ${id} needs ${what}, and there is nothing of yours for it`);
    return null;
  };
  if ('secrets' in move) {
    const ours = move.secrets.flatMap((name) =>
      names.secrets.has(name) ? (names.secrets.get(name) ?? []) : name,
    );
    return ours.length > 0 ? { secrets: ours } : without(move.secrets.join(', '));
  }
  if ('answer' in move && Array.isArray(move.answer) && 'ask' in step && step.ask.answer === 'items') {
    const rows = new Map(names.words);
    const ours = move.answer.flatMap((row) => rows.get(row) ?? []);
    return ours.length > 0 ? { ...retold(move, names), answer: ours } : without(move.answer.join(', '));
  }
  return retold(move, names);
};

export const movesOf = (
  moves: DrillSource['moves'],
  steps: Steps,
  names: Names,
  say: Report,
): DrillSource['moves'] =>
  Object.fromEntries(
    Object.entries(moves).flatMap(([id, move]) => {
      const our = ourMove(id, move, steps, names, say);
      return our === null ? [] : [[id, our]];
    }),
  );

/** The condition in our names; null where it asks for what we have not. */
export const conditionOf = (
  text: string,
  steps: Steps,
  names: Names,
  lost: (because: string) => void,
): string | null => {
  const our = ourCondition(text, names);
  if (!our.ok) return (lost(our.because), null);
  const parsed = parseCondition(our.text, 'drill');
  if (!parsed.ok) return (lost('it cannot be said in the ids of your inventory'), null);
  const { condition } = parsed;
  const known = new Set([...steps.keys()].map((id) => id.replaceAll('-', '_')));
  const missing = [...condition.steps, ...condition.ends, ...condition.choices].find((id) => !known.has(id));
  return missing === undefined ? our.text : (lost(`nothing of yours is meant by the step ${missing}`), null);
};

export const trapOf = (
  trap: TrapSource,
  { steps, meant }: Readonly<{ steps: Steps; meant: Steps }>,
  { names, sameKind }: Paired,
  say: Report,
): TrapSource | null => {
  const what = `the trap ${trap.id}`;
  const when = conditionOf(trap.when, meant, names, (because) => {
    say.leave(what, because);
  });
  if (when === null) return null;
  const lost = deedsOf(trap).find((deed) => 'undo' in deed && !meant.has(deed.undo));
  if (lost !== undefined)
    return (say.leave(what, 'nothing of yours is meant by the step that is taken back in it'), null);
  const stopped = deedsOf(trap).find((deed) => 'stop' in deed && !sameKind.has(deed.stop.item));
  if (stopped !== undefined)
    return (say.leave(what, 'there is nothing of yours like what is stopped in it'), null);
  const rows = new Map(names.words);
  const before = Object.fromEntries(
    Object.entries(trap.play.before ?? {}).map(([id, deeds]) => [
      id,
      deeds.map((deed) =>
        'stop' in deed ? { stop: { ...deed.stop, item: rows.get(deed.stop.item) ?? deed.stop.item } } : deed,
      ),
    ]),
  );
  const quiet: Report = { leave: () => undefined, refuse: () => undefined };
  const moves = movesOf(trap.play.moves ?? {}, steps, names, quiet);
  return { ...retold(trap, names), when, play: { moves, before } };
};

export const attackersOf = ({ attacker = [] }: DrillSource, { names, systems }: Paired, say: Report) =>
  attacker.flatMap((one) => {
    const instance = names.systems.get(one.instance);
    const what = `the attacker ${one.id}`;
    if (instance === undefined) {
      const pair = systems.find(({ from }) => from === one.instance);
      return (say.leave(what, `nothing of yours stands for ${one.instance}: ${pair?.because ?? ''}`), []);
    }
    const path = ourRequest(one.path, names);
    const headers = Object.entries(one.headers ?? {}).map(
      ([name, text]) => [name, ourRequest(text, names)] as const,
    );
    const body = one.body === undefined ? undefined : ourRequest(one.body, names);
    if (path === GONE || body === GONE || headers.some(([, text]) => text === GONE))
      return (say.leave(what, 'there is nothing of yours for what it uses'), []);
    return [
      {
        ...retold(one, names),
        instance,
        path,
        headers: Object.fromEntries(headers) as Readonly<Record<string, string>>,
        ...(body === undefined ? {} : { body }),
      },
    ];
  });

export const systemsOf = (drill: DrillSource, names: Names): DrillSource['systems'] =>
  Object.fromEntries(
    Object.entries(drill.systems).flatMap(([name, seed]) => {
      const to = names.systems.get(name);
      const our = ourSeed(seed, names);
      return to === undefined || our === GONE ? [] : [[to, our as Record<string, SeedValue>]];
    }),
  );

export const secretsOf = ({ secrets = {} }: DrillSource, names: Names): DrillSource['secrets'] =>
  Object.fromEntries(
    Object.entries(secrets).flatMap(([name, look]) => {
      const our = names.secrets.has(name) ? (names.secrets.get(name) ?? null) : name;
      return our === null ? [] : [[our, look]];
    }),
  );

/** Steps that kill what a question named, where the script can name nothing of the team's. */
export const unnamed = (
  steps: Steps,
  before: DrillSource['moves'],
  after: DrillSource['moves'],
): readonly string[] => {
  const facts = new Set(
    [...steps].flatMap(([id, step]) => {
      const [was, is] = [before[id], after[id]];
      const lost = was !== undefined && is !== undefined && 'unknown' in is && !('unknown' in was);
      return 'ask' in step && lost ? [step.ask.fact] : [];
    }),
  );
  return [...steps].flatMap(([id, step]) =>
    'act' in step && facts.has(step.act.targets.fact ?? '') ? [id] : [],
  );
};
