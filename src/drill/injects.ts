import { MINUTE } from '../base/duration.ts';
import { plus } from '../base/instant.ts';
import type { Instant } from '../base/instant.ts';
import type { DrillSource } from '../model/drill.ts';
import type { Fresh, Recorded, Reveal } from '../model/event.ts';
import { SEALED } from '../projections/facts.ts';

/** Messages of a drill: each arrives once, at its minute, and is journalled like everything that happens. */
export type Inject = Readonly<{
  id: string;
  at: Instant;
  channel: string;
  from: string;
  to: string;
  body: string;
}>;

const arrived = (entries: readonly Recorded[]): ReadonlySet<string> =>
  new Set(entries.flatMap((entry) => (entry.kind === 'drill.injected' ? [entry.pub.inject] : [])));

/** What is due by now and has not come yet, in order. */
export const dueInjects = (
  drill: DrillSource,
  entries: readonly Recorded[],
  start: Instant,
  now: Instant,
): readonly Fresh[] => {
  const before = arrived(entries);
  return drill.injects
    .filter((one) => !before.has(one.id) && plus(start, one.at * MINUTE) <= now)
    .toSorted((a, b) => a.at - b.at)
    .map((one) => ({
      kind: 'drill.injected',
      pub: { inject: one.id, channel: one.channel, to: one.to },
      priv: { body: { class: 'staff', value: one.body }, sender: { class: 'staff', value: one.from } },
    }));
};

export const injectsSoFar = (entries: readonly Recorded[], reveal: Reveal): readonly Inject[] =>
  entries.flatMap((entry) =>
    entry.kind === 'drill.injected'
      ? [
          {
            id: entry.pub.inject,
            at: entry.recorded_at,
            channel: entry.pub.channel,
            to: entry.pub.to,
            from: reveal({ n: entry.n, name: 'sender' }) ?? SEALED,
            body: reveal({ n: entry.n, name: 'body' }) ?? SEALED,
          },
        ]
      : [],
  );
