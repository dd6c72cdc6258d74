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

export const reading = (title: string, blocks: readonly Block[]): PageState => ({
  at: 'page',
  title,
  blocks,
});

const press = (state: PageState, pressed: Press): Next<PageState> =>
  pressed.is === 'command' && (pressed.id === 'app:back' || pressed.id === 'page:go-on')
    ? doing(state, { do: 'back' })
    : stay(state);

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
};
