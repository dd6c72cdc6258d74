import { Problem } from '../base/problem.ts';
import type { Command } from '../model/command.ts';
import type { Fresh } from '../model/event.ts';
import { needed, staff } from './said.ts';
import type { DecideContext } from './said.ts';
import type { IncidentState } from './state.ts';
import { taught } from './teach.ts';

/** What commands about facts and duties become: what legal clocks hang on, and what ends them. */

type FactCommand = Extract<Command, { do: 'learn' | 'correct' | 'rule-out' }>;

export const aboutFact = (
  state: IncidentState,
  command: FactCommand,
  context: DecideContext,
): readonly Fresh[] => {
  const stands = state.facts.get(command.fact);
  if (command.do === 'rule-out') {
    const reason = needed(command.reason, 'reason', context);
    return [{ kind: 'fact.ruled_out', pub: { fact: command.fact, step: null }, priv: { reason } }];
  }
  if (command.do === 'learn' && stands?.known === true) {
    throw new Problem('usage', {
      why: `${command.fact} is already recorded in entry ${stands.n}; correct it with a reason instead`,
    });
  }
  if (command.do === 'correct') {
    if (stands === undefined) throw new Problem('not-found', { what: 'fact', id: command.fact });
    needed(command.reason, 'reason', context);
  }
  const { fact, answer, at, basis, reason } = command;
  const how = {
    step: null,
    ...(at === undefined ? {} : { at }),
    ...(basis === undefined ? {} : { basis }),
    reason,
  };
  return [taught(fact, answer, how, state, context)];
};

type DutyCommand = Extract<Command, { do: 'submit' | 'prove' | 'acknowledge' }>;

export const aboutDuty = (
  state: IncidentState,
  command: DutyCommand,
  context: DecideContext,
): readonly Fresh[] => {
  const sent = state.submissions.get(command.duty);
  if (command.do === 'submit') {
    const pub = { duty: command.duty, at: command.at ?? context.now, phase: (sent?.phase ?? 0) + 1 };
    return [{ kind: 'duty.submitted', pub, priv: { channel: staff(command.channel, context) } }];
  }
  if (sent === undefined)
    throw new Problem('usage', { why: `${command.duty} was not submitted yet: record the submission first` });
  const reference = needed(command.reference, 'reference', context);
  const evidence = command.do === 'prove' ? evidenceOf(state, command.evidence) : null;
  return command.do === 'prove'
    ? [
        {
          kind: 'duty.proved',
          pub: { duty: command.duty, kind: command.kind, evidence },
          priv: { reference },
        },
      ]
    : [
        {
          kind: 'duty.acknowledged',
          pub: { duty: command.duty, at: command.at ?? context.now },
          priv: { reference },
        },
      ];
};

/** Bytes that are kept show more than a number that was typed; an id that names none would show nothing. */
const evidenceOf = (state: IncidentState, id: string | undefined): string | null => {
  if (id === undefined) return null;
  if (!state.evidence.some((kept) => kept.id === id)) {
    const near = state.evidence.map((kept) => kept.id).join(', ');
    throw new Problem('not-found', { what: 'evidence', id, near });
  }
  return id;
};
