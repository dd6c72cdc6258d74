import { keyOf } from '../../keys.ts';
import type { Backstage, Directing } from '../../../app/contract.ts';
import { clamp, moveBy } from '../../parts/list.ts';
import type { FacilitateState } from '../../places.ts';
import { doing, stay, type Effect, type Next, type Press, type Seated, type World } from '../../screen.ts';
import { messageBlocks } from './message.ts';

export const facilitateStart: FacilitateState = { at: 'facilitate', view: 'messages', chosen: null };

type Queue = Backstage['queue'];

const ARE_TO_COME: ReadonlySet<Queue[number]['state']> = new Set(['due', 'waiting', 'held']);

/** Until somebody chooses one, and where the chosen one is gone, the message that comes next. */
export const placeOf = ({ chosen }: FacilitateState, queue: Queue): number => {
  const at = queue.findIndex(({ id }) => id === chosen);
  if (at >= 0) return at;
  return clamp(
    queue.findIndex(({ state }) => ARE_TO_COME.has(state)),
    queue.length,
  );
};

/** Which screen this is shown on is the shell's to know; without a chair there is nothing to direct. */
export const seatedIn = ({ seated }: World): Seated => {
  if (seated === null) throw new Error('nobody facilitates here');
  return seated;
};

/** Where there is no list to move in, the same keys scroll. */
const moves: Readonly<Record<string, string>> = { 'facilitate:down': 'next', 'facilitate:up': 'previous' };

const views = ['messages', 'players', 'truth'] as const;
const after = (view: FacilitateState['view']): FacilitateState['view'] =>
  views[(views.indexOf(view) + 1) % views.length] ?? 'messages';

const about = { 'facilitate:fire': 'fire', 'facilitate:hold': 'hold', 'facilitate:skip': 'skip' } as const;
const forms = {
  'facilitate:own': 'own-message',
  'facilitate:assist': 'assist',
  'facilitate:speed': 'speed',
  'facilitate:end': 'end-drill',
  'facilitate:real-event': 'real-event',
} as const;
const has = <T extends object>(table: T, id: string): id is Extract<keyof T, string> =>
  Object.hasOwn(table, id);

const tell = (direction: Directing): Effect => ({ do: 'direct', direction });

export const pressFacilitate = (
  state: FacilitateState,
  press: Press,
  world: World,
): Next<FacilitateState> => {
  if (press.is !== 'command') return stay(state);
  const { id } = press;
  const { page } = seatedIn(world);
  const place = placeOf(state, page.queue);
  const one = page.queue[place];
  const moved = moveBy(moves[id] ?? id, place, page.queue.length);
  if (moved !== null) return stay({ ...state, chosen: page.queue[moved]?.id ?? null });
  if (has(about, id))
    return one === undefined
      ? stay(state)
      : doing({ ...state, chosen: one.id }, tell({ do: about[id], inject: one.id }));
  if (has(forms, id)) return doing(state, { do: 'form', purpose: { for: forms[id] } });
  switch (id) {
    case 'facilitate:to-come':
      return stay({ ...state, chosen: null });
    case 'facilitate:view':
      return stay({ ...state, view: after(state.view) });
    case 'facilitate:pause':
      return doing(state, tell({ do: page.paused ? 'go-on' : 'pause' }));
    case 'facilitate:read':
      return one === undefined
        ? stay(state)
        : doing(state, { do: 'read', title: one.id, blocks: messageBlocks(one) });
    case 'app:back':
      return doing(state, { do: 'quit' });
    default:
      return stay(state);
  }
};

const ONLY_LOOKS = /^facilitate:(?:down|up|first|last|to-come|view|read)$/;

/** A message that has arrived cannot be taken back, and nothing is directed where nobody plays. */
export const facilitateDisabled = (id: string, state: FacilitateState, world: World): string | null => {
  const { page, lost } = seatedIn(world);
  const one = page.queue[placeOf(state, page.queue)];
  if (ONLY_LOOKS.test(id) || !id.startsWith('facilitate:'))
    return one === undefined && id === 'facilitate:read' ? 'there is no message' : null;
  if (lost !== null) return 'nobody plays this drill now';
  if (page.over !== null) return 'the drill is over';
  if (!has(about, id)) return null;
  if (state.view !== 'messages') return `${keyOf(world.look, 'facilitate:view')} goes to the messages`;
  if (one === undefined) return 'there is no message';
  if (one.state === 'arrived') return 'it has arrived already';
  if (id === 'facilitate:hold' && one.state === 'held') return 'it is held back already';
  return id === 'facilitate:skip' && one.state === 'skipped' ? 'it is left out already' : null;
};
