import { onlyRead, onlyReadWords } from '../../only-read.ts';
import type { Block, PageState } from '../../places.ts';
import { blank, line, paragraph, span, type Line } from '../../parts/line.ts';
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
import { pageKeys } from './keys.ts';

export const reading = (
  title: string,
  blocks: readonly Block[],
  offers?: PageState['offers'],
): PageState => ({ at: 'page', title, blocks, ...(offers === undefined ? {} : { offers }) });

const press = (state: PageState, pressed: Press): Next<PageState> => {
  if (pressed.is === 'command' && pressed.id === 'page:release' && state.offers === 'release')
    return doing(state, { do: 'prepare-release' });
  if (pressed.is !== 'command' || (pressed.id !== 'app:back' && pressed.id !== 'page:go-on'))
    return stay(state);
  return state.offers === 'acknowledge'
    ? doing(state, { do: 'acknowledge-page' }, { do: 'back' })
    : doing(state, { do: 'back' });
};

const disabled = (id: string, state: PageState, world: World): string | null => {
  if (id !== 'page:release') return null;
  if (state.offers !== 'release') return 'nothing on this page can be let go';
  if (onlyRead(world) !== null) return onlyReadWords(world);
  return (world.view?.state.acts.size ?? 0) === 0 ? 'nothing is held yet' : null;
};

const page = (state: PageState, _world: World, room: Room): Page => {
  const lines = state.blocks.flatMap(({ head, body, tone }, i): readonly Line[] => [
    ...(i === 0 ? [] : [blank]),
    ...(head === '' ? [] : [...paragraph(head, room.columns, tone ?? 'strong')]),
    ...(body === '' ? [] : paragraph(body, room.columns, 'plain', head === '' ? 0 : 2)),
  ]);
  return { lines: lines.length === 0 ? [line(span('Nothing here yet.', 'dim'))] : lines };
};

export const pageScreen: ScreenKind<PageState> = {
  keys: pageKeys,
  title: (state) => state.title,
  typing: () => false,
  press,
  page,
  disabled,
};
