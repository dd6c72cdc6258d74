import type { Instant } from '../base/instant.ts';
import type { Clock } from '../io/clock.ts';
import type { Sqlite } from '../io/sqlite.ts';
import { shipFaults, type ShipFault } from '../model/ship.ts';
import { hasShipped } from './migrations/index.ts';
import { asNumber, asText } from './rows.ts';

/** What is wrong at a receiver since when, after how many tries in a row, and when the last one was. */
export type Failing = Readonly<{
  failures: number;
  since: Instant;
  tried: Instant;
  fault: ShipFault;
  detail: string;
}>;

/** How far one receiver has got: entries 0 to `next`-1, the newest of them taken at `at`. */
export type Position = Readonly<{ next: number; at: Instant | null; failing: Failing | null }>;

/** The queue of what is still to be sent is the journal itself; what is kept is how far it was sent. */
export interface Shipped {
  of(target: string): Position;
  /** Those that were ever sent something, also where no file names them any more. */
  targets(): readonly string[];
  /** Never goes back: of two that send at once, the later word is not the truer one. */
  took(target: string, next: number): void;
  /** Sends everything again from there. */
  rewind(target: string, next: number): void;
  failed(target: string, fault: ShipFault, detail: string): void;
}

const nothing: Position = { next: 0, at: null, failing: null };

export function makeShipped(open: () => Sqlite, clock: Clock): Shipped {
  const begin = (target: string): void =>
    open().run('INSERT OR IGNORE INTO shipped (target, next, failures) VALUES (?, 0, 0)', target);
  return {
    of: (target) => (hasShipped(open()) ? positionIn(open(), target) : nothing),
    targets: () =>
      hasShipped(open())
        ? open()
            .all('SELECT target FROM shipped ORDER BY target')
            .map((row) => asText(row['target']))
        : [],
    took: (target, next) =>
      open().write(() => {
        begin(target);
        open().run(
          `UPDATE shipped SET next = max(next, ?), at = ?, failures = 0,
             since = NULL, tried = NULL, fault = NULL, detail = NULL WHERE target = ?`,
          next,
          clock.now(),
          target,
        );
      }),
    rewind: (target, next) =>
      open().write(() => {
        begin(target);
        open().run('UPDATE shipped SET next = min(next, ?) WHERE target = ?', next, target);
      }),
    failed: (target, fault, detail) =>
      open().write(() => {
        begin(target);
        const now = clock.now();
        open().run(
          `UPDATE shipped SET failures = failures + 1, since = coalesce(since, ?), tried = ?,
             fault = ?, detail = ? WHERE target = ?`,
          now,
          now,
          fault,
          detail,
          target,
        );
      }),
  };
}

function positionIn(db: Sqlite, target: string): Position {
  const row = db.get(
    'SELECT next, at, failures, since, tried, fault, detail FROM shipped WHERE target = ?',
    target,
  );
  if (row === null) return nothing;
  const { at } = row;
  const fault = shipFaults.find((one) => one === row['fault']);
  const failing: Failing | null =
    fault === undefined
      ? null
      : {
          failures: asNumber(row['failures']),
          since: asNumber(row['since']) as Instant,
          tried: asNumber(row['tried']) as Instant,
          fault,
          detail: asText(row['detail']),
        };
  return { next: asNumber(row['next']), at: typeof at === 'number' ? (at as Instant) : null, failing };
}
