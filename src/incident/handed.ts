import { Problem } from '../base/problem.ts';
import { formatUtc } from '../base/instant.ts';
import type { Command } from '../model/command.ts';
import type { Fresh, Recorded } from '../model/event.ts';
import type { HandingEvents } from '../model/handing-event.ts';
import { needed } from './said.ts';
import type { DecideContext } from './said.ts';
import type { HandedState } from './handed-state.ts';
import type { IncidentState } from './state.ts';

/** Where an incident goes on: here, or at the machine that it was handed to. */

export type HandingEntry = Recorded<keyof HandingEvents>;

export const isAboutHanding = (entry: Recorded): entry is HandingEntry =>
  entry.kind === 'journal.handed' || entry.kind === 'journal.kept' || entry.kind === 'origin.changed';

/** Whoever goes on, here or there, has it again. */
export const handedChanged = (entry: HandingEntry): HandedState | null =>
  entry.kind === 'journal.handed'
    ? {
        n: entry.n,
        at: entry.recorded_at,
        by: entry.actor,
        to: entry.pub.to,
        key: entry.pub.to_key,
      }
    : null;

/** Asked before anything is written or done. @throws Problem `handed-over` */
export const mustBeHere = ({ handed, codename }: Pick<IncidentState, 'handed' | 'codename'>): void => {
  if (handed === null) return;
  throw new Problem('handed-over', {
    incident: codename,
    to: handed.to,
    entry: `${handed.n}`,
    by: handed.by,
    at: formatUtc(handed.at).slice(0, 16).replace('T', ' '),
  });
};

export const kept = (
  { handed }: IncidentState,
  { reason }: Extract<Command, { do: 'keep-journal' }>,
  context: DecideContext,
): readonly Fresh[] => {
  if (handed === null) throw new Problem('usage', { why: 'it was handed to nobody: it goes on here' });
  return [
    {
      kind: 'journal.kept',
      pub: { handed: handed.n },
      priv: { reason: needed(reason, 'reason', context) },
    },
  ];
};
