import type { NotePurpose } from '../places.ts';
import { keyOf } from '../keys.ts';
import type { World } from '../screen.ts';
import { TIME_HELP, timeCheck, timeOf } from './checks.ts';
import { given, type FormKind, type Option } from './form.ts';

/** Two keys and the text: Enter on the first field saves; what else can be said of it is a field further and rarely needed. */
export const noteForm: FormKind<NotePurpose> = {
  spec: (_purpose, world) => ({
    title: 'Note',
    above: [],
    fields: [
      { is: 'line', id: 'text', label: 'Note (enter saves; tab: happened earlier, star, privileged)' },
      {
        is: 'line',
        id: 'at',
        label: `Happened at (${TIME_HELP}); empty: now`,
        optional: true,
        check: timeCheck,
      },
      {
        is: 'one',
        id: 'star',
        label: 'In the summary timeline',
        options: [
          { id: 'no', title: 'no' },
          { id: 'yes', title: 'yes, starred' },
        ],
        initial: 'no',
        optional: true,
      },
      {
        is: 'one',
        id: 'privileged',
        label: 'Privileged: leaves in no export but one with named recipients and a typed word',
        options: marks(world),
        initial: 'no',
        optional: true,
      },
    ],
    does: 'save the note',
    quick: true,
  }),
  complete(_purpose, values, world) {
    const at = timeOf(given(values, 'at'), world);
    const star = given(values, 'star') === 'yes';
    const marked = given(values, 'privileged') === 'yes';
    const command = {
      do: 'note' as const,
      text: given(values, 'text'),
      ...(at === undefined ? {} : { at }),
      ...(star ? { star } : {}),
      ...(marked ? { privileged: { directedBy: isLegal(world) ? null : legalOf(world) } } : {}),
    };
    const said = marked ? 'Note saved as privileged.' : 'Note saved.';
    return [{ do: 'back' }, { do: 'act', command, said }];
  },
};

const legalOf = ({ view }: World): string | null => view?.state.roles.get('legal') ?? null;
const isLegal = (world: World): boolean => legalOf(world) === world.view?.actor;

/** Only what will be taken is offered: whoever is legal tonight sets the mark, or somebody at their direction. */
const marks = (world: World): readonly Option[] => {
  const legal = legalOf(world);
  if (legal === null)
    return [
      {
        id: 'no',
        title: 'no',
        note: `nobody is legal tonight: ${keyOf(world.look, 'step:role')} says who is`,
      },
    ];
  return [
    { id: 'no', title: 'no' },
    { id: 'yes', title: isLegal(world) ? 'yes' : `yes, ${legal} (legal) asked for it` },
  ];
};
