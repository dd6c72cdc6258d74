import { join } from 'node:path';
import { parseInstant } from '../base/instant.ts';
import type { Instant } from '../base/instant.ts';
import { assert } from '../base/assert.ts';
import { Problem } from '../base/problem.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { virtualClock } from '../drill/clock.ts';
import { steeredClock } from '../drill/steered.ts';
import { drillMail } from '../drill/mailbox.ts';
import { drillPlaces } from '../drill/places.ts';
import { madeSecret, withMadeUpKeys } from '../drill/secrets.ts';
import { startSystems } from '../drill/systems.ts';
import type { World } from '../engine/world.ts';
import { walledProcesses } from '../io/process.ts';
import { newId } from '../io/random.ts';
import type { Fresh } from '../model/event.ts';
import { drillSecrets } from '../io/secrets.ts';
import type { Base } from './base.ts';
import { incidentFolder } from './base.ts';
import type { OpenDrill } from './contract.ts';
import { openingEvents } from './declare.ts';
import { begunEvents } from './drill-begun.ts';
import { cardPath, readCard } from './drill-card.ts';
import { asWritten, keepSetting, keptSetting } from './drill-setting.ts';
import type { Setting } from './drill-setting.ts';
import type { Place } from './own-drill.ts';
import type { Card } from './drill-card.ts';
import { declareAfter, drillDoor } from './drill-door.ts';
import type { DrillParts, Played } from './drill-parts.ts';
import type { Runtime } from './incident.ts';
import { createIncident, lastMoment, openIncident } from './store.ts';
import { summaries } from './summaries.ts';

/** A drill is the same incident in another world: simulators for addresses, made-up secrets, its own clock and store. */

/** `fresh` starts a new one even where one of the same kind is unfinished. */
export type DrillOptions = Readonly<{ seed?: number; speed?: number; auto?: boolean; fresh?: boolean }>;

const momentOf = (text: string): Instant => {
  const at = parseInstant(text);
  assert(at !== null, 'the catalog checked the times of a drill');
  return at;
};

/** Only the address of a mail server has another mail server in its place. */
const isMail = (address: string | null): boolean => address !== null && /^smtps?:/.test(address);

/**
 * Goes on from where the drill's time was: a night between two sittings does not count. Where another process plays it, its time has
 * gone on since the card was written.
 */
const playedClock = (base: Base, id: string, card: Card, start: Instant): Played => {
  const { speed, paused = false, played = 0, at = base.clock.now() } = card;
  const elsewhere = summaries(base, true).readable.some((one) => one.id === id && one.held);
  const since = elsewhere && !paused ? Math.max(0, base.clock.now() - at) * speed : 0;
  const clock = steeredClock(base.clock, start, { played: played + since, speed, paused });
  return {
    clock,
    machine: base.clock,
    keep: (pace) => {
      base.files.writeAtomic(cardPath(base, id), JSON.stringify({ ...card, ...pace, at: base.clock.now() }));
    },
  };
};

/** The fake world, before anybody is in it. */
type Staged = Omit<DrillParts, 'seed'>;

/** Builds the fake world. There is no road from here to a live system: no live secret, address or program is in reach. */
const stage = async (base: Base, setting: Setting, id: string, card: Card): Promise<Staged> => {
  const { drill, artifacts } = setting;
  const start = momentOf(drill.starts);
  const virtual = card.auto ? virtualClock(start) : null;
  const played = card.auto ? null : playedClock(base, id, card, start);
  const clock = virtual ?? played?.clock ?? base.clock;
  const made = madeSecret(card.seed, drill);
  const folder = join(incidentFolder(base.home, id, true), 'systems');
  const systems = await startSystems({
    folder,
    files: base.files,
    drill,
    company: { connectors: setting.connectors },
    connectors: base.connectors,
    scripts: new Map(Object.entries(setting.scripts)),
    made,
    clock: () => clock,
  });
  const mail = drillMail(folder, base.files, () => clock.now());
  const world: World = {
    drill: true,
    clock,
    random: base.random,
    processes: walledProcesses(new Set()),
    secrets: drillSecrets(made),
    places: drillPlaces(folder, base.files),
    wall: 'loopback-only',
    baseUrl: async (instance, fallback) =>
      systems.baseUrl(instance) ?? (isMail(fallback) ? (base.drillMail ?? (await mail.url())) : null),
    ...(virtual === null
      ? {}
      : {
          busy: (change: 1 | -1) => {
            virtual.busy(change);
          },
        }),
    ...(played === null ? {} : { pulse: base.clock }),
  };
  const close = async (): Promise<void> => {
    await Promise.all([systems.close(), mail.close()]);
  };
  const { files } = base;
  return {
    world,
    systems: { ...systems, close },
    drill,
    start,
    clock: virtual,
    played,
    made,
    files,
    folder,
    artifacts,
    setting,
  };
};

/** An unfinished drill of the same kind that nobody is playing: started again after a crash, it goes on where it stopped. */
const unfinished = (
  base: Base,
  runbook: string,
  { company }: Setting,
  options: DrillOptions,
): string | null => {
  if (options.fresh === true) return null;
  const open = summaries(base, true).readable.filter(
    (one) => one.phase === 'open' && one.runbook === runbook && !one.held,
  );
  const same = open.find(({ id }) => {
    const card = readCard(base, id);
    return (
      (card.company ?? 'built-in') === company &&
      card.auto === (options.auto ?? false) &&
      (options.seed === undefined || options.seed === card.seed)
    );
  });
  return same?.id ?? null;
};

/** Who reads its times must find in the journal how fast they went by: a drill is sped up by an entry, or not at all. */
const refuseSpeed = (
  { speed: now, runbook }: Card,
  id: string,
  { speed, auto = false }: DrillOptions,
): void => {
  if (auto || speed === undefined || speed === now) return;
  throw new Problem('usage', {
    why: `${id} is not finished and runs ${now} times as fast as a watch; --speed is for a new drill`,
    next: `firebreak drill facilitate ${id} --do compress:${speed} changes it and writes down when; firebreak drill run ${runbook} goes on as it was`,
  });
};

export const startDrill = async (
  base: Base,
  { catalog, setting }: Place,
  runbook: string,
  options: DrillOptions,
  also: readonly Fresh[] = [],
): Promise<OpenDrill> => {
  const before = unfinished(base, runbook, setting, options);
  if (before !== null) {
    refuseSpeed(readCard(base, before), before, options);
    return await resumeDrill(base, catalog, before);
  }
  const { id, card, staged } = await begin(base, { catalog, setting }, runbook, options, also);
  return await enter(base, id, card, staged, drillDoor);
};

/** A drill without its door: no messages, no score, nobody to direct it. For whoever plays it by a script of their own. */
export const startBare = async (
  base: Base,
  place: Place,
  runbook: string,
): Promise<Readonly<{ runtime: Runtime; parts: DrillParts }>> => {
  const { id, card, staged } = await begin(base, place, runbook, { auto: true }, []);
  return await enter(base, id, card, staged, async (runtime, parts) => Promise.resolve({ runtime, parts }));
};

const begin = async (
  base: Base,
  { catalog, setting }: Place,
  runbook: string,
  options: DrillOptions,
  also: readonly Fresh[],
): Promise<Readonly<{ id: string; card: Card; staged: Staged }>> => {
  const id = newId('drill', base.clock, base.random);
  const auto = options.auto ?? false;
  const card: Card = {
    runbook,
    seed: options.seed ?? 1,
    begun: base.clock.now(),
    speed: options.speed ?? 1,
    auto,
    company: setting.company,
  };
  base.files.privateDir(incidentFolder(base.home, id, true));
  base.files.writeAtomic(cardPath(base, id), JSON.stringify(card));
  // What was written for the built-in company is read again; a team's own files may be others by then.
  if (setting.company === 'own') keepSetting(base, id, setting);
  const staged = await stage(base, setting, id, card);
  await staged.clock?.pass(declareAfter(card.seed));
  const opening = {
    runbook,
    title: staged.drill.title,
    earliestAt: momentOf(staged.drill.earliest),
    aware: null,
    severity: null,
  };
  await createIncident(base, staged.world, id, [
    ...(await openingEvents(peopled(catalog, card.seed), base.connectors, staged.world, opening)),
    ...begunEvents(card, setting),
    ...also,
  ]);
  return { id, card, staged };
};

const peopled = (catalog: Catalog, seed: number): Catalog => ({
  ...catalog,
  company: { ...catalog.company, value: withMadeUpKeys(catalog.company.value, seed) },
});

/**
 * Goes on with a drill: the systems are as they were left, the clock at the last moment the journal knows. `example` is asked where it
 * is played in the built-in company.
 */
export const resumeDrill = async (base: Base, example: Catalog, id: string): Promise<OpenDrill> => {
  const card = readCard(base, id);
  const setting = card.company === 'own' ? keptSetting(base, id) : asWritten(base, example, card.runbook);
  return await enter(base, id, card, await stage(base, setting, id, card), drillDoor);
};

const enter = async <Door>(
  base: Base,
  id: string,
  card: Card,
  staged: Staged,
  open: (runtime: Runtime, parts: DrillParts) => Promise<Door>,
): Promise<Door> => {
  try {
    // Before anything is written: a clock that went back would make the past look like the future.
    const last = lastMoment(base, staged.world, id);
    staged.clock?.jump(last);
    staged.played?.clock.jump(last);
    const runtime = await openIncident(base, staged.world, id);
    try {
      return await open(runtime, { ...staged, seed: card.seed });
    } catch (error) {
      await runtime.leave();
      throw error;
    }
  } catch (error) {
    await staged.systems.close();
    throw error;
  }
};

const NO_DRILL_NEEDED = 'firebreak declare <runbook> --title TEXT: nothing has to end first';

/** A drill that nobody plays at the moment: gone on with for as long as it takes to end it. */
export const endUnplayed = async (base: Base, catalog: Catalog, id: string | null): Promise<string> => {
  const open = summaries(base, true).readable.filter(
    (one) =>
      one.phase === 'open' &&
      (id === null ? !readCard(base, one.id).auto : one.id === id || one.codename === id),
  );
  const [one, ...others] = open;
  if (one === undefined)
    throw new Problem('not-found', { what: 'unfinished drill', id: id ?? '', next: NO_DRILL_NEEDED });
  if (others.length > 0)
    throw new Problem('usage', {
      why: `several drills are unfinished: ${open.map((each) => each.codename).join(', ')}`,
      next: 'firebreak drill stop <drill> --real-event',
    });
  const drill = await resumeDrill(base, catalog, one.id);
  try {
    await drill.realEvent();
  } finally {
    await drill.leave();
  }
  return one.id;
};
