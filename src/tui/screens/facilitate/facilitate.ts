import type { FacilitateState } from '../../places.ts';
import type { Page, Room, ScreenKind, World } from '../../screen.ts';
import { facilitateKeys } from './keys.ts';
import { messagesPage } from './messages.ts';
import { playersPage, truthPage } from './looks.ts';
import { facilitateDisabled, pressFacilitate, seatedIn } from './state.ts';

const page = (state: FacilitateState, world: World, room: Room): Page => {
  const seated = seatedIn(world);
  switch (state.view) {
    case 'messages':
      return messagesPage(state, seated, world, room);
    case 'players':
      return playersPage(seated, world, room);
    case 'truth':
      return truthPage(seated, world, room);
  }
};

export const facilitateScreen: ScreenKind<FacilitateState> = {
  keys: facilitateKeys,
  title: (_state, world) => `Facilitator: ${seatedIn(world).page.title}`,
  typing: () => false,
  press: pressFacilitate,
  page,
  disabled: facilitateDisabled,
  hints: 9,
};
