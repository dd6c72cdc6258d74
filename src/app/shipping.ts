import { toHex } from '../base/hash.ts';
import { parseInstant, plus } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import { waitOf } from '../engine/ship/lane.ts';
import type { Lot, ShippedEvent } from '../engine/ship/receiver.ts';
import { receiversOf } from '../engine/ship/receivers.ts';
import { makeShipper, startShipper, type Shipper, type ShipperParts } from '../engine/ship/shipper.ts';
import type { Definitions } from '../engine/world.ts';
import { toRecorded } from '../incident/recorded.ts';
import { within } from '../io/http.ts';
import { redactSentence } from '../io/redact.ts';
import { encodeEntry, type Entry } from '../journal/entry.ts';
import { leafHash } from '../journal/merkle.ts';
import { limits } from '../model/limits.ts';
import { shipKindOf, type Ship } from '../model/ship.ts';
import { ocsfEvent, type OcsfAbout } from '../projections/ocsf.ts';
import { dutiesOf } from './views.ts';
import { timelineContext } from '../projections/timeline.ts';
import { definitionsOf } from './definitions.ts';
import type { IncidentParts } from './parts.ts';
import type { ShipDoor, ShipStand } from './ship-contract.ts';

/** Shipping of one open incident: runs while it is open, and is asked for by a command. */
export interface Shipping extends ShipDoor {
  /** Lets receivers that are well take the last events, for a moment. */
  leave(): Promise<void>;
}

/**
 * While an incident is open it is sent to the receivers that it was declared with. A command asks for those of today's workspace
 * too, which win where both name one: an address that moved must not need a new incident.
 */
export const startShipping = (parts: IncidentParts, left: AbortSignal): Shipping => {
  const { ledger, frozen, readOnly, world } = parts;
  const declared = definitionsOf(frozen, parts.connectors);
  const beside = new AbortController();
  const ended = AbortSignal.any([beside.signal, left]);
  const busy = !readOnly && !world.drill && Object.keys(declared.company.ship ?? {}).length > 0;
  const running = busy ? startShipper(shipperParts(parts, declared), ended) : null;
  const off = running === null ? null : ledger.onChange(() => running.poke());
  const stand = async (): Promise<readonly ShipStand[]> => standOf(parts, await shipsOf(parts, declared));
  return {
    stand,
    send: async (how) => {
      if (world.drill)
        throw new Problem('wall', { host: 'whoever watches your systems', why: 'a drill is not shipped' });
      if (readOnly) throw new Problem('engine-held', { incident: parts.id });
      // One sender at a time: what runs beside would send the same.
      off?.();
      await running?.rest();
      beside.abort(new Error('a command sends'));
      await sendNow(parts, declared, how, left);
      return await stand();
    },
    leave: async () => {
      if (running !== null && !beside.signal.aborted) await running.leave(limits.shipLeaveMs);
    },
  };
};

/** Receivers as they are named now, each with the definitions that name it: those are what somebody has trusted. */
type Ships = Readonly<Record<string, Readonly<{ ship: Ship; by: Definitions }>>>;

const shipsOf = async (parts: IncidentParts, declared: Definitions): Promise<Ships> => {
  const today = await parts.today();
  const named = (by: Definitions | null): Ships =>
    Object.fromEntries(
      Object.entries(by?.company.ship ?? {}).map(([name, ship]) => [name, { ship, by: by ?? declared }]),
    );
  return { ...named(declared), ...named(today) };
};

const sendNow = async (
  parts: IncidentParts,
  declared: Definitions,
  { to, from, patient = false, stop }: Parameters<ShipDoor['send']>[0],
  left: AbortSignal,
): Promise<void> => {
  const ships = await shipsOf(parts, declared);
  const names = Object.keys(ships);
  if (names.length === 0)
    throw new Problem('usage', {
      why: 'nobody is named to send it to',
      next: 'put `ship: { siem: { https: URL } }` into firebreak.yaml: firebreak journal ship --help',
    });
  if (to !== undefined && !names.includes(to))
    throw new Problem('not-found', { what: 'receiver', id: to, near: names.join(', ') });
  const wanted = names.filter((name) => to === undefined || name === to);
  if (from !== undefined) for (const name of wanted) parts.journal.shipped.rewind(name, from);
  const signal = stop === undefined ? left : AbortSignal.any([stop, left]);
  await Promise.all(
    [...new Set(wanted.map((name) => ships[name]?.by ?? declared))].map(async (by) => {
      const own = shipperParts(parts, by);
      const receivers = Object.fromEntries(
        Object.entries(own.receivers).filter(([name]) => wanted.includes(name) && ships[name]?.by === by),
      );
      const shipper: Shipper = makeShipper({ ...own, receivers });
      await shipper.send(signal, patient);
    }),
  );
};

const shipperParts = (parts: IncidentParts, by: Definitions): ShipperParts => {
  const receivers = receiversOf(parts.world, by, parts.files);
  const { journal, world } = parts;
  return {
    clock: world.clock,
    receivers,
    shipped: journal.shipped,
    size: () => journal.size(),
    within,
    lot: (name, from, most) => {
      const open = new Set(by.company.ship?.[name]?.fields ?? []);
      return lotOf(parts, open, receivers[name]?.bytesMax ?? limits.shipLotBytesMax, from, most);
    },
  };
};

const lotOf = (
  parts: IncidentParts,
  open: ReadonlySet<string>,
  bytesMax: number,
  from: number,
  most: number,
): Lot => {
  const { journal, ledger } = parts;
  ledger.refresh();
  const about = aboutOf(parts, open);
  const events: ShippedEvent[] = [];
  let bytes = 0;
  for (const entry of journal.entries(from)) {
    const event = eventOf(entry, about, bytesMax);
    bytes += event.text.length;
    if (events.length > 0 && (events.length >= most || bytes > limits.shipLotBytesMax)) break;
    events.push(event);
  }
  return { log: journal.origin, from, next: from + events.length, events };
};

const aboutOf = (
  { id, ledger, frozen, tool, world }: IncidentParts,
  open: ReadonlySet<string>,
): OcsfAbout => {
  const state = ledger.state();
  // A name out of the inventory or the contacts is private, however harmless it sounds: ids stand in their place.
  const names = timelineContext(state, dutiesOf(state, frozen), 'UTC', () => null);
  const hide = redactSentence(world.secrets.known());
  return {
    incident: id,
    tool,
    state,
    names,
    open,
    reveal: (ref) => {
      const text = ledger.reveal(ref);
      return text === null ? null : hide(text);
    },
  };
};

const eventOf = (entry: Entry, about: OcsfAbout, bytesMax: number): ShippedEvent => {
  const hash = toHex(leafHash(encodeEntry(entry)));
  const at = parseInstant(entry.at.wall) ?? about.state.openedAt;
  return {
    text: ocsfEvent(
      entry,
      hash,
      toRecorded(entry, () => hash),
      about,
      bytesMax,
    ),
    at,
  };
};

const standOf = ({ journal, world }: IncidentParts, ships: Ships): readonly ShipStand[] => {
  const now = world.clock.now();
  const size = journal.size();
  const names = new Set([...Object.keys(ships), ...journal.shipped.targets()]);
  return [...names].toSorted().map((name) => {
    const { next, at, failing } = journal.shipped.of(name);
    const ship = ships[name]?.ship;
    const behind = Math.max(0, size - next);
    const oldest = behind === 0 ? null : parseInstant(firstOf(journal.entries(next))?.at.wall ?? '');
    return {
      name,
      kind: ship === undefined ? null : shipKindOf(ship),
      answers: ship === undefined || !('syslog' in ship),
      next,
      at,
      behind,
      behindMs: oldest === null ? null : Math.max(0, now - oldest),
      failing:
        failing === null
          ? null
          : {
              failures: failing.failures,
              since: failing.since,
              fault: failing.fault,
              detail: failing.detail,
              again: plus(now, waitOf(failing, world.clock)),
            },
    };
  });
};

const firstOf = <T>(all: IterableIterator<T>): T | undefined => {
  for (const one of all) return one;
  return undefined;
};
