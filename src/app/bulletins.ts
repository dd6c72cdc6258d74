import { resolve } from 'node:path';
import { MINUTE } from '../base/duration.ts';
import { Problem } from '../base/problem.ts';
import { writeLine } from '../engine/bulletin/file.ts';
import { tellPlaces, type Told } from '../engine/bulletin/tell.ts';
import { bulletinModes, usualBulletin, type Bulletin, type BulletinPlace } from '../model/bulletin.ts';
import type { Fresh } from '../model/event.ts';
import { limits } from '../model/limits.ts';
import { bulletinAgain, bulletinFailed, bulletinLine, bulletinName } from '../projections/bulletin.ts';
import type { BulletinDoor, BulletinNews } from './bulletin-contract.ts';
import type { View } from './contract.ts';
import { touchedBy } from './bulletin-touched.ts';
import { definitionsOf } from './definitions.ts';
import type { IncidentParts } from './parts.ts';
import { viewOf } from './views.ts';

/**
 * Tells managers every few minutes. An entry is written for each place when that begins to work and when it ceases to: who was kept
 * informed belongs to the record, and a row every quarter of an hour would bury what happened. What a line said follows from the
 * journal and its moment.
 */
export const bulletins = (parts: IncidentParts, left: AbortSignal): BulletinDoor => {
  const { ledger, frozen, world } = parts;
  const { bulletin } = frozen.company;
  const everyMs = bulletin === undefined ? null : everyOf(bulletin);
  /** What this process knows of each place: a full disk must not make one failure a new one every time. */
  const stands = new Map<BulletinPlace, string>();
  let next = Number.NEGATIVE_INFINITY;
  let toldOpen = false;
  let busy = false;
  const isDue = (): boolean => {
    const { phase, handed } = ledger.state();
    if (handed !== null) return false;
    // Whoever reads an old line must learn that it is over; one that was over before is nobody's news.
    return phase === 'open' ? world.clock.elapsed() >= next : toldOpen;
  };
  const tell = async (named: Bulletin, every: number): Promise<readonly BulletinNews[]> => {
    const view = viewOf(parts, null);
    if (view.engine === 'elsewhere') {
      next = world.clock.elapsed() + limits.bulletinLookMs;
      return [];
    }
    next = world.clock.elapsed() + every;
    toldOpen = view.state.phase === 'open';
    const line = bulletinLine({ ...view, everyMs: every });
    const told = await tellPlaces(tellingOf(parts, left), named, {
      name: bulletinName(view.state),
      line,
      touched: touchedOf(view, parts, named),
    });
    return left.aborted ? [] : await noted(parts, stands, told);
  };
  return {
    everyMs,
    line: (every) => {
      ledger.refresh();
      return bulletinLine({ ...viewOf(parts, null), everyMs: every });
    },
    look: async () => {
      if (busy || left.aborted) return [];
      busy = true;
      try {
        ledger.refresh();
        return bulletin !== undefined && everyMs !== null && isDue() ? await tell(bulletin, everyMs) : [];
      } catch {
        // A journal that fails is told by the next command; the line stops nothing.
        return [];
      } finally {
        busy = false;
      }
    },
    write: (path, every) => writeOwn(parts, path, every),
  };
};

const everyOf = ({ every_minutes: minutes = usualBulletin.every_minutes }: Bulletin): number =>
  minutes * MINUTE;

const tellingOf = (parts: IncidentParts, signal: AbortSignal) => ({
  world: parts.world,
  definitions: definitionsOf(parts.frozen, parts.connectors),
  signal,
  files: parts.files,
  drillFolder: parts.exportsFolder,
});

/** Writes down what changed, and gives what a person has to know of that. */
const noted = async (
  { ledger }: IncidentParts,
  stands: Map<BulletinPlace, string>,
  told: readonly Told[],
): Promise<readonly BulletinNews[]> => {
  const written = ledger.state().bulletins;
  const changed = told.flatMap(({ place, not }) => {
    const before = stands.get(place) ?? written.get(place);
    const now = not === null ? 'told' : not.fault;
    stands.set(place, now);
    return before === now ? [] : [{ place, not, before }];
  });
  if (changed.length > 0) await ledger.append(changed.map(entryOf)).catch(() => undefined);
  return changed.flatMap(({ place, not, before }): readonly BulletinNews[] => {
    if (not !== null) return [{ is: 'failed', text: bulletinFailed(place, not.detail) }];
    return before === undefined ? [] : [{ is: 'again', text: bulletinAgain(place) }];
  });
};

const entryOf = ({ place, not }: Told): Fresh =>
  not === null
    ? { kind: 'bulletin.told', pub: { place } }
    : {
        kind: 'bulletin.failed',
        pub: { place, fault: not.fault },
        priv: { detail: { class: 'staff', value: not.detail } },
      };

const touchedOf = (
  { containment, state }: View,
  { frozen: { company, inventory } }: IncidentParts,
  { slack }: Bulletin,
): string | null =>
  slack === undefined
    ? null
    : touchedBy(
        slack.connector,
        containment.targets.map(({ item }) => item),
        { company, inventory, plan: state.plan },
      );

const writeOwn = (parts: IncidentParts, path: string, everyMs: number): string | null => {
  const { world, frozen, files, ledger } = parts;
  const configured = frozen.company.bulletin?.file;
  if (world.drill && configured !== undefined && resolve(configured) === resolve(path))
    throw new Problem('usage', { why: `${path} is the file of real incidents: a drill writes none there` });
  ledger.refresh();
  const view = viewOf(parts, null);
  const line = bulletinLine({ ...view, everyMs });
  const name = bulletinName(view.state);
  return writeLine(files, { path, mode: bulletinModes.owner, name, line })?.detail ?? null;
};
