import { isAbsolute, join } from 'node:path';
import { HOUR } from '../base/duration.ts';
import { formatUtc, parseInstant, type Instant } from '../base/instant.ts';
import { isProblem } from '../base/problem.ts';
import type { Files } from '../io/files.ts';
import { StorageError } from '../io/storage.ts';
import { openCopy } from '../journal/copy.ts';
import { usualBackup, type BackupPolicy } from '../model/backup.ts';
import { limits } from '../model/limits.ts';
import type { BackupStand } from './contract.ts';
import { placeCopy } from './copying.ts';
import { definitionsOf } from './definitions.ts';
import type { IncidentParts } from './parts.ts';

/** Copies of one open incident, made by whoever holds its engine; nobody waits for one, and a failure is shown until one works. */
export interface Backing {
  stand(): BackupStand | null;
  /** Makes the copy that is due, where there is one. */
  leave(): Promise<void>;
}

/** To the millisecond, unlike the copies that a person asks for: those are never removed here. */
const STAMP = /-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z\.sqlite$/;

/** Name of a copy; names of one incident sort by time. */
const copyName = (id: string, at: Instant): string =>
  `${id}-${formatUtc(at).slice(0, 23).replaceAll(/[-:.]/g, '')}Z.sqlite`;

/** Copies of one incident in a folder, oldest first. */
export const copiesIn = (
  files: Files,
  folder: string,
  id: string,
): readonly Readonly<{ name: string; at: Instant }>[] =>
  files
    .list(folder)
    .filter(({ name, kind }) => kind === 'file' && name.startsWith(`${id}-`))
    .flatMap(({ name }) => {
      const [, y, mo, d, h, mi, s, ms] = STAMP.exec(name) ?? [];
      const at = y === undefined ? null : parseInstant(`${y}-${mo}-${d}T${h}:${mi}:${s}.${ms}Z`);
      return at === null ? [] : [{ name, at }];
    });

export const startBacking = (parts: IncidentParts, left: AbortSignal): Backing => {
  const policy = parts.frozen.company.backup;
  if (policy === undefined || parts.readOnly || parts.world.drill)
    return { stand: () => null, leave: () => Promise.resolve() };
  const { clock } = parts.world;
  let last = newest(parts, policy);
  let failing: BackupStand['failing'] = null;
  let notBefore = 0;

  const round = async (): Promise<void> => {
    notBefore = clock.now() + limits.backupAgainMs;
    try {
      last = await copyNow(parts, policy);
      failing = null;
      notBefore = 0;
    } catch (error) {
      if (!isProblem(error) && !(error instanceof StorageError)) throw error;
      const why = isProblem(error) ? (error.facts['why'] ?? error.message) : error.message;
      failing = { since: failing?.since ?? clock.now(), why };
    }
  };
  const dueIn = (gather: number): number =>
    Math.max(dueAt(parts, policy, last, gather), notBefore) - clock.now();
  const loop = async (): Promise<void> => {
    while (!left.aborted) {
      const wait = dueIn(limits.backupGatherMs);
      if (wait <= 0) await round();
      else await clock.sleep(Math.min(wait, limits.backupLookMs), left);
    }
  };
  // It ends with its signal.
  void loop().catch(() => undefined);
  return {
    stand: () => ({ folder: policy.folder, last: last?.at ?? null, failing }),
    leave: async () => {
      if (dueIn(0) <= 0) await round();
    },
  };
};

/** A copy by what it holds: clocks can be set, and a count of entries cannot. */
type Copy = Readonly<{ at: Instant; entries: number }>;

/** Null where there is none, or the newest is none that can be read: then one is made at once. */
const newest = ({ files, id }: IncidentParts, { folder }: BackupPolicy): Copy | null => {
  try {
    const found = copiesIn(files, folder, id).at(-1);
    if (found === undefined) return null;
    const copy = openCopy(join(folder, found.name));
    try {
      return { at: found.at, entries: copy.size };
    } finally {
      copy.close();
    }
  } catch {
    return null;
  }
};

/** When the next copy is to be made: some hours after the last one, or soon after what cannot be undone. */
const dueAt = (
  { ledger, journal, world }: IncidentParts,
  policy: BackupPolicy,
  last: Copy | null,
  gather: number,
): number => {
  if (last === null) return Number.NEGATIVE_INFINITY;
  const { every_hours = usualBackup.every_hours, after_irreversible = usualBackup.after_irreversible } =
    policy;
  const window = ledger.window(last.entries, journal.size());
  if (window.since === null) return Number.POSITIVE_INFINITY;
  const now = world.clock.now();
  const routine = last.at > now ? now : last.at + every_hours * HOUR;
  return after_irreversible && window.urgentSince !== null
    ? Math.min(routine, window.urgentSince + gather)
    : routine;
};

const copyNow = async (parts: IncidentParts, policy: BackupPolicy): Promise<Copy> => {
  const { world, files, journal, id, frozen } = parts;
  const { folder, keep = usualBackup.keep } = policy;
  if (world.trusts !== undefined && !(await world.trusts(definitionsOf(frozen, parts.connectors))))
    throw new StorageError(
      'permissions',
      folder,
      'nobody has trusted the workspace that names it: firebreak trust',
    );
  // Never made: where nothing is mounted, the copy would lie on the disk that it is there to outlive.
  if (!isAbsolute(folder) || files.info(folder) === null)
    throw new StorageError('missing', folder, `there is no ${folder}: is it mounted?`);
  const at = world.clock.now();
  const path = join(folder, copyName(id, at));
  const entries = placeCopy(files, journal.path, path, parts.device);
  // Whatever the clock said when they were made: one that was set ahead must not push out the copy of now.
  const others = copiesIn(files, folder, id).filter((one) => join(folder, one.name) !== path);
  for (const { name } of others.slice(0, Math.max(0, others.length - keep + 1)))
    files.remove(join(folder, name));
  return { at, entries };
};
