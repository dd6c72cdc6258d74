import type { Inventory } from '../../../model/inventory.ts';
import type { InventoryState } from '../../places.ts';
import { line, span, type Line } from '../../parts/line.ts';
import { clamp, moveBy } from '../../parts/list.ts';
import { choiceRow, heading } from '../../parts/rows.ts';
import { whoseLines } from '../../parts/whose.ts';
import {
  doing,
  stay,
  type Next,
  type Page,
  type Press,
  type Room,
  type ScreenKind,
  type World,
} from '../../screen.ts';
import { inventoryKeys } from './keys.ts';

type Row = Readonly<{ id: string; title: string; kind: string; note: string }>;

const mapRows = ({ channels, integrations, credentials }: Inventory): readonly Row[] => {
  const rows = (
    kind: string,
    all: readonly Readonly<{ id: string; title: string; owner: string }>[],
  ): readonly Row[] => all.map(({ id, title, owner }) => ({ id, title, kind, note: `${id}, ${owner}` }));
  return [
    ...rows('channel', channels),
    ...rows('integration', integrations),
    ...rows('credential', credentials),
  ];
};

/** In an incident the rows that it was declared with, each with what became of it; else the data map as it lies there. */
const rowsOf = ({ app, incident, view }: World): readonly Row[] => {
  if (incident === null) return mapRows(app.inventory());
  return incident.items().map(({ id, title, kind }) => {
    const hold = view?.containment.targets.find((target) => target.item === id);
    return { id, title, kind, note: `${id}${hold === undefined ? '' : `, ${hold.word}`}` };
  });
};

const press = (state: InventoryState, pressed: Press, world: World): Next<InventoryState> => {
  if (pressed.is !== 'command') return stay(state);
  const rows = rowsOf(world);
  const moved = moveBy(pressed.id, state.chosen, rows.length);
  if (moved !== null) return stay({ ...state, chosen: moved });
  if (pressed.id === 'app:back') return doing(state, { do: 'back' });
  if (pressed.id === 'inventory:sync') return doing(state, { do: 'compare' });
  const row = rows[clamp(state.chosen, rows.length)];
  if (row === undefined) return stay(state);
  if (pressed.id === 'inventory:pause')
    return doing(state, { do: 'prepare-item', item: row.id, what: 'pause' });
  return pressed.id === 'inventory:revoke'
    ? doing(state, { do: 'prepare-item', item: row.id, what: 'revoke' })
    : stay(state);
};

const disabled = (id: string, _state: InventoryState, world: World): string | null => {
  const { app, incident, drill, view } = world;
  if (id === 'inventory:sync') {
    if (!app.live || drill !== null || view?.state.drill === true) return 'a drill reaches no live system';
    return app.whose === 'example' ? 'there is no workspace here: firebreak init makes one' : null;
  }
  if (incident !== null || (id !== 'inventory:pause' && id !== 'inventory:revoke')) return null;
  return `open an incident first; without one: firebreak ${id === 'inventory:pause' ? 'pause' : 'revoke'}`;
};

const page = (state: InventoryState, world: World, room: Room): Page => {
  const rows = rowsOf(world);
  const lines: Line[] =
    world.incident === null ? [...whoseLines(world.app.whose, world.app, room.columns)] : [];
  if (rows.length === 0) return { lines: [...lines, line(span('The inventory is empty.', 'dim'))] };
  const chosen = clamp(state.chosen, rows.length);
  let focus = 0;
  for (const [i, { title, kind, note }] of rows.entries()) {
    if (kind !== rows[i - 1]?.kind) lines.push(...heading(`${kind}s`));
    if (i === chosen) focus = lines.length;
    lines.push(...choiceRow(title, i === chosen, room.columns, note));
  }
  return { lines, focus };
};

export const inventoryScreen: ScreenKind<InventoryState> = {
  keys: inventoryKeys,
  title: () => 'Inventory',
  typing: () => false,
  press,
  page,
  disabled,
};
