import { Problem } from '../base/problem.ts';
import type { Instant } from '../base/instant.ts';
import type { Fresh, Recorded } from '../model/event.ts';
import type { ItemEvents, Priority } from '../model/item-event.ts';

/** What a team wants to improve after a drill, and when that counts as done: with evidence, or with a drill that was passed since. */

export type ItemEntry = Recorded<keyof ItemEvents>;

/** An improvement changes nothing in the incident that was played. */
export const isAboutItem = (entry: Recorded): entry is ItemEntry => entry.kind.startsWith('item.');

export type NewItem = Readonly<{
  observation: string;
  action: string;
  cause: string | null;
  owner: string;
  /** A day, `2026-12-10`. */
  due: string;
  priority: Priority;
}>;

/** The part of a drill that decides whether it retests another one. */
export type Retest = Readonly<{
  id: string;
  runbook: string | null;
  by: 'people' | 'script';
  begunAt: Instant;
  passed: boolean | null;
}>;

export type Closing =
  | Readonly<{ by: 'evidence'; evidence: string }>
  | Readonly<{ by: 'retest'; retest: Retest }>;

const refuse = (why: string): never => {
  throw new Problem('usage', { why });
};

const said = (text: string, what: string): string => {
  const words = text.trim();
  return words === '' ? refuse(`say the ${what} in words: --${what} TEXT`) : words;
};

/** `number` is the place among the items of this drill, `mask` takes secrets out of typed words. */
export const openedItem = (
  item: NewItem,
  number: number,
  at: Instant,
  mask: (text: string) => string,
): Fresh<'item.opened'> => {
  if (!/^[a-z0-9][a-z0-9._-]{0,79}$/i.test(item.owner))
    refuse(`--owner takes the handle of a person, not "${item.owner}"`);
  const sealed = (value: string) => ({ class: 'staff', value: mask(value) }) as const;
  return {
    kind: 'item.opened',
    pub: { item: number, owner: item.owner, due: item.due, priority: item.priority, at },
    priv: {
      observation: sealed(said(item.observation, 'observation')),
      action: sealed(said(item.action, 'action')),
      ...(item.cause === null ? {} : { cause: sealed(said(item.cause, 'cause')) }),
    },
  };
};

/** @throws Problem `usage` where nothing shows that it is done */
export const closedItem = (
  item: Readonly<{ number: number; closed: boolean; name: string; openedAt: Instant }>,
  drill: Retest,
  closing: Closing,
  at: Instant,
  mask: (text: string) => string,
): Fresh<'item.closed'> => {
  if (item.closed) refuse(`${item.name} is closed already`);
  if (closing.by === 'evidence') {
    const evidence = mask(said(closing.evidence, 'evidence'));
    return {
      kind: 'item.closed',
      pub: { item: item.number, how: 'evidence', retest: null, at },
      priv: { evidence: { class: 'staff', value: evidence } },
    };
  }
  const why = notARetest(closing.retest, drill, item.openedAt);
  if (why !== null) refuse(`${closing.retest.id} does not close ${item.name}: ${why}`);
  return { kind: 'item.closed', pub: { item: item.number, how: 'retest', retest: closing.retest.id, at } };
};

const notARetest = (retest: Retest, drill: Retest, openedAt: Instant): string | null => {
  if (retest.runbook !== drill.runbook)
    return `it played ${retest.runbook ?? 'no runbook'}, and the item comes from ${drill.runbook ?? 'none'}`;
  if (retest.begunAt <= drill.begunAt)
    return 'it was not played later than the drill that the item comes from';
  if (retest.begunAt <= openedAt)
    return 'it was begun before the item was opened, so it tried nothing that was changed since';
  if (retest.by === 'script') return 'the scripted responder played it, and shows nothing about people';
  if (retest.passed === null) return 'it was not played to its score';
  return retest.passed ? null : 'it was not passed';
};
