/** The scorecard as the journal keeps it, read without knowing which measures there are: an older one lacks what came later. */
export type CardMeasure = Readonly<{
  id: string;
  title: string;
  value: string;
  target: string;
  met: boolean;
}>;
export type CardEnd = Readonly<{ id: string; says: string; holds: boolean }>;
export type CardTrap = Readonly<{
  id: string;
  says: string;
  instead: string;
  kind: string;
  points: number;
  minute: number | null;
}>;
export type Card = Readonly<{
  passed: boolean;
  seed: number;
  measures: readonly CardMeasure[];
  ends: readonly CardEnd[];
  /** Wrong moves that were taken. */
  traps: readonly CardTrap[];
  stopped: string | null;
  notMeasured: readonly string[];
}>;

type Row = Readonly<Record<string, unknown>>;

const rows = (value: unknown): readonly Row[] =>
  Array.isArray(value)
    ? value.filter((one): one is Row => typeof one === 'object' && one !== null && !Array.isArray(one))
    : [];
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Null where it is sealed, or no JSON. */
export const readCard = (json: string | null): Card | null => {
  const [card] = rows([parsed(json)]);
  if (card === undefined) return null;
  return {
    passed: card['passed'] === true,
    seed: number(card['seed']),
    measures: rows(card['measures']).map(({ id, title, value, target, met }) => ({
      id: text(id),
      title: text(title),
      value: text(value),
      target: text(target),
      met: met === true,
    })),
    ends: rows(card['ends']).map(({ id, says, holds }) => ({
      id: text(id),
      says: text(says),
      holds: holds === true,
    })),
    traps: rows(card['traps']).map(({ id, says, instead, kind, points, minute }) => ({
      id: text(id),
      says: text(says),
      instead: text(instead),
      kind: text(kind),
      points: number(points),
      minute: typeof minute === 'number' ? minute : null,
    })),
    stopped: text(card['stopped']) === '' ? null : text(card['stopped']),
    notMeasured: Array.isArray(card['notMeasured']) ? card['notMeasured'].map(text) : [],
  };
};

const parsed = (json: string | null): unknown => {
  if (json === null) return null;
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return null;
  }
};
