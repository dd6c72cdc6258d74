import type { Answer, View } from '../../app/contract.ts';
import type { Basis } from '../../model/event.ts';
import { answerOfKind, guessedKind } from '../answer.ts';
import { factWords } from '../../projections/facts.ts';
import { reasonFor, whyEnded } from '../ask.ts';
import { record } from '../recorded.ts';
import { usage, type Input, type Run } from '../spec.ts';
import { pastTime } from '../time.ts';

export const fact: Run = async (context, input) => {
  const incident = await context.writable();
  const view = incident.view();
  const id = input.arg(0);
  if (input.flag('rule-out')) {
    const reason = await reasonFor(context, input.text('why'), `ruling out ${id}`);
    return await record(context, incident, { do: 'rule-out', fact: id, reason }, `RULED OUT ${id}`);
  }
  const answer = answerFor(id, view, input);
  // Asked before it is written: afterwards every name is known.
  const meant = incident.meant(id);
  const said = (): string => {
    const now = incident.view();
    return factWords(now.state, id, (ref) => incident.reveal(ref), now.zone).text ?? 'not known yet';
  };
  const about = { fact: id, answer, ...whenAndHow(view, input) };
  if (input.flag('correct')) {
    const reason = await reasonFor(context, input.text('why'), `correcting ${id}`);
    return await record(
      context,
      incident,
      { do: 'correct', ...about, reason },
      () => `CORRECTED ${id}: ${said()}`,
    );
  }
  const reason = await whyEnded(context, incident, id, answer, input.text('why'));
  const command = { do: 'learn', ...about, ...(reason === null ? {} : { reason }) } as const;
  const code = await record(context, incident, command, () => `FACT ${id}: ${said()}`);
  if (meant !== null)
    context.print.say(
      `WARNING: nothing here hangs on "${id}": no duty and no step. If ${meant} was meant: firebreak fact ${meant} VALUE`,
    );
  return code;
};

/** Asked by a step of the runbook, a fact has that step's kind; a decision's fact is recorded by deciding. */
function answerFor(id: string, view: View, input: Input): Answer {
  if (input.flag('unknown')) return { is: 'unknown' };
  const values = input.args.slice(1);
  if (values.length === 0)
    throw usage(
      `say what is known behind it: firebreak fact ${id} VALUE, or --unknown, or --rule-out --why TEXT`,
    );
  const why = input.text('why');
  for (const { step } of view.progress.steps) {
    if (step.kind === 'decide' && step.fact === id)
      throw usage(`${id} is a decision: firebreak decide ${step.id} --option ID --why TEXT`);
    if (step.kind === 'ask' && step.fact === id) {
      return answerOfKind(step.answer, values, { view, why, choices: step.choices.map((one) => one.id) });
    }
  }
  return answerOfKind(guessedKind(values.join(' ')), values, { view, why, choices: [] });
}

function whenAndHow(view: View, input: Input) {
  const at = input.text('at');
  const bases: readonly Basis[] = ['observed', 'log', 'told', 'estimated'];
  const basis = bases.find((one) => one === input.text('basis'));
  return {
    ...(at === null ? {} : { at: pastTime(at, view.now, view.zone) }),
    ...(basis === undefined ? {} : { basis }),
  };
}
