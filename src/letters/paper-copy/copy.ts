import type { Block } from '../body.ts';
import { heading, list, mark, paragraph, plain, strong, table, title } from '../report/parts.ts';
import { periodWords } from './period.ts';
import { BOX, isFor, stepBlock } from './step.ts';
import type { PaperCopy } from './view.ts';

const LINE = '________________';
const LINES = 3;

/** The whole paper: whom to ring and what runs come before the steps, because they are what nobody can look up. */
export const paperCopy = (copy: PaperCopy): readonly Block[] => [
  ...cover(copy),
  heading('Whom to ring'),
  ...ringing(copy),
  heading('Clocks'),
  ...clocks(copy),
  ...phases(copy),
  ...typedBack(copy),
];

const cover = ({ plan, summary, pack, printedOn, zone, sha256 }: PaperCopy): readonly Block[] => [
  title(plan.title),
  ...(pack === null ? [] : [paragraph(mark(pack))]),
  paragraph(plain(summary.trim())),
  ...(plan.never.length === 0 ? [] : [paragraph(...plan.never.map((text) => mark(text)))]),
  paragraph(
    plain(`Begun on ${LINE} at ${LINE} in ${zone}`),
    plain(`The same time in UTC: ${LINE}   Zone of the times below: ${LINE}`),
    plain(`Led by ${LINE}   Written by ${LINE}   Known as ${LINE}`),
  ),
  paragraph(
    plain(
      `Tick ${BOX} what is done. Write each time when it happens, and never one that you only suppose. The paper is evidence: strike out, do not erase, keep it.`,
    ),
    plain(
      `Runbook ${plan.runbook} ${plan.version}, plan ${sha256.slice(0, 16)}, printed on ${printedOn}. Print it anew when one of them changes. Not legal advice.`,
    ),
  ),
];

const callsOf = ({ plan }: PaperCopy): readonly string[] => [
  ...new Set(
    plan.phases.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.kind === 'do' && step.call !== null ? [step.call] : [])),
    ),
  ),
];

/** Those of this runbook first; for a call that nobody is written down for, and for whoever else is needed, there is room. */
const ringing = (copy: PaperCopy): readonly Block[] => {
  const { contacts } = copy;
  const calls = callsOf(copy);
  const isCalled = (contact: NonNullable<typeof contacts>[number]): boolean =>
    calls.some((key) => isFor(contact, key));
  const known = (contacts ?? []).toSorted((a, b) => Number(isCalled(b)) - Number(isCalled(a)));
  const unknown = calls.filter((key) => !known.some((contact) => isFor(contact, key)));
  return [
    ...(known.length === 0
      ? []
      : [
          table(
            ['Who', 'For', 'Phone', 'Hours', 'Last rung', 'Reached, time'],
            [4, 6, 4, 3, 3, 4],
            known.map(({ name, duty, phone, hours = '', checked }) => ({
              cells: [name, duty, strong(phone), hours, checked, ''],
            })),
          ),
        ]),
    ...(unknown.length === 0
      ? []
      : [
          paragraph(
            mark(`Write in before the night: no number is known for ${unknown.join(', ')}.`),
            plain(
              'Numbers stand in contacts.yaml of the workspace; a row says under `for` what it is rung for.',
            ),
            ...unknown.map((key) => plain(`${key}: name ${LINE}  phone ${LINE}  reached ${LINE}`)),
          ),
        ]),
    paragraph(
      ...Array.from({ length: LINES }, () => plain(`Also: name ${LINE}  phone ${LINE}  reached ${LINE}`)),
    ),
  ];
};

const clocks = ({ clocks: all }: PaperCopy): readonly Block[] => [
  paragraph(
    plain(
      'A clock runs from the moment its start is known. Until then count from the earliest sign: nobody is blamed for being early. Not every clock applies; who rules one out writes down why.',
    ),
  ),
  all.length === 0
    ? paragraph(plain('This runbook names no duty with a clock.'))
    : table(
        ['Duty, and to whom', 'Starts with', 'Within', 'Started (UTC)', 'Due (UTC)', 'Sent, proof'],
        [7, 3, 3, 3, 3, 3],
        all.map(({ id, title: name, to, starts, period }) => ({
          cells: [`${name} (${id}): ${to}`, starts, periodWords(period), '', '', ''],
        })),
      ),
];

const phases = (copy: PaperCopy): readonly Block[] => {
  let number = 0;
  return copy.plan.phases.flatMap(({ id, title: name, goal, steps }) => [
    heading(name.toLowerCase() === id ? name : `${id.toUpperCase()}: ${name}`),
    paragraph(plain(`Reached when: ${goal}`)),
    ...steps.map((step) => stepBlock((number += 1), step, copy)),
  ]);
};

/** The journal writes down when it was told; when it happened is on the paper, and both have to stand there. */
const typedBack = ({ plan }: PaperCopy): readonly Block[] => {
  const first = plan.phases[0]?.steps[0]?.id ?? 'STEP';
  return [
    heading('Typing it back in'),
    paragraph(
      plain(
        'As soon as the program runs again, type in what stands here, in the order in which it happened. The journal keeps the time at which something happened, which you give, beside the time at which it was recorded, which it takes itself.',
      ),
    ),
    list(
      [
        `firebreak declare ${plan.runbook} --title "..." --at "2026-11-20 02:14"   (the time on the first page)`,
        `firebreak note --at "2026-11-20 02:31" "paper, step ${first}: ..."   (for every line with a time)`,
        `firebreak done ${first} "paper, 02:31, by ...: what was seen"   (--answer for an answer, --reference for a proof)`,
        'firebreak fact FACT VALUE --at "2026-11-20 02:31"   (for what a clock starts with)',
        'firebreak decide STEP --option ID --why "..."   (for a decision, with its reason)',
        'firebreak skip STEP --why "..."   (for what was left out)',
        'firebreak evidence add FILE   (photographs of these pages)',
      ],
      '',
    ),
  ];
};
