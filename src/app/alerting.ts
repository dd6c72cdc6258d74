import { alertKey, failKey } from '../incident/alerts.ts';
import { tellOutside, type NotTold } from '../engine/alert/tell.ts';
import type { Fresh } from '../model/event.ts';
import { alertLine, alertsNow, type Alert } from '../projections/alerts.ts';
import { definitionsOf } from './definitions.ts';
import type { AlertDoor, Alerted } from './incident-contract.ts';
import type { IncidentParts } from './parts.ts';
import { clocksOf } from './views.ts';

const nothing: Alerted = { alerts: [], told: Promise.resolve([]) };

/**
 * Tells once for each clock and threshold. The entry comes first: whoever wrote it first rings, and a crash behind it costs one bell and
 * never rings twice.
 */
export const alerting = (parts: IncidentParts, left: AbortSignal): AlertDoor => {
  /** What rang here although the journal takes nothing more: a full disk must not be the night without a bell. */
  const unwritten = new Set<string>();
  let busy = false;
  return {
    alert: async () => {
      if (busy || left.aborted) return nothing;
      busy = true;
      try {
        const alerts = await claimed(parts, unwritten);
        if (alerts.length === 0) return nothing;
        return { alerts, told: toldOutside(parts, alerts, left) };
      } finally {
        busy = false;
      }
    },
  };
};

const keyOf = ({ duty, due, threshold }: Alert): string => alertKey(duty, due, threshold);

const claimed = async (parts: IncidentParts, unwritten: Set<string>): Promise<readonly Alert[]> => {
  const { ledger, frozen, world, zone } = parts;
  ledger.refresh();
  const state = ledger.state();
  const now = world.clock.now();
  const due = alertsNow(state, clocksOf(state, frozen, now, zone), now);
  const fresh = due.filter((one) => !unwritten.has(keyOf(one)));
  if (fresh.length === 0) return [];
  try {
    const written = await ledger.append(
      fresh.map(({ duty, threshold, due: at }): Fresh => ({
        kind: 'alert.rung',
        pub: { duty, threshold, due: at },
      })),
    );
    const mine = new Set(written.map(({ n }) => n));
    const { rung } = ledger.state().alerts;
    return fresh.filter((one) => mine.has(rung.get(keyOf(one)) ?? -1));
  } catch {
    for (const one of fresh) unwritten.add(keyOf(one));
    return fresh;
  }
};

/** What a person has to know of it, once for each way and kind of fault: it never stops anything. */
const toldOutside = async (
  parts: IncidentParts,
  alerts: readonly Alert[],
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const { ledger, frozen, world } = parts;
  const { alerts: ways } = frozen.company;
  if (ways === undefined) return [];
  const lines = alerts.map((one) => alertLine(ledger.state(), one));
  const definitions = definitionsOf(frozen, parts.connectors);
  const failed = await tellOutside({ world, definitions, signal }, ways, lines);
  if (signal.aborted) return [];
  const { failed: said } = ledger.state().alerts;
  const fresh = failed.filter(({ way, fault }) => !said.has(failKey(way, fault)));
  if (fresh.length > 0) await ledger.append(fresh.map(failure)).catch(() => undefined);
  return fresh.map(words);
};

const failure = ({ way, fault, detail }: NotTold): Fresh => ({
  kind: 'alert.failed',
  pub: { way, fault },
  priv: { detail: { class: 'staff', value: detail } },
});

const words = ({ way, detail }: NotTold): string =>
  `Alerts do not get out by ${way === 'slack' ? 'Slack' : 'the command'}: ${detail}. The bell here goes on, and so does everything else.`;
