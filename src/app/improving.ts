import { join } from 'node:path';
import { maskSecrets } from '../base/mask.ts';
import { assert } from '../base/assert.ts';
import { Problem } from '../base/problem.ts';
import { standingClock } from '../drill/clock.ts';
import { drillCalendar } from '../exports/drill-calendar.ts';
import { calledEvent } from '../incident/called.ts';
import { closedItem, openedItem } from '../incident/improving.ts';
import type { Closing } from '../incident/improving.ts';
import { openJournal } from '../journal/store.ts';
import type { Fresh } from '../model/event.ts';
import type { Base } from './base.ts';
import { incidentFolder, journalPath, paths } from './base.ts';
import type { DrillRecord, Item, Programme } from './programme-contract.ts';
import { cadenceOf, readDrills } from './programme.ts';
import type { Knowledge } from './knowledge.ts';
import { openLedger } from './ledger.ts';
import { ballastOf, withRoom } from './room.ts';
import { keysFor } from './store.ts';

/** Improvements are written into the journal of the drill they come from, also after it ended. */

const masked = (text: string): string => maskSecrets(text).text;

/** Any process may append: no engine runs here, so no lease is taken. */
export const appendTo = async (base: Base, id: string, event: Fresh): Promise<void> => {
  const path = journalPath(incidentFolder(base.home, id, true));
  const keys = keysFor(base, id, true);
  const about = { path, random: base.random, keys };
  const before = openJournal({ ...about, clock: base.clock, readOnly: true });
  const last = openLedger(before, base.actor).newest();
  before.close();
  assert(last !== null, 'a drill was opened before anything is improved after it');
  const clock = standingClock(base.clock, last);
  const journal = withRoom(base, () => openJournal({ ...about, clock, ballast: ballastOf(base) }));
  try {
    await openLedger(journal, base.actor).append([event]);
  } finally {
    journal.close();
  }
};

/** By its id or by its codename. */
export const drillNamed = (drills: readonly DrillRecord[], name: string): DrillRecord => {
  const found = drills.filter(({ id, codename }) => id === name || codename === name);
  const [one, ...others] = found;
  if (one === undefined)
    throw new Problem('not-found', {
      what: 'drill',
      id: name,
      near: drills.map(({ codename }) => codename).join(', '),
    });
  if (others.length > 0)
    throw new Problem('usage', {
      why: `several drills have the codename ${name}; take an id: ${found.map(({ id }) => id).join(', ')}`,
    });
  return one;
};

/** `amber-otter-1`, or the id of the drill and the number. */
const itemNamed = (drills: readonly DrillRecord[], name: string): readonly [DrillRecord, Item] => {
  const found = drills.flatMap((drill) =>
    drill.items
      .filter((item) => item.name === name || `${drill.id}-${item.number}` === name)
      .map((item) => [drill, item] as const),
  );
  const [one, ...others] = found;
  if (one === undefined)
    throw new Problem('not-found', {
      what: 'improvement item',
      id: name,
      near: drills.flatMap(({ items }) => items.map((item) => item.name)).join(', '),
    });
  if (others.length > 0)
    throw new Problem('usage', {
      why: `several items are called ${name}; take one of: ${found.map(([drill, item]) => `${drill.id}-${item.number}`).join(', ')}`,
    });
  return one;
};

const newestOf = (drills: readonly DrillRecord[]): DrillRecord => {
  const found = drills.findLast(({ by }) => by === 'people') ?? drills.at(-1);
  if (found === undefined) throw new Problem('not-found', { what: 'drill', id: 'the newest', near: '' });
  return found;
};

export const programmeDoor = (base: Base, known: Knowledge): Programme => {
  const drills = (): readonly DrillRecord[] => readDrills(base).drills;
  const calendar = (): string => drillCalendar(cadenceOf(base, known, drills()), base.clock.now());
  return {
    cadence: () => cadenceOf(base, known, drills()),
    drills,
    unreadable: () => readDrills(base).unreadable,
    items: () => drills().flatMap(({ items }) => items),
    now: () => base.clock.now(),
    addItem: async (name, item) => {
      const drill = drillNamed(drills(), name);
      const number = Math.max(0, ...drill.items.map((one) => one.number)) + 1;
      await appendTo(base, drill.id, openedItem(item, number, base.clock.now(), masked));
      return itemNamed(drills(), `${drill.id}-${number}`)[1];
    },
    closeItem: async (name, how) => {
      const all = drills();
      const [drill, item] = itemNamed(all, name);
      const closing: Closing =
        'evidence' in how
          ? { by: 'evidence', evidence: how.evidence }
          : { by: 'retest', retest: drillNamed(all, how.retest) };
      const about = { ...item, closed: item.closed !== null };
      await appendTo(base, drill.id, closedItem(about, drill, closing, base.clock.now(), masked));
      return itemNamed(drills(), `${drill.id}-${item.number}`)[1];
    },
    addCall: async (name, call) => {
      if (base.workspace === null)
        throw new Problem('usage', {
          why: 'there is no workspace here, and the telephone numbers of the built-in company are fiction',
        });
      const all = drills();
      const drill = name === null ? newestOf(all) : drillNamed(all, name);
      const rows = known.catalog.contacts.value.contacts.map(({ id }) => id);
      if (!rows.includes(call.contact))
        throw new Problem('not-found', { what: 'contact', id: call.contact, near: rows.join(', ') });
      await appendTo(base, drill.id, calledEvent(call, base.clock.now(), masked));
      return drillNamed(drills(), drill.id);
    },
    report: async (asked) => await (await import('./reporting.ts')).reportFile(base, known, asked),
    writeReport: async (asked, out, overwrite) =>
      await (await import('./reporting.ts')).writeReport(base, known, asked, out, overwrite),
    calendar,
    writeCalendar: (out) => {
      const folder = paths(base.home).exports;
      if (out === null) base.files.privateDir(folder);
      const path = out ?? join(folder, 'DRILL-programme.ics');
      base.files.writeAtomic(path, calendar());
      return path;
    },
  };
};
