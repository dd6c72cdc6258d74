import { Problem } from '../base/problem.ts';
import type { Command } from '../model/command.ts';
import type { Fresh, PrivateClass, Recorded } from '../model/event.ts';
import { needed } from './said.ts';
import type { DecideContext } from './said.ts';
import { put } from './state.ts';
import type { HoldState, IncidentState } from './state.ts';

/** A legal hold keeps content whatever its days are. Who and why are recorded; it lasts until somebody lifts it. */

export const aboutHold = (
  state: IncidentState,
  command: Extract<Command, { do: 'hold' | 'lift' }>,
  context: DecideContext,
): readonly Fresh[] => {
  const reason = needed(command.reason, 'reason', context);
  if (command.do === 'hold')
    return [{ kind: 'hold.set', pub: { classes: [...command.classes] }, priv: { reason } }];
  if (!state.holds.has(command.hold))
    throw new Problem('not-found', {
      what: 'legal hold',
      id: `#${command.hold}`,
      near: [...state.holds.keys()].map((n) => `#${n}`).join(', '),
    });
  return [{ kind: 'hold.lifted', pub: { hold: command.hold }, priv: { reason } }];
};

export type ContentEntry = Recorded<'hold.set'> | Recorded<'hold.lifted'> | Recorded<'content.destroyed'>;

/** What is said about keeping content and letting it go. */
export const isAboutContent = (entry: Recorded): entry is ContentEntry =>
  entry.kind === 'hold.set' || entry.kind === 'hold.lifted' || entry.kind === 'content.destroyed';

export const held = (holds: IncidentState['holds'], entry: ContentEntry): IncidentState['holds'] => {
  if (entry.kind === 'content.destroyed') return holds;
  if (entry.kind === 'hold.lifted') return new Map([...holds].filter(([n]) => n !== entry.pub.hold));
  const { n, recorded_at: at, actor: by, pub } = entry;
  return put(holds, n, { n, at, by, classes: pub.classes });
};

/** Holds that keep this class. One that names no class keeps them all. */
export const holdsOn = (state: IncidentState, one: PrivateClass): readonly HoldState[] =>
  [...state.holds.values()].filter(({ classes }) => classes.length === 0 || classes.includes(one));
