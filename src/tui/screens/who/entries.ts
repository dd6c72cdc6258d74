import type { Authority, Rung, WhoRow } from '../../../app/contract.ts';
import type { World } from '../../screen.ts';

/** One thing to choose on the screen: a number, an authority whose number is not known, or a row in which nobody stands yet. */
export type Entry = Readonly<{ row: WhoRow; first: boolean }> &
  (
    | Readonly<{ is: 'contact'; id: string; name: string; rung: Rung }>
    | Readonly<{ is: 'authority'; id: string; name: string; told: Told }>
    | Readonly<{ is: 'nobody' }>
  );
type Told = WhoRow['authorities'][number];
export type Callable = Extract<Entry, Readonly<{ id: string }>>;

/** `only`: a step or a clock names whom to ring; then each stands there once. */
export const entriesOf = (only: readonly string[] | null, world: World): readonly Entry[] => {
  const all = (world.view?.who ?? []).flatMap(entriesIn);
  if (only === null) return all;
  const seen = new Set<string>();
  return all
    .filter((entry) => {
      if (!wanted(entry, only)) return false;
      if (entry.is === 'nobody') return true;
      const again = seen.has(entry.id);
      seen.add(entry.id);
      return !again;
    })
    .map((entry, i, kept) => ({ ...entry, first: kept[i - 1]?.row.id !== entry.row.id }));
};

const entriesIn = (row: WhoRow): readonly Entry[] => {
  const contacts = row.contacts.map((rung) => ({ is: 'contact' as const, ...idOf(rung.contact), rung }));
  const authorities = row.authorities.map((told) => ({
    is: 'authority' as const,
    ...idOf(told.authority),
    told,
  }));
  const nobody = row.missing === null ? [] : [{ is: 'nobody' as const }];
  return [...contacts, ...nobody, ...authorities].map((entry, i) => ({ ...entry, row, first: i === 0 }));
};

const idOf = ({ id, name }: Readonly<Pick<Authority, 'id' | 'name'>>) => ({ id, name });

const wanted = (entry: Entry, only: readonly string[]): boolean => {
  const { row } = entry;
  if (only.includes(row.id) || row.duties.some(({ duty }) => only.includes(duty))) return true;
  if (entry.is !== 'contact') return false;
  const { id, for: serves = [] } = entry.rung.contact;
  return only.includes(id) || serves.some((one) => only.includes(one));
};
