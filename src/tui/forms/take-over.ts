import type { TakeOverPurpose } from '../places.ts';
import { paragraph } from '../parts/line.ts';
import type { World } from '../screen.ts';
import type { FormKind } from './form.ts';

const codename = (world: World): string => world.view?.state.codename ?? '';

/** One process acts on an incident. Taking over from a living one is a person's decision, so its name is typed. */
export const takeOverForm: FormKind<TakeOverPurpose> = {
  spec: (_purpose, world) => ({
    title: 'Take the incident over',
    above: (width) => [
      ...paragraph(
        'For when another process acts on this incident: two that act would not know of each other.',
        width,
        'warn',
      ),
      ...paragraph(
        'After this the other process can only read and note. What it has in flight becomes UNSURE: the systems are asked, and nothing is repeated.',
        width,
      ),
      ...paragraph(
        'Ring whoever sits there first. Notes can be written here without taking over.',
        width,
        'dim',
      ),
    ],
    fields: [
      {
        is: 'line',
        id: 'name',
        label: `Type the codename to take over: ${codename(world)}`,
        check: (text) => {
          const ok = text.trim() === codename(world);
          return { ok, says: ok ? 'matches' : 'not the codename' };
        },
      },
    ],
    does: 'take over',
  }),
  complete: (_purpose, _values, world) =>
    world.view === null ? [] : [{ do: 'back' }, { do: 'open', id: world.view.id, takeOver: true }],
};
