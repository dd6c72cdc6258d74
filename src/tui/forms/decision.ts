import { againNow } from '../../projections/decisions.ts';
import type { DecisionPurpose } from '../places.ts';
import type { World } from '../screen.ts';
import { given, optional, type Check, type FormField, type FormKind } from './form.ts';

const factList = (text: string): readonly string[] =>
  text
    .split(/[\s,]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** A fact may be named before anybody has recorded it: then its first answer asks again. */
const factsCheck: Check = (text, world) => {
  const unheard = factList(text).filter((fact) => world.view?.state.facts.has(fact) !== true);
  return {
    ok: factList(text).every((fact) => FACT_ID.test(fact)),
    says: unheard.length === 0 ? 'all recorded' : `not recorded yet: ${unheard.join(', ')}`,
  };
};
const FACT_ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Decisions outside the runbook that are asked again: which of them this one takes the place of. */
const insteadField = (world: World): readonly FormField[] => {
  const open = world.view === null ? [] : againNow(world.view.state).filter(({ step }) => step === null);
  return open.length === 0
    ? []
    : [
        {
          is: 'one',
          id: 'instead',
          label: 'Decides anew',
          options: [
            { id: 'none', title: 'nothing, it is a decision of its own' },
            ...open.map(({ n, text }) => ({ id: String(n), title: `entry ${n}`, note: text })),
          ],
          initial: 'none',
        },
      ];
};

const insteadOf = (text: string): Readonly<{ instead?: number }> =>
  /^\d+$/.test(text) ? { instead: Number(text) } : {};

export const decisionForm: FormKind<DecisionPurpose> = {
  spec: (_purpose, world) => ({
    title: 'Decision',
    above: [],
    fields: [
      { is: 'line', id: 'question', label: 'What was to be decided, with the options' },
      { is: 'line', id: 'option', label: 'Decided' },
      { is: 'block', id: 'rationale', label: 'Why' },
      { is: 'line', id: 'decider', label: 'Who decided', initial: world.view?.actor ?? '' },
      { is: 'line', id: 'objections', label: 'Strong objections, by whom', optional: true },
      {
        is: 'line',
        id: 'relies',
        label: 'Facts it rests on, with commas: asked again once one changes',
        optional: true,
        check: factsCheck,
      },
      ...insteadField(world),
    ],
    does: 'record the decision',
  }),
  complete: (_purpose, values) => [
    { do: 'back' },
    {
      do: 'act',
      command: {
        do: 'decide',
        step: null,
        question: given(values, 'question'),
        option: given(values, 'option'),
        rationale: given(values, 'rationale'),
        decider: given(values, 'decider'),
        ...optional('objections', given(values, 'objections')),
        relies: factList(given(values, 'relies')),
        ...insteadOf(given(values, 'instead')),
      },
      said: 'Decision recorded, starred in the timeline.',
    },
  ],
};
