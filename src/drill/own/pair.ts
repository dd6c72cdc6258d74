import type { DrillMap } from '../../model/drill-map.ts';
import type { Thing } from './things.ts';

/** Which row of a team stands for which row of the built-in company: by what each is, never by its name. */
export type Pair = Readonly<{ from: string; to: string | null; because: string }>;

const shared = (a: readonly string[], b: readonly string[]): readonly string[] =>
  a.filter((one) => b.includes(one));

/** What one has in common with the other, in words, with its weight. */
const likeness = (theirs: Thing, ours: Thing): readonly (readonly [number, string])[] => {
  const media = shared(theirs.media, ours.media);
  const does = shared(theirs.does, ours.does);
  const tags = shared(theirs.tags, ours.tags);
  const data = shared(theirs.data, ours.data);
  return [
    ...(theirs.speaks !== null && theirs.speaks === ours.speaks
      ? [[8, `connector ${theirs.speaks}`] as const]
      : []),
    ...(media.length > 0 ? [[4, `channel ${media.join(', ')}`] as const] : []),
    ...(does.length > 0 ? [[4, `action ${does.join(', ')}`] as const] : []),
    ...(tags.length > 0 ? [[2 * tags.length, `tag ${tags.join(', ')}`] as const] : []),
    ...(data.length > 0 ? [[1, `data ${data.join(', ')}`] as const] : []),
  ];
};

/** Less in common than a connector, a channel or two tags, and the two have nothing to do with each other. */
const ENOUGH = 4;

type Candidate = Readonly<{ theirs: Thing; ours: Thing; score: number; because: string }>;

const candidates = (theirs: readonly Thing[], ours: readonly Thing[]): readonly Candidate[] =>
  theirs
    .flatMap((one) =>
      ours
        .filter((other) => other.kind === one.kind)
        .map((other): Candidate => {
          const common = likeness(one, other);
          const score = common.reduce((sum, [weight]) => sum + weight, 0);
          return { theirs: one, ours: other, score, because: common.map(([, word]) => word).join(', ') };
        }),
    )
    .filter(({ score }) => score >= ENOUGH)
    // The order of the files decides between equals, so that the same files always make the same drill.
    .toSorted((a, b) => b.score - a.score);

/**
 * `first`: the rows that the scenario itself names; they choose before those whose ids merely stand in its world. Each row of the
 * team stands for one.
 */
export const pairRows = (
  first: readonly Thing[],
  others: readonly Thing[],
  ours: readonly Thing[],
  { rows = {} }: DrillMap,
): readonly Pair[] => {
  const known = new Set(ours.map(({ id }) => id));
  const said = [...first, ...others].flatMap(({ id }): readonly Pair[] => {
    if (!Object.hasOwn(rows, id)) return [];
    const to = rows[id] ?? null;
    if (to === null)
      return [{ from: id, to: null, because: 'drills.yaml says that there is nothing like it' }];
    return known.has(to)
      ? [{ from: id, to, because: 'as drills.yaml says' }]
      : [{ from: id, to: null, because: `drills.yaml names ${to}, which is no row of inventory.yaml` }];
  });
  const pairs = new Map(said.map((pair) => [pair.from, pair]));
  const taken = new Set(said.map(({ to }) => to));
  for (const group of [first, others]) {
    for (const { theirs, ours: found, because } of candidates(group, ours)) {
      if (pairs.has(theirs.id) || taken.has(found.id)) continue;
      pairs.set(theirs.id, { from: theirs.id, to: found.id, because: `same ${because}` });
      taken.add(found.id);
    }
  }
  return [...first, ...others].map(
    (one) => pairs.get(one.id) ?? { from: one.id, to: null, because: lacking(one) },
  );
};

const lacking = ({ kind, speaks, media }: Thing): string =>
  `inventory.yaml has no further ${kind} like it (${[
    speaks === null ? '' : `connector ${speaks}`,
    media.length === 0 ? '' : `channel ${media.join(', ')}`,
  ]
    .filter((word) => word !== '')
    .join(', ')})`;

export type SystemPair = Readonly<{ from: string; to: string | null; because: string }>;

/** Which system of the team stands for one of the built-in company: of the same kind, and where its rows are. */
export const pairSystems = (
  names: readonly string[],
  speaks: (instance: string) => string | null,
  ours: ReadonlyMap<string, string>,
  rows: readonly (readonly [Thing, Thing])[],
  { systems = {} }: DrillMap,
): readonly SystemPair[] => {
  const taken = new Set<string>();
  return names.map((from): SystemPair => {
    const kind = speaks(from) ?? '';
    const pick = (to: string, because: string): SystemPair => (taken.add(to), { from, to, because });
    if (Object.hasOwn(systems, from)) {
      const to = systems[from] ?? null;
      if (to === null) return { from, to, because: 'drills.yaml says that there is nothing like it' };
      if (ours.get(to) === kind) return pick(to, 'as drills.yaml says');
      return {
        from,
        to: null,
        because: `drills.yaml names ${to}, and that is no ${kind} system of firebreak.yaml`,
      };
    }
    const free = [...ours].flatMap(([name, word]) => (word === kind && !taken.has(name) ? [name] : []));
    const lived = rows.find(([theirs, our]) => theirs.instance === from && free.includes(our.instance ?? ''));
    const to = lived?.[1].instance ?? free[0];
    return to === undefined
      ? { from, to: null, because: `firebreak.yaml has no further ${kind} system that a drill can play` }
      : pick(to, `same connector ${kind}`);
  });
};
