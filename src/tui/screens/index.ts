import { remapped } from '../binding.ts';
import type { Screen } from '../places.ts';
import type { Next, Page, Press, Room, ScreenEvent, ScreenKind, World } from '../screen.ts';
import { auditScreen } from './audit/audit.ts';
import { clocksScreen } from './clocks/clocks.ts';
import { declareScreen } from './declare/declare.ts';
import { differenceScreen } from './difference/difference.ts';
import { doctorScreen } from './doctor/doctor.ts';
import { facilitateScreen } from './facilitate/facilitate.ts';
import { formScreen } from './form/form.ts';
import { homeScreen } from './home/home.ts';
import { incidentScreen } from './incident/incident.ts';
import { inventoryScreen } from './inventory/inventory.ts';
import { letterScreen } from './letter/letter.ts';
import { lettersScreen } from './letters/letters.ts';
import { mergeScreen } from './merge/merge.ts';
import { mailingScreen } from './mailing/mailing.ts';
import { mailingsScreen } from './mailings/mailings.ts';
import { pageScreen } from './page/page.ts';
import { peopleScreen } from './people/people.ts';
import { postedScreen } from './posted/posted.ts';
import { runScreen } from './run/run.ts';
import { scopeImportScreen } from './scope/import.ts';
import { scopeScreen } from './scope/scope.ts';
import { timelineScreen } from './timeline/timeline.ts';
import { unsureScreen } from './unsure/unsure.ts';
import { whoScreen } from './who/who.ts';

/** A screen bound to its state, so that the frame around it need not know which it is. */
export type Bound = Readonly<{
  keys: ScreenKind<never>['keys'];
  title: string;
  typing: boolean;
  press: (press: Press) => Next<Screen>;
  hear: (event: ScreenEvent) => Next<Screen>;
  page: (room: Room) => Page;
  disabled: (id: string) => string | null;
  hints: number;
}>;

const HINTS_MAX = 6;

const bind = <S extends Screen>(kind: ScreenKind<S>, state: S, world: World): Bound => ({
  keys: remapped(kind.keys, world.look.remap),
  title: kind.title(state, world),
  typing: kind.typing(state, world),
  press: (press) => kind.press(state, press, world),
  hear: (event) => kind.hear?.(state, event, world) ?? { state, effects: [] },
  page: (room) => kind.page(state, world, room),
  disabled: (id) => kind.disabled?.(id, state, world) ?? null,
  hints: kind.hints ?? HINTS_MAX,
});

export const boundScreen = (state: Screen, world: World): Bound => {
  switch (state.at) {
    case 'home':
      return bind(homeScreen, state, world);
    case 'declare':
      return bind(declareScreen, state, world);
    case 'incident':
      return bind(incidentScreen, state, world);
    case 'run':
      return bind(runScreen, state, world);
    case 'form':
      return bind(formScreen, state, world);
    case 'unsure':
      return bind(unsureScreen, state, world);
    case 'clocks':
      return bind(clocksScreen, state, world);
    case 'who':
      return bind(whoScreen, state, world);
    case 'people':
      return bind(peopleScreen, state, world);
    case 'timeline':
      return bind(timelineScreen, state, world);
    case 'letters':
      return bind(lettersScreen, state, world);
    case 'letter':
      return bind(letterScreen, state, world);
    case 'merge':
      return bind(mergeScreen, state, world);
    case 'mailings':
      return bind(mailingsScreen, state, world);
    case 'mailing':
      return bind(mailingScreen, state, world);
    case 'posted':
      return bind(postedScreen, state, world);
    case 'scope':
      return bind(scopeScreen, state, world);
    case 'scope-import':
      return bind(scopeImportScreen, state, world);
    case 'doctor':
      return bind(doctorScreen, state, world);
    case 'audit':
      return bind(auditScreen, state, world);
    case 'difference':
      return bind(differenceScreen, state, world);
    case 'inventory':
      return bind(inventoryScreen, state, world);
    case 'facilitate':
      return bind(facilitateScreen, state, world);
    case 'page':
      return bind(pageScreen, state, world);
  }
};
