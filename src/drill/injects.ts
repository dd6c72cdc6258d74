import type { ConditionContext } from '../base/condition.ts';
import { MINUTE } from '../base/duration.ts';
import { plus } from '../base/instant.ts';
import type { Instant } from '../base/instant.ts';
import type { DrillSource } from '../model/drill.ts';
import type { Fresh, Recorded, Reveal } from '../model/event.ts';
import type { InjectSource } from '../model/scenario.ts';
import { SEALED } from '../projections/facts.ts';
import { asks } from './context.ts';
import type { DrillLog } from './log.ts';

/** Messages of a drill: each arrives once, at its minute, and is journalled like everything that happens. */
export type Inject = Readonly<{
  id: string;
  at: Instant;
  channel: string;
  from: string;
  to: string;
  body: string;
  /** Name of the file that came with it. */
  artifact: string | null;
}>;

/** When it is due; null while nobody has walked into the trap whose consequence it is. */
export const dueAt = (inject: InjectSource, log: DrillLog, start: Instant): Instant | null => {
  if (inject.after === undefined) return plus(start, (inject.at ?? 0) * MINUTE);
  const sprung = log.sprung.get(inject.after);
  return sprung === undefined ? null : plus(sprung.at, (inject.delay ?? 1) * MINUTE);
};

/** As it is journalled: the public part names it, its words are sealed. */
export const injected = (
  one: Pick<InjectSource, 'id' | 'channel' | 'from' | 'to' | 'body' | 'artifact'>,
): Fresh => ({
  kind: 'drill.injected',
  pub: {
    inject: one.id,
    channel: one.channel,
    to: one.to,
    ...(one.artifact === undefined ? {} : { artifact: one.artifact }),
  },
  priv: { body: { class: 'staff', value: one.body }, sender: { class: 'staff', value: one.from } },
});

/** What is due by now and has not come yet, in the order in which it became due. */
export const dueInjects = (
  drill: Pick<DrillSource, 'injects'>,
  log: DrillLog,
  { start, now }: Readonly<{ start: Instant; now: Instant }>,
  context: () => ConditionContext,
): readonly InjectSource[] =>
  drill.injects
    .flatMap((one) => {
      if (log.arrived.has(one.id)) return [];
      if (log.fired.has(one.id)) return [{ one, due: now }];
      if (log.held.has(one.id) || log.skipped.has(one.id)) return [];
      const due = dueAt(one, log, start);
      if (due === null || due > now) return [];
      return one.if === undefined || asks(one.if, context()) === true ? [{ one, due }] : [];
    })
    .toSorted((a, b) => a.due - b.due)
    .map(({ one }) => one);

/** Reads on from where it was: a frame a second must not open two hundred sealed messages again. */
export const injectReader = (
  entries: (from: number) => Iterable<Recorded>,
  reveal: Reveal,
): (() => readonly Inject[]) => {
  let found: readonly Inject[] = [];
  let next = 0;
  return () => {
    const fresh = [...entries(next)];
    const more = injectsSoFar(fresh, reveal);
    if (more.length > 0) found = [...found, ...more];
    next = (fresh.at(-1)?.n ?? next - 1) + 1;
    return found;
  };
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
            artifact: entry.pub.artifact ?? null,
          },
        ]
      : [],
  );
