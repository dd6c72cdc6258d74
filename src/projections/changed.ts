import type { TimelineRow } from './row.ts';

/** What happened since somebody last looked, counted by what a person asks for first. */

const groups = [
  { one: 'clock moved', many: 'clocks moved', of: /^(?:fact\.|duty\.|clock\.)/ },
  { one: 'decision', many: 'decisions', of: /^(?:decision\.|severity\.|approval\.|review\.|override\.)/ },
  { one: 'entry about steps', many: 'entries about steps', of: /^step\./ },
  {
    one: 'entry about systems',
    many: 'entries about systems',
    of: /^(?:act\.|batch\.|rotation\.|credential\.)/,
  },
  { one: 'entry about people', many: 'entries about people', of: /^(?:role\.|handover\.|task\.|contact\.)/ },
  { one: 'piece of evidence', many: 'pieces of evidence', of: /^(?:evidence\.|collection\.|scope\.)/ },
  { one: 'letter', many: 'letters', of: /^(?:letter\.|letters\.|mail\.)/ },
  { one: 'note', many: 'notes', of: /^note\./ },
  { one: 'message of the drill', many: 'messages of the drill', of: /^drill\./ },
] as const;

export type ChangedGroup = Readonly<{ says: string; count: number }>;

/** Every row is in one group; a fact that moves no clock counts as a fact. */
export const changedGroups = (rows: readonly TimelineRow[]): readonly ChangedGroup[] => {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const name = groupOf(row);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...groups, fact, other]
    .map(({ one, many }) => ({ one, many, count: counts.get(many) ?? 0 }))
    .filter(({ count }) => count > 0)
    .map(({ one, many, count }) => ({ says: count === 1 ? one : many, count }));
};

const fact = { one: 'fact', many: 'facts' } as const;
const other = { one: 'other entry', many: 'other entries' } as const;

const groupOf = ({ kind, clock, obligations }: TimelineRow): string => {
  if (kind.startsWith('fact.') && clock === '' && obligations.length === 0) return fact.many;
  return groups.find(({ of }) => of.test(kind))?.many ?? other.many;
};
