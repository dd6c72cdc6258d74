import { ownPid, processAlive } from '../io/alive.ts';
import type { Clock } from '../io/clock.ts';
import { instant, type Instant } from '../base/instant.ts';
import type { Sqlite } from '../io/sqlite.ts';
import { asNumber, asText } from './rows.ts';

/** Who runs the effects of this incident. `fresh` is false when its heartbeat stopped although the process lives. */
export type LeaseHolder = Readonly<{
  owner: string;
  pid: number;
  boot: string;
  since: Instant;
  fresh: boolean;
}>;
export type LeaseGrant = Readonly<{ held: true }> | Readonly<{ held: false; holder: LeaseHolder }>;

/** One engine per incident may act on the outside world; any process may read and note. */
export interface Lease {
  /** Takes the lease when nobody has it, or when its holder is dead, of an earlier start of the machine, or this process. */
  acquire(owner: string): LeaseGrant;
  /** Takes it whoever has it. The person was asked; the caller journals it. */
  takeOver(owner: string): void;
  /** Says that the owner lives. False when another has taken over: stop before the next effect. */
  heartbeat(owner: string): boolean;
  release(owner: string): void;
  holder(): LeaseHolder | null;
  /** True where this process had it, and somebody else has it now. Asked in the transaction that writes, nothing comes in between. */
  lost(): boolean;
}

/** A heartbeat older than this counts as stopped. */
const LEASE_FRESH_MS = 15_000;
const NAME = 'engine';

export function makeLease(open: () => Sqlite, clock: Clock): Lease {
  const holder = (): LeaseHolder | null => {
    const row = open().get('SELECT owner, pid, boot, since, beat FROM lease WHERE name = ?', NAME);
    if (row === null) return null;
    const { boot, mono } = clock.stamp();
    const age = BigInt(mono) - BigInt(asText(row['beat']));
    return {
      owner: asText(row['owner']),
      pid: asNumber(row['pid']),
      boot: asText(row['boot']),
      since: instant(asNumber(row['since'])),
      fresh: row['boot'] === boot && age < BigInt(LEASE_FRESH_MS) * 1_000_000n,
    };
  };
  let mine: string | null = null;
  const take = (owner: string): void => {
    mine = owner;
    const { boot, mono } = clock.stamp();
    open().run(
      'INSERT OR REPLACE INTO lease VALUES (?, ?, ?, ?, ?, ?)',
      NAME,
      owner,
      ownPid(),
      boot,
      clock.now(),
      mono,
    );
  };
  const gone = ({ pid, boot }: LeaseHolder): boolean =>
    boot !== clock.stamp().boot || pid === ownPid() || !processAlive(pid);

  return {
    acquire: (owner) =>
      open().write((): LeaseGrant => {
        const found = holder();
        if (found !== null && found.owner !== owner && !gone(found)) return { held: false, holder: found };
        take(owner);
        return { held: true };
      }),
    takeOver: (owner) => open().write(() => take(owner)),
    heartbeat: (owner) =>
      open().write(() => {
        if (holder()?.owner !== owner) return false;
        open().run('UPDATE lease SET beat = ? WHERE name = ?', clock.stamp().mono, NAME);
        return true;
      }),
    release: (owner) => {
      if (mine === owner) mine = null;
      open().run('DELETE FROM lease WHERE name = ? AND owner = ?', NAME, owner);
    },
    holder,
    lost: () => mine !== null && holder()?.owner !== mine,
  };
}
