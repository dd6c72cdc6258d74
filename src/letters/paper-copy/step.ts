import type { Contact } from '../../model/inventory.ts';
import type { Choice, PlannedStep } from '../../model/plan.ts';
import type { Block, Runs } from '../body.ts';
import { paragraph, plain, strong } from '../report/parts.ts';
import type { PaperCopy } from './view.ts';

export const BOX = '☐';
const SHORT = '____________';
const LONG = '______________________________________________';

/** One step: a box to tick, what to do without the program, and lines for what happened. */
export const stepBlock = (number: number, step: PlannedStep, copy: PaperCopy): Block =>
  paragraph(
    [
      ...strong(`${BOX} ${number}. ${step.title}`),
      ...plain(`   ${step.role}, ${step.minutes} min   [${step.id}]`),
    ],
    ...labelled([
      ['Only if', step.when ?? ''],
      ['After', step.after.join(', ')],
      ['Keep first', step.preserve.join(', ')],
    ]),
    plain(step.why),
    ...asked(step, copy),
    ...labelled([
      [step.kind === 'act' ? 'By hand' : 'Otherwise', step.fallback],
      ['Worked when', step.verify],
    ]),
    ...(step.approvals === 0 ? [] : [plain(`Agreed by ${step.approvals} others: ${LONG}`)]),
    plain(`Begun ${SHORT}  Done ${SHORT}  Zone ${SHORT}  By ${SHORT}`),
    plain(`Seen, written down: ${LONG}`),
  );

const labelled = (rows: readonly (readonly [label: string, words: string])[]): readonly Runs[] =>
  rows.flatMap(([label, words]) => (words === '' ? [] : [[...strong(`${label}: `), ...plain(words)]]));

const asked = (step: PlannedStep, copy: PaperCopy): readonly Runs[] => {
  switch (step.kind) {
    case 'act':
      return acting(step, copy);
    case 'ask':
      return [
        ...labelled([
          ['Answer', step.question],
          ['Help', step.help],
        ]),
        ...choices(step.choices),
      ];
    case 'decide':
      return [
        ...labelled([
          [`Decide (${step.decider})`, step.question],
          ['Advice', step.advice],
        ]),
        ...choices(step.options),
        plain(`Because: ${LONG}`),
      ];
    case 'do':
      return labelled([
        ['Do', step.instruction],
        ['Ring', step.call === null ? '' : ringWords(step.call, copy.contacts)],
        ['Write down', step.record],
        ['Put back', step.undo ?? ''],
      ]);
    case 'write':
      return labelled([
        [
          'Letter',
          `${step.letter}${step.duty === null ? '' : `, for ${step.duty}`}. Without the program: write what happened, what it means for people, what was done, whom to ask, and what is not known yet.`,
        ],
      ]);
    case 'wait':
      return labelled([['Wait for', step.fact ?? `${step.for_minutes ?? 0} minutes`]]);
  }
};

const choices = (all: readonly Choice[]): readonly Runs[] =>
  all.map(({ id, title, consequence }) =>
    plain(`    ${BOX} ${id}: ${title}${consequence === '' ? '' : ` (${consequence})`}`),
  );

type Act = Extract<PlannedStep, { kind: 'act' }>;

/** The console of each system once, with the rows of the inventory that it is about. */
const acting = (step: Act, { manuals }: PaperCopy): readonly Runs[] => {
  const targets = step.targets.map(({ item }) => item);
  const actions = [...new Set(step.targets.flatMap(({ action }) => action ?? []))];
  return [
    ...labelled([
      ['On', targets.length === 0 ? 'nothing of the inventory; see below' : targets.join(', ')],
      ['Chosen by', step.from_fact === null ? '' : `the answer to ${step.from_fact}`],
    ]),
    ...actions.flatMap((action) => {
      const manual = manuals.get(action);
      if (manual === undefined) return [];
      return [
        [...strong(`${action}: `), ...plain(manual.where)],
        ...manual.steps.map((text, i) => plain(`    ${BOX} ${i + 1}) ${text}`)),
        ...labelled([['Write down', manual.record]]),
      ];
    }),
  ];
};

export const isFor = (contact: Contact, key: string): boolean =>
  contact.id === key || contact.for?.includes(key) === true;

const ringWords = (key: string, contacts: readonly Contact[] | null): string => {
  const found = contacts?.filter((contact) => isFor(contact, key)) ?? [];
  if (found.length === 0) return `${key}, number: ${LONG}`;
  return found.map(({ name, phone }) => `${name}, ${phone}`).join('; or ');
};
