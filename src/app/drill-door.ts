import { join } from 'node:path';
import type { Json } from '../base/canonical.ts';
import { MINUTE } from '../base/duration.ts';
import { plus } from '../base/instant.ts';
import type { Instant } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import { realEvent } from '../drill/directing.ts';
import { direct } from '../drill/director.ts';
import type { Director } from '../drill/director.ts';
import { injectReader } from '../drill/injects.ts';
import type { Inject } from '../drill/injects.ts';
import { noticesOf } from '../drill/log.ts';
import { inOurWords } from '../drill/own/names.ts';
import { pace } from '../drill/pace.ts';
import { play } from '../drill/play.ts';
import { score } from '../drill/score.ts';
import { systemHttp } from '../io/http.ts';
import { progress } from '../incident/ready.ts';
import type { DrillSource } from '../model/drill.ts';
import { limits } from '../model/limits.ts';
import type { TrapSource } from '../model/scenario.ts';
import type { Came, OpenDrill, Scorecard } from './contract.ts';
import type { DrillParts } from './drill-parts.ts';
import { shownPlace } from './drill-place.ts';
import { openDrillRoom } from './drill-room.ts';
import { madeUpSignature, playerOf } from './drill-player.ts';
import { handingOver } from './handing-over.ts';
import type { HandingOver } from './handing-over.ts';
import type { Runtime } from './incident.ts';
import { pageOnCall } from './unannounced.ts';
import { clocksOf } from './views.ts';

/** The door of a drill: that of any incident, and beside it the messages, the scripted responder and the score. */

/** A practised person sees the page within this long, and declares after `DECLARE_MS`. */
const ACKNOWLEDGE_MS = 30_000;
const DECLARE_MS = 90_000;

export const declareAfter = (seed: number): number => Math.round(DECLARE_MS * pace(seed, 'declare'));
const acknowledgeAfter = (seed: number): number => Math.round(ACKNOWLEDGE_MS * pace(seed, 'acknowledge'));

export const directorOf = (runtime: Runtime, parts: DrillParts): Director => {
  const { world, systems, drill, start, seed, files } = parts;
  const path = join(parts.folder, 'attempts.json');
  return direct({
    drill,
    systems,
    start,
    seed,
    clock: world.clock,
    made: parts.made,
    ledger: runtime.parts.ledger,
    http: systemHttp({
      clock: world.clock,
      wall: 'loopback-only',
      secrets: () => [],
      ...(world.busy === undefined ? {} : { busy: world.busy }),
    }),
    kept: {
      read: () =>
        files.exists(path) ? (JSON.parse(files.readText(path, limits.drillCardBytesMax)) as Json) : null,
      write: (value) => {
        files.writeAtomic(path, JSON.stringify(value));
      },
    },
  });
};

const scored = (runtime: Runtime, parts: DrillParts, director: Director): Scorecard => {
  const { ledger, frozen, world, zone } = runtime.parts;
  const state = ledger.state();
  const now = world.clock.now();
  const { drill, start, seed } = parts;
  return {
    ...score({
      drill,
      state,
      progress: progress(state),
      clocks: clocksOf(state, frozen, now, zone),
      truth: parts.systems.truth(),
      log: director.log(),
      attempts: director.attempts(),
      start,
      now,
      untested: parts.setting.untested,
      left: parts.setting.left,
    }),
    seed,
  };
};

const trapOf = (drill: DrillSource, id: string): TrapSource => {
  const found = drill.traps?.find((one) => one.id === id);
  if (found === undefined)
    throw new Problem('not-found', {
      what: 'trap of the drill',
      id,
      near: (drill.traps ?? []).map((one) => one.id).join(', '),
    });
  return found;
};

/** The scenario as a responder plays it who walks into this trap. */
const astray = (drill: DrillSource, trap: TrapSource | null): DrillSource =>
  trap === null ? drill : { ...drill, moves: { ...drill.moves, ...trap.play.moves } };

/** Only a name that the scenario gives is ever read, from its own folder. */
const artifactOf = ({ drill, artifacts, files, setting }: DrillParts, name: string): string | null => {
  if (artifacts === null || !drill.injects.some((one) => one.artifact === name)) return null;
  const path = join(artifacts, name);
  return files.exists(path) ? inOurWords(files.readText(path, limits.drillArtifactBytesMax), setting) : null;
};

/** Writes the score down; what was passed or is over is closed, and what is neither stays open for whoever wants to go on. */
const finished = async (runtime: Runtime, parts: DrillParts, director: Director): Promise<Scorecard> => {
  const { ledger } = runtime.parts;
  const card = scored(runtime, parts, director);
  const { passed, seed } = card;
  await ledger.append([
    {
      kind: 'drill.scored',
      pub: { passed, seed },
      priv: { scorecard: { class: 'staff', value: JSON.stringify(card) } },
    },
  ]);
  if (ledger.state().phase === 'open' && (passed || director.over() !== null)) {
    await runtime.act({
      do: 'close',
      outcome: 'drill-ended',
      summary: director.over() ?? 'The drill was played to its end.',
    });
  }
  return card;
};

/** The one way in which a drill calls anybody: a mail server of this machine. That it was tried is journalled. */
const paging = async (
  runtime: Runtime,
  { world, drill, start }: DrillParts,
  first: Inject | undefined,
): Promise<string | null> => {
  const { ledger } = runtime.parts;
  const url = await world.baseUrl('', 'smtp://on-call');
  const page = {
    id: runtime.id,
    title: drill.title,
    runbook: ledger.state().runbook ?? '',
    says: first === undefined ? drill.story : `${first.from}: ${first.body}`,
    at: start,
  };
  const why = url === null ? 'this drill has no mailbox' : await pageOnCall(page, url);
  await ledger.append([{ kind: 'drill.paged', pub: { way: 'mail', taken: why === null } }]);
  return why;
};

/** Nobody has to come: then the scenario runs to its end, and that is what is scored. */
const waiting = async (
  runtime: Runtime,
  parts: DrillParts,
  director: Director,
  hand: HandingOver,
  stop: AbortSignal,
): Promise<Came> => {
  const { drill, start, played } = parts;
  const ended = new AbortController();
  const over = (): boolean => director.over() !== null || runtime.parts.ledger.state().phase !== 'open';
  const look = async (): Promise<Came> => {
    const until = plus(start, drill.duration_minutes * MINUTE);
    while (!stop.aborted && !ended.signal.aborted) {
      if (over()) return 'over';
      if (runtime.parts.world.clock.now() >= until) return 'nobody';
      await played?.machine.sleep(WAIT_LOOK_MS, AbortSignal.any([stop, ended.signal])).catch(() => undefined);
    }
    return 'stopped';
  };
  const taken = hand
    .offer(AbortSignal.any([stop, ended.signal]))
    .then((came): Came => (came ? 'taken' : 'stopped'));
  const came = await Promise.race([taken, look()]);
  ended.abort();
  if (came === 'nobody') await finished(runtime, parts, director);
  return came;
};
const WAIT_LOOK_MS = 500;

/** Opens with the messages that are due by then: the page has come before anybody looks. */
export const drillDoor = async (runtime: Runtime, parts: DrillParts): Promise<OpenDrill> => {
  const { ledger, frozen } = runtime.parts;
  const director = directorOf(runtime, parts);
  // Whoever only looks on changes nothing in a drill that another process plays.
  if (!runtime.parts.readOnly) await director.turn();
  const injects = injectReader(ledger.entries, ledger.reveal);
  const finish = async (): Promise<Scorecard> => await finished(runtime, parts, director);
  const hand = handingOver();
  const room = await openDrillRoom(runtime, parts, director, { finish, hand });
  const acknowledge = async (at: Instant): Promise<void> => {
    if (director.log().acknowledged === null)
      await ledger.append([{ kind: 'drill.acknowledged', pub: { at } }]);
  };
  return {
    ...runtime,
    sign: (entry, person) => Promise.resolve(madeUpSignature(runtime, entry, person, parts.seed)),
    seed: parts.seed,
    story: parts.drill.story,
    place: shownPlace(parts.setting, frozen.company.organisation.name, frozen.contacts),
    truth: parts.drill.truth,
    over: () => director.over(),
    notices: () => noticesOf(director.log()),
    injects,
    artifact: (name) => artifactOf(parts, name),
    acknowledge: async () => {
      await acknowledge(parts.world.clock.now());
    },
    clipboard: (item) => (Object.hasOwn(parts.drill.secrets ?? {}, item) ? parts.made(item) : null),
    watch: (changed) =>
      runtime.watch(() => {
        // What is due happens with the tick; a journal that refuses it is met, and told, by the next command.
        void director.turn().catch(() => undefined);
        changed();
      }),
    auto: async (heard, id) => {
      if (parts.clock === null)
        throw new Problem('usage', { why: 'this drill is played by people; start one with --auto' });
      await acknowledge(plus(parts.start, acknowledgeAfter(parts.seed)));
      const trap = id === undefined ? null : trapOf(parts.drill, id);
      await play(
        playerOf(runtime, parts, director),
        astray(parts.drill, trap),
        heard,
        trap?.play.before ?? {},
      );
      await director.turn();
    },
    finish,
    page: async () => await paging(runtime, parts, injects().at(0)),
    waitForPlayers: async (stop) => await waiting(runtime, parts, director, hand, stop),
    realEvent: async () => {
      if (ledger.state().phase !== 'open') return;
      await ledger.append([realEvent]);
      // Whoever only looks on leaves the score to those who play it.
      if (!runtime.parts.readOnly) await finish();
    },
    leave: async () => {
      await room?.leave();
      await runtime.leave();
      await parts.systems.close();
    },
  };
};
