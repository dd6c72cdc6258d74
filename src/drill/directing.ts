import { Problem } from '../base/problem.ts';
import type { DrillSource } from '../model/drill.ts';
import type { Fresh } from '../model/event.ts';
import type { Directing } from '../model/facilitation.ts';
import { injected } from './injects.ts';
import type { DrillLog } from './log.ts';

/** What a facilitator does to a drill, as it is journalled; whatever follows from it, the director reads there. */

const entry = (
  what: Extract<Fresh, { kind: 'drill.directed' }>['pub']['what'],
  about: Readonly<{ inject?: string; speed?: number; text?: string }> = {},
): Fresh => ({
  kind: 'drill.directed',
  pub: { what, inject: about.inject ?? null, speed: about.speed ?? null },
  ...(about.text === undefined ? {} : { priv: { text: { class: 'staff', value: about.text } } }),
});

export const realEvent: Fresh = entry('real-event');

export const joined = (what: 'join' | 'leave'): Fresh => entry(what);

/** `number` tells messages of their own apart from those of the scenario and from each other. */
export type DirectedBy = Readonly<{ drill: Pick<DrillSource, 'injects'>; log: DrillLog; number: number }>;

/** @throws Problem `not-found`, `usage` where it can no longer be done */
export const directedBy = (direction: Directing, { drill, log, number }: DirectedBy): readonly Fresh[] => {
  switch (direction.do) {
    case 'fire':
    case 'hold':
    case 'skip':
      mustBeToCome(direction.inject, drill, log);
      return [entry(direction.do, { inject: direction.inject })];
    case 'free': {
      const { channel, to, text } = direction;
      const id = `own-${number}`;
      return [entry('free', { inject: id, text }), injected({ id, channel, to, from: FROM, body: text })];
    }
    case 'assist': {
      const { text } = direction;
      const id = `help-${number}`;
      return [
        entry('assist', { text }),
        injected({ id, channel: 'chat', to: 'commander', from: `${FROM}, to help you`, body: text }),
      ];
    }
    case 'compress':
      return [entry('compress', { speed: direction.speed })];
    case 'pause':
    case 'go-on':
    case 'end':
    case 'real-event':
      return [entry(direction.do)];
  }
};

const FROM = 'The facilitator';

const mustBeToCome = (id: string, drill: Pick<DrillSource, 'injects'>, log: DrillLog): void => {
  const found = drill.injects.some((one) => one.id === id);
  if (!found)
    throw new Problem('not-found', {
      what: 'message of the drill',
      id,
      near: drill.injects.map((one) => one.id).join(', '),
    });
  if (log.arrived.has(id)) throw new Problem('usage', { why: `the message ${id} has arrived already` });
};

/** What is said to the facilitator once it is written down. */
export const directedWords = (direction: Directing): string => {
  switch (direction.do) {
    case 'fire':
      return `${direction.inject} was sent.`;
    case 'hold':
      return `${direction.inject} is held back until you send it.`;
    case 'skip':
      return `${direction.inject} will not come.`;
    case 'free':
      return `Your message went to ${direction.to} by ${direction.channel}.`;
    case 'assist':
      return 'The players were helped; the score counts it.';
    case 'compress':
      return `Time runs ${direction.speed} times as fast; every clock counts the same hours.`;
    case 'pause':
      return 'Time stands still.';
    case 'go-on':
      return 'Time goes on.';
    case 'end':
      return 'The drill is ended. The players finish it for the score.';
    case 'real-event':
      return 'The drill is ended, and the players see why. Declare the real one: firebreak declare';
  }
};
