import { formatDistance, leftOrLate } from '../base/duration.ts';
import { formatLocal } from '../base/instant.ts';
import type { Progress } from '../incident/ready.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Role } from '../model/names.ts';
import { standingWord, type ClockView } from './countdowns.ts';
import { bleedingWords, driftAlarms, type ContainmentView } from './containment.ts';
import type { PeopleView } from './people.ts';
import { taskTime, taskWord, type TeamView } from './team.ts';

/**
 * What somebody must know who takes over, in the order of I-PASS: how bad it is, how it stands, what is to be done, what to watch
 * for, and last what only the one who leaves knows. Foreign words are not escaped yet.
 */
export type HandoverInput = Readonly<{
  title: string;
  zone: string;
  state: IncidentState;
  progress: Progress;
  clocks: readonly ClockView[];
  containment: ContainmentView;
  people: PeopleView;
  team: TeamView;
}>;

export type HandoverPart = Readonly<{ head: string; lines: readonly string[] }>;

/** Clocks that somebody can still hold in their head. */
const CLOCKS = 4;

/** `role`: the one that goes over; null for a page about no role in particular. */
export const handoverParts = (input: HandoverInput, role: Role | null): readonly HandoverPart[] =>
  [
    { head: 'How bad it is', lines: howBad(input) },
    { head: 'How it stands', lines: howItStands(input) },
    { head: 'To be done', lines: toBeDone(input) },
    { head: 'Clocks', lines: clockLines(input) },
    { head: 'Who does what', lines: whoDoesWhat(input) },
    { head: 'What to watch for', lines: watchFor(input) },
    { head: 'From whoever hands over', lines: fromThem(input, role) },
  ].filter(({ lines }) => lines.length > 0);

const howBad = ({ title, state, containment }: HandoverInput): readonly string[] => {
  const { answer, because } = bleedingWords[containment.bleeding];
  return [
    `${title} (${state.codename}), severity ${state.severity}${state.drill ? ', DRILL' : ''}`,
    `Still bleeding? ${answer} ${because}`,
  ];
};

const howItStands = ({ progress, containment: { counts } }: HandoverInput): readonly string[] => [
  `${progress.done} of ${progress.total} steps done, ${progress.skipped} left out, ${progress.unsure} unsure`,
  ...(counts.total === 0 ? [] : [`${counts.proved} of ${counts.total} targets stopped and proved`]),
];

const toBeDone = ({ progress: { current, next, steps }, people }: HandoverInput): readonly string[] => [
  ...(current === null
    ? []
    : [`now: ${current.step.title} (${current.step.role}, ${current.step.minutes} min)`]),
  ...(next === null ? [] : [`then: ${next.step.title} (${next.step.role})`]),
  ...steps.filter(({ status }) => status === 'fail').map(({ step }) => `FAILED and open: ${step.title}`),
  ...people.waiting.map(
    ({ title, asked, approval }) =>
      `${title}: ${approval.given.length} of ${approval.need} approved (request ${asked})`,
  ),
  ...people.reviews.map(({ n, lateMs }) =>
    lateMs > 0
      ? `the override in entry ${n} is not reviewed, LATE by ${formatDistance(-lateMs)}`
      : `the override in entry ${n} is to be reviewed within ${formatDistance(-lateMs)}`,
  ),
];

const clockLines = ({ clocks, zone }: HandoverInput): readonly string[] => {
  const counting = clocks.filter(({ context, leftMs }) => !context && leftMs !== null);
  const shown = counting.slice(0, CLOCKS).map(({ title, standing, due, leftMs, provisional }) => {
    const when = due === null ? '' : `, due ${formatLocal(due, zone).slice(0, 16)}`;
    const left = leftOrLate(leftMs ?? 0);
    // What is late says so with its length, and once.
    const word = provisional ? 'PROVISIONAL' : standing === 'overdue' ? null : standingWord[standing];
    return `${word === null ? '' : `${word}, `}${left}${when}: ${title}`;
  });
  const more = counting.length - shown.length;
  return more > 0 ? [...shown, `and ${more} more`] : shown;
};

const whoDoesWhat = ({ team }: HandoverInput): readonly string[] => [
  ...team.roles.flatMap(({ role, person, wanted }) => {
    if (person !== null) return [`${role}: ${person}`];
    return wanted ? [`${role}: NOBODY, and steps ahead need one`] : [];
  }),
  ...team.tasks
    .filter(({ ended }) => ended === null)
    .map((task) => `${taskWord(task)} task ${task.n}, ${task.person}, ${taskTime(task)}: ${task.text}`),
];

const watchFor = ({ containment, progress }: HandoverInput): readonly string[] => [
  ...driftAlarms(containment),
  ...progress.steps
    .filter(({ status }) => status === 'unsure')
    .map(({ step }) => `UNSURE: ${step.title}; ask the system before anything is done again`),
  ...progress.steps.filter(({ status }) => status === 'skip').map(({ step }) => `left out: ${step.title}`),
];

const fromThem = ({ team }: HandoverInput, role: Role | null): readonly string[] =>
  team.roles
    .filter((row) => role === null || row.role === role)
    .flatMap(({ offer }) => (offer === null ? [] : [`${offer.from} as ${offer.role}: ${offer.note}`]));
