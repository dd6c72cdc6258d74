import type { AskPurpose } from '../places.ts';
import type { Answer } from '../../app/contract.ts';
import type { PlannedStep } from '../../model/plan.ts';
import { stepsOf } from '../../model/plan.ts';
import { wantsReason } from '../parts/approval.ts';
import { labelled, paragraph, type Line } from '../parts/line.ts';
import type { World } from '../screen.ts';
import { countCheck, parseCount, TIME_HELP, timeCheck, timeOf } from './checks.ts';
import {
  given,
  onward,
  optional,
  type FormField,
  type FormKind,
  type FormSpec,
  type Option,
  type Values,
} from './form.ts';

type Ask = Extract<PlannedStep, { kind: 'ask' }>;

export const stepOf = (world: World, id: string): PlannedStep | undefined => {
  const plan = world.view?.state.plan;
  return plan === null || plan === undefined ? undefined : stepsOf(plan).find((step) => step.id === id);
};

const askOf = (world: World, id: string): Ask => {
  const step = stepOf(world, id);
  if (step?.kind !== 'ask') throw new Error(`${id} asks nothing`);
  return step;
};

const UNKNOWN: Option = {
  id: 'unknown',
  title: 'Not known yet',
  note: 'an answer too; clocks stay provisional',
};
const items = (world: World, credentials: boolean): readonly Option[] =>
  (world.incident?.items() ?? [])
    .filter(({ kind }) => !credentials || kind === 'credential')
    .map(({ id, title, kind }) => ({ id, title, note: `${id}, ${kind}` }));

/** The fields for a kind of answer. Where "not known yet" is allowed it is a choice, or an empty line. */
const fieldsOf = (step: Ask, world: World): readonly FormField[] => {
  const empty = step.unknown ? ' (leave empty: not known yet)' : '';
  const free = { id: 'answer', optional: step.unknown } as const;
  switch (step.answer) {
    case 'text':
      return [{ ...free, is: 'line', label: `Answer${empty}` }];
    case 'long-text':
      return [{ ...free, is: 'block', label: `Answer${empty}` }];
    case 'number':
      return [{ ...free, is: 'line', label: `Number${empty}`, check: countCheck }];
    case 'time':
      return [{ ...free, is: 'line', label: `When? ${TIME_HELP}${empty}`, check: timeCheck }];
    case 'range':
      return [
        { ...free, is: 'line', label: `About how many${empty}`, check: countCheck },
        { is: 'line', id: 'from', label: 'At least', optional: true, check: countCheck },
        { is: 'line', id: 'to', label: 'At most', optional: true, check: countCheck },
        { is: 'line', id: 'basis', label: 'Where the number comes from', optional: step.unknown },
      ];
    case 'yes-no':
      return [
        {
          is: 'one',
          open: true,
          id: 'answer',
          label: 'Answer',
          options: [
            { id: 'yes', title: 'Yes' },
            { id: 'no', title: 'No' },
            ...(step.unknown ? [UNKNOWN] : []),
          ],
        },
      ];
    case 'choice':
      return [
        {
          is: 'one',
          open: true,
          id: 'answer',
          label: 'Answer',
          options: [
            ...step.choices.map(({ id, title, consequence }) => ({ id, title, note: consequence })),
            ...(step.unknown ? [UNKNOWN] : []),
          ],
        },
      ];
    case 'items':
      return [{ ...free, is: 'many', label: `Which? space ticks${empty}`, options: items(world, false) }];
    case 'secret':
      return items(world, true).map(({ id, title }) => ({
        is: 'secret',
        id,
        label: `${title} (${id})`,
        optional: true,
        ...clipboardOf(id, world),
      }));
  }
};

/** What a player would have copied from the page. There is no clipboard in a live incident: the real one is pasted. */
const clipboardOf = (item: string, world: World): Readonly<{ says?: string }> => {
  const made = world.drill?.clipboard(item) ?? null;
  return made === null ? {} : { says: 'DRILL: ctrl+y pastes the made-up value' };
};

const answerOf = (step: Ask, values: Values, world: World): Answer => {
  const text = given(values, 'answer');
  if (step.answer === 'secret') return secretOf(values, world, step.unknown);
  if (text === '' || text === 'unknown') return { is: 'unknown' };
  switch (step.answer) {
    case 'text':
    case 'long-text':
      return { is: 'text', text };
    case 'number':
      return { is: 'number', value: parseCount(text) ?? 0 };
    case 'time': {
      const at = timeOf(text, world);
      return at === undefined ? { is: 'unknown' } : { is: 'time', at };
    }
    case 'range': {
      const { about, from, to } = rangeOf(values);
      return { is: 'range', about, from, to, basis: given(values, 'basis') };
    }
    case 'yes-no':
      return { is: 'yes-no', value: text === 'yes' };
    case 'choice':
      return { is: 'choice', id: text };
    case 'items':
      return { is: 'items', ids: text.split(' ') };
  }
};

/** Without bounds the number itself is both. */
const rangeOf = (values: Values): Readonly<{ about: number; from: number; to: number }> => {
  const about = parseCount(given(values, 'answer')) ?? 0;
  const bound = (id: string): number => parseCount(given(values, id)) ?? about;
  return { about, from: bound('from'), to: bound('to') };
};

/** Bounds that do not hold the number are never bent until they do: one of the three was mistyped, and only a person knows which. */
const outOfBounds = (step: Ask, values: Values): string | null => {
  if (step.answer !== 'range' || given(values, 'answer') === '') return null;
  const { about, from, to } = rangeOf(values);
  if (from <= about && about <= to) return null;
  return `Not saved: ${about} does not lie between at least ${from} and at most ${to}. Correct one of them.`;
};

/** Each line of a field is a credential of its own: several of one kind can have leaked. */
const secretOf = (values: Values, world: World, unknown: boolean): Answer => {
  const credentials = items(world, true).flatMap(({ id }) =>
    (values[id] ?? '')
      .split('\n')
      .map((value) => value.trim())
      .filter((value) => value !== '')
      .map((value) => ({ item: id, value })),
  );
  const none = credentials.every(({ value }) => value === NOBODY_HAS_IT);
  const said = credentials.length > 0 || items(world, true).length === 0;
  return said && none && unknown ? { is: 'unknown' } : { is: 'secret', credentials };
};

/** Said, not left empty: one Enter too many in a hidden field must not pass for an answer. */
const NOBODY_HAS_IT = '?';

const sealing = (step: Ask, world: World): string => {
  if (items(world, true).length > 0)
    return `Kept sealed for the proof that it is dead, destroyed when the incident closes. Never shown.${step.unknown ? ' Nobody has it yet: ? and Enter.' : ''}`;
  const so =
    'The inventory names no credential, so there is no field to paste it into: it is killed by hand.';
  return step.unknown
    ? `${so} Enter records that it is not known here; esc leaves the step open.`
    : `${so} esc, then leave the step out and say so.`;
};

const above = (step: Ask, world: World, width: number): readonly Line[] => [
  ...paragraph(step.question, width, 'strong'),
  ...(step.help === '' ? [] : paragraph(step.help, width, 'dim')),
  ...labelled('Why', step.why, width),
  ...(step.answer === 'secret' ? paragraph(sealing(step, world), width, 'dim') : []),
];

/** What a plain "no" would end here. Every other kind of answer either ends nothing or is a decision with its reason. */
const endedByNo = (step: Ask, world: World): readonly string[] =>
  step.answer === 'yes-no' ? (world.incident?.ends(step.fact, { is: 'yes-no', value: false }) ?? []) : [];

const duties = (ended: readonly string[]): string =>
  ended.length === 1 ? `the duty ${ended[0] ?? ''}` : `${ended.length} duties: ${ended.join(', ')}`;

/** A "no" that ends a duty is given with its reason; every other answer is saved by the first Enter. */
const whyNot = (
  ended: readonly string[],
): Pick<FormSpec, 'quick' | 'below'> & Readonly<{ field: readonly FormField[] }> =>
  ended.length === 0
    ? { field: [] }
    : {
        field: [{ is: 'line', id: 'why-no', label: 'Why, for a no (tab)', optional: true }],
        quick: true,
        below: (values, width) =>
          given(values, 'answer') === 'no' ? paragraph(`No ends ${duties(ended)}.`, width, 'warn') : [],
      };

const WITHOUT_APPROVAL = 'Nobody has approved it (esc, then a asks): why you go on, recorded as an OVERRIDE';

export const askForm: FormKind<AskPurpose> = {
  spec(purpose, world) {
    const step = askOf(world, purpose.step);
    const { field, ...shown } = whyNot(endedByNo(step, world));
    return {
      title: step.title,
      above: (width) => above(step, world, width),
      fields: [
        ...fieldsOf(step, world),
        ...field,
        ...(wantsReason(step.id, world) ? [{ is: 'line' as const, id: 'why', label: WITHOUT_APPROVAL }] : []),
      ],
      does: 'save the answer',
      ...shown,
    };
  },
  complete(purpose, values, world) {
    const step = askOf(world, purpose.step);
    const answer = answerOf(step, values, world);
    if (answer.is === 'secret' && answer.credentials.length === 0) {
      return [
        {
          do: 'say',
          tone: 'warn',
          text:
            items(world, true).length === 0
              ? sealing(step, world)
              : `No credential was given. Paste it into its field; ${step.unknown ? '? and Enter says that nobody has it yet; ' : ''}esc leaves without.`,
        },
      ];
    }
    const outside = outOfBounds(step, values);
    if (outside !== null) return [{ do: 'say', tone: 'warn', text: outside }];
    const ended = answer.is === 'yes-no' && !answer.value ? endedByNo(step, world) : [];
    if (ended.length > 0 && given(values, 'why-no') === '') {
      const text = `Not saved: a no ends ${duties(ended)}. Say why (tab), or choose Not known yet.`;
      return [{ do: 'say', tone: 'warn', text }];
    }
    const said =
      answer.is === 'secret'
        ? `${answer.credentials.length === 1 ? 'One credential is' : `${answer.credentials.length} credentials are`} sealed.`
        : answer.is === 'unknown'
          ? 'Recorded: not known yet. o on its step opens it again.'
          : 'Answer recorded.';
    const reason = optional('reason', given(values, 'why') || given(values, 'why-no'));
    return [onward, { do: 'act', command: { do: 'answer', step: step.id, answer, ...reason }, said }];
  },
};
