import type { DrillSource } from '../model/drill.ts';
import type { Plan, PlannedStep } from '../model/plan.ts';
import { stepsOf } from '../model/plan.ts';
import type { InjectSource, TrapSource } from '../model/scenario.ts';

/**
 * A scenario on paper, for people around a table: no simulators, only what is told and what is asked. For players it gives nothing
 * away; the facilitator's has the truth, what good looks like, and what to read out when somebody goes wrong.
 */
export type Table = Readonly<{
  drill: DrillSource;
  plan: Plan;
  facilitator: boolean;
  /** The text of a file that comes with a message; null where it cannot be had. */
  artifact: (name: string) => string | null;
}>;

const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');

/** Indented, so that nothing in a file can end its block. */
const quoted = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');

const BLANK = 'Who: ____________  When: ________  What: ______________________________________________';

/** What a table can be asked without being told the answer. */
const questionOf = (step: PlannedStep): string | null => {
  if (step.kind === 'ask') return step.question;
  if (step.kind === 'decide')
    return `${step.question} (${step.options.map(({ title }) => `[ ] ${title}`).join('  ')})`;
  return null;
};

const questions = (inject: InjectSource, steps: ReadonlyMap<string, PlannedStep>): readonly string[] => {
  const asked = (inject.expect ?? []).flatMap((id) => {
    const step = steps.get(id);
    const question = step === undefined ? null : questionOf(step);
    return question === null ? [] : [question];
  });
  return ['What do you do now, in which order, and what does it stop for others?', ...asked];
};

const attached = ({ artifact }: InjectSource, table: Table): readonly string[] =>
  artifact === undefined
    ? []
    : [`With it comes ${artifact}:`, quoted(table.artifact(artifact) ?? '(it cannot be read)')];

const consequenceOf = (trap: TrapSource, drill: DrillSource): string => {
  const inject = drill.injects.find(({ after }) => after === trap.id);
  return inject === undefined ? '' : ` Read out then: ${inject.from}: "${oneLine(inject.body)}"`;
};

const answers = (
  inject: InjectSource,
  steps: ReadonlyMap<string, PlannedStep>,
  drill: DrillSource,
): readonly string[] => {
  const expected = (inject.expect ?? []).map((id) => `- expect: ${steps.get(id)?.title ?? id}`);
  const within = inject.within === undefined ? [] : [`- within ${inject.within} minutes`];
  const traps = (drill.traps ?? [])
    .filter((trap) => trap.inject === inject.id)
    .map((trap) => `- trap: ${trap.says}. Right: ${trap.instead}.${consequenceOf(trap, drill)}`);
  const note = inject.note === undefined ? [] : [`- ${oneLine(inject.note)}`];
  return [...expected, ...within, ...traps, ...note];
};

const messageOf = (
  inject: InjectSource,
  steps: ReadonlyMap<string, PlannedStep>,
  table: Table,
): readonly string[] => [
  `## T+${inject.at ?? 0} min: ${inject.channel} from ${inject.from} to ${inject.to}`,
  oneLine(inject.body),
  ...attached(inject, table),
  ...(table.facilitator
    ? [answers(inject, steps, table.drill).join('\n')]
    : questions(inject, steps).map((question) => `${question}\n\n${BLANK}`)),
];

const strays = ({ drill }: Table): readonly string[] => {
  const rest = (drill.traps ?? []).filter(({ inject }) => inject === undefined);
  if (rest.length === 0) return [];
  return [
    '## Traps that no message tempts into',
    rest.map((trap) => `- ${trap.says}. Right: ${trap.instead}.${consequenceOf(trap, drill)}`).join('\n'),
  ];
};

export const tabletop = (table: Table): string => {
  const { drill, plan, facilitator } = table;
  const steps = new Map(stepsOf(plan).map((step) => [step.id, step]));
  const messages = drill.injects
    .filter(({ at }) => at !== undefined)
    .toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
  return [
    `# DRILL: ${drill.title}${facilitator ? ', for the facilitator' : ''}`,
    `Runbook: ${plan.title}. ${drill.duration_minutes} minutes. Nobody touches a system, nobody is rung.`,
    oneLine(drill.story),
    ...(facilitator ? [`**What really happened.** ${oneLine(drill.truth)}`] : []),
    ...messages.flatMap((inject) => messageOf(inject, steps, table)),
    ...(facilitator ? strays(table) : []),
    '## At the end',
    ['What went well?', 'What got in the way?', 'What is changed, by whom, until when?']
      .map((question) => `${question}\n\n${BLANK}`)
      .join('\n\n'),
  ].join('\n\n');
};
