import type { Instant } from '../../base/instant.ts';
import type { CallTest } from '../../incident/called.ts';
import { isAboutItem } from '../../incident/improving.ts';
import type { ItemEntry } from '../../incident/improving.ts';
import type { EventKind, Recorded, Reveal } from '../../model/event.ts';
import type { Priority } from '../../model/item-event.ts';
import type { Card } from './card.ts';
import { readCard } from './card.ts';

/** One drill as the programme of drills sees it: who played it when, what it came to, what is to be improved. */
export type DrillRecord = Readonly<{
  id: string;
  codename: string;
  runbook: string | null;
  /** By the machine's clock; entries of a drill carry the drill's own time. */
  begunAt: Instant;
  by: 'people' | 'script';
  /** Null until it was scored. */
  passed: boolean | null;
  card: Card | null;
  /** Something real happened, and it ended there. */
  realEvent: boolean;
  /** Handles of those who acted in it or held a role. */
  people: readonly string[];
  pci: readonly string[];
  gdpr: readonly string[];
  items: readonly Item[];
  /** Who was rung on a real telephone, oldest first. */
  calls: readonly CallTest[];
}>;

export type Item = Readonly<{
  /** `amber-otter-1` */
  name: string;
  number: number;
  drill: string;
  runbook: string | null;
  observation: string | null;
  action: string | null;
  cause: string | null;
  owner: string;
  due: string;
  priority: Priority;
  openedAt: Instant;
  closed: Readonly<{
    how: 'evidence' | 'retest';
    evidence: string | null;
    retest: string | null;
    at: Instant;
  }> | null;
}>;

/** What only a person at the keyboard brings about; messages, simulators and book-keeping say nothing about who was there. */
const deeds: ReadonlySet<EventKind> = new Set<EventKind>([
  'drill.acknowledged',
  'severity.set',
  'role.claimed',
  'fact.learned',
  'fact.corrected',
  'fact.ruled_out',
  'step.started',
  'step.finished',
  'step.skipped',
  'step.reopened',
  'evidence.waived',
  'override.taken',
  'act.intent',
  'act.by_hand',
  'batch.intent',
  'credential.given',
  'decision.made',
  'note.added',
  'evidence.added',
  'letter.drafted',
  'letter.released',
  'duty.submitted',
  'duty.proved',
  'contact.called',
]);
export const isDeed = ({ kind }: Recorded): boolean => deeds.has(kind);

/** `known` says how it was begun where the journal is from before that was an entry of it. */
export const recordOf = (
  id: string,
  entries: readonly Recorded[],
  reveal: Reveal,
  known: Readonly<{ begunAt: Instant; by: 'people' | 'script' }>,
): DrillRecord | null => {
  const opened = entries.find((entry) => entry.kind === 'incident.opened');
  if (opened === undefined) return null;
  const begun = entries.find((entry) => entry.kind === 'drill.begun');
  const scored = entries.findLast((entry) => entry.kind === 'drill.scored');
  const { codename, runbook } = opened.pub;
  const about = { drill: id, codename, runbook };
  return {
    id,
    codename,
    runbook,
    begunAt: begun?.pub.at ?? known.begunAt,
    by: begun?.pub.by ?? known.by,
    passed: scored?.pub.passed ?? null,
    card: scored === undefined ? null : readCard(reveal({ n: scored.n, name: 'scorecard' })),
    realEvent: entries.some((entry) => entry.kind === 'drill.directed' && entry.pub.what === 'real-event'),
    people: peopleIn(entries),
    pci: begun?.pub.pci ?? [],
    gdpr: begun?.pub.gdpr ?? [],
    items: itemsIn(entries.filter(isAboutItem), reveal, about),
    calls: entries.flatMap((entry) =>
      entry.kind === 'drill.called'
        ? [{ ...entry.pub, note: entry.priv.includes('note') ? reveal({ n: entry.n, name: 'note' }) : null }]
        : [],
    ),
  };
};

const peopleIn = (entries: readonly Recorded[]): readonly string[] => {
  const people = entries.flatMap((entry) => {
    if (!isDeed(entry)) return [];
    return entry.kind === 'role.claimed' ? [entry.actor, entry.pub.person] : [entry.actor];
  });
  return [...new Set(people)].toSorted();
};

const itemsIn = (
  entries: readonly ItemEntry[],
  reveal: Reveal,
  { drill, codename, runbook }: Readonly<{ drill: string; codename: string; runbook: string | null }>,
): readonly Item[] => {
  const items = new Map<number, Item>();
  for (const entry of entries) {
    const { item: number, at } = entry.pub;
    const text = (name: string): string | null =>
      entry.priv.includes(name) ? reveal({ n: entry.n, name }) : null;
    const before = items.get(number);
    if (entry.kind === 'item.closed') {
      const { how, retest } = entry.pub;
      if (before !== undefined)
        items.set(number, { ...before, closed: { how, retest, evidence: text('evidence'), at } });
      continue;
    }
    const { owner, due, priority } = entry.pub;
    const words = { observation: text('observation'), action: text('action'), cause: text('cause') };
    const name = `${codename}-${number}`;
    items.set(number, {
      ...words,
      name,
      number,
      drill,
      runbook,
      owner,
      due,
      priority,
      openedAt: at,
      closed: null,
    });
  }
  return [...items.values()];
};

/** Open and its day is over, where the team is. `today` as `2026-12-10`. */
export const isOverdue = (item: Item, today: string): boolean => item.closed === null && item.due < today;
