import type { Answer, OpenIncident, View } from '../../app/contract.ts';
import type { PlannedStep } from '../../model/plan.ts';
import { answerOfKind, leakedCredentials } from '../answer.ts';
import { askLine, whyEnded } from '../ask.ts';
import type { Context } from '../context.ts';
import { record } from '../recorded.ts';
import { usage, type Input, type Run } from '../spec.ts';
import { pastTime } from '../time.ts';
import { commandOf } from './next.ts';
import { viewOfStep } from './step.ts';

export const done: Run = async (context, input) => {
  const incident = await context.writable();
  const { step } = viewOfStep(incident.view(), input.arg(0));
  switch (step.kind) {
    case 'ask': {
      const answer = await answerOf(context, incident, step, input);
      const reason = await whyEnded(context, incident, step.fact, answer, input.text('why'));
      const command = {
        do: 'answer',
        step: step.id,
        answer,
        ...(reason === null ? {} : { reason }),
      } as const;
      return await record(context, incident, command, `DONE ${step.id}: ${answered(answer)}`);
    }
    case 'decide':
      throw usage(`this step is a decision: firebreak ${commandOf({ step })}`);
    case 'write':
      return await writeLetter(context, incident, step);
    case 'act':
    case 'do':
    case 'wait': {
      const typed = input.args.slice(1).join(' ');
      const asked = { what: `the result of ${step.id}`, flags: `"what you saw" behind the step` };
      const result =
        typed === ''
          ? await askLine(context, `${'record' in step ? step.record : step.verify}:`, asked)
          : typed;
      for (const line of keepFirst(incident.view(), step)) context.print.say(line);
      const submitted = step.kind === 'do' && step.submits !== null ? submission(incident.view(), input) : {};
      return await record(
        context,
        incident,
        { do: 'tick', step: step.id, result, ...submitted },
        `HAND ${step.id}: ${step.title}`,
      );
    }
  }
};

const ended: ReadonlySet<View['progress']['steps'][number]['status']> = new Set([
  'done',
  'hand',
  'skip',
  'void',
]);

/** What a person has done can only be written down; what it may have cost is said, and how to keep what is left of it. */
function keepFirst({ progress, state }: View, { preserve }: PlannedStep): readonly string[] {
  return preserve.flatMap((id) => {
    const kept = progress.steps.find((one) => one.step.id === id);
    if (kept === undefined || ended.has(kept.status) || state.waived.has(id)) return [];
    return [
      `WARNING: done before its evidence was kept: ${kept.step.title}. Keep what is left now, then: firebreak ${commandOf(kept)}`,
    ];
  });
}

/** When a duty was submitted and what proves it: without a proof it stands as SENT, NOT PROVED. */
function submission({ now, zone }: View, input: Input) {
  const at = input.text('at');
  return {
    submitted: { at: at === null ? now : pastTime(at, now, zone), reference: input.text('reference') },
  };
}

type Asking = Extract<PlannedStep, { kind: 'ask' }>;

async function answerOf(
  context: Context,
  incident: OpenIncident,
  step: Asking,
  input: Input,
): Promise<Answer> {
  if (input.flag('unknown')) return { is: 'unknown' };
  if (step.answer === 'secret') {
    const credentials = incident.items().filter(({ kind }) => kind === 'credential');
    return await leakedCredentials(
      context,
      input.flag('secrets-stdin'),
      credentials.map(({ id }) => id),
    );
  }
  const given = [...input.many('answer'), ...input.args.slice(1)];
  const flags = step.unknown ? '--answer VALUE, or --unknown' : '--answer VALUE';
  const values =
    given.length > 0 ? given : [await askLine(context, step.question, { what: step.question, flags })];
  return answerOfKind(step.answer, values, {
    view: incident.view(),
    why: input.text('why'),
    choices: step.choices.map(({ id }) => id),
  });
}

/** What is said back never holds the answer of a hidden field. */
const answered = (answer: Answer): string =>
  answer.is === 'secret'
    ? `${answer.credentials.length} sealed`
    : answer.is === 'unknown'
      ? 'not known yet'
      : 'recorded';

async function writeLetter(
  context: Context,
  incident: OpenIncident,
  step: Extract<PlannedStep, { kind: 'write' }>,
): Promise<number> {
  const draft = await incident.letter(step.letter);
  await incident.saveLetter(draft, step.id);
  const { missing, follows } = draft;
  if (context.print.json)
    context.print.object('recorded', {
      incident: incident.id,
      recorded: 'letter',
      letter: draft.letter,
      missing,
      follows,
    });
  else context.print.line(`DONE ${step.id}: ${draft.title} saved (sha256 ${draft.sha256})`);
  for (const one of missing) context.print.say(`  missing: ${one}`);
  for (const one of follows) context.print.say(`  will follow: ${one}`);
  return 0;
}
