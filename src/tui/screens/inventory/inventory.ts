import type { InventoryState } from '../../places.ts';
import { line, span, type Line } from '../../parts/line.ts';
import { clamp, moveBy } from '../../parts/list.ts';
import { choiceRow, heading } from '../../parts/rows.ts';
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

const press = (state: InventoryState, pressed: Press, world: World): Next<InventoryState> => {
  if (pressed.is !== 'command') return stay(state);
  const items = world.incident?.items() ?? [];
  const moved = moveBy(pressed.id, state.chosen, items.length);
  if (moved !== null) return stay({ ...state, chosen: moved });
  if (pressed.id === 'app:back') return doing(state, { do: 'back' });
  const item = items[clamp(state.chosen, items.length)];
  if (item === undefined) return stay(state);
  if (pressed.id === 'inventory:pause')
    return doing(state, { do: 'prepare-item', item: item.id, what: 'pause' });
  return pressed.id === 'inventory:revoke'
    ? doing(state, { do: 'prepare-item', item: item.id, what: 'revoke' })
    : stay(state);
};

const page = (state: InventoryState, world: World, room: Room): Page => {
  const items = world.incident?.items() ?? [];
  if (items.length === 0) return { lines: [line(span('The inventory is empty.', 'dim'))] };
  const lines: Line[] = [];
  let focus = 0;
  for (const [i, item] of items.entries()) {
    if (item.kind !== items[i - 1]?.kind) lines.push(...heading(`${item.kind}s`));
    if (i === state.chosen) focus = lines.length;
    const hold = world.view?.containment.targets.find((target) => target.item === item.id);
    lines.push(
      ...choiceRow(
        item.title,
        i === state.chosen,
        room.columns,
        `${item.id}${hold === undefined ? '' : `, ${hold.word}`}`,
      ),
    );
  }
  return { lines, focus };
};

export const inventoryScreen: ScreenKind<InventoryState> = {
  keys: inventoryKeys,
  title: () => 'Inventory',
  typing: () => false,
  press,
  page,
};
