import type { OpenIncident, ShipStand } from '../../app/contract.ts';
import { formatDistance } from '../../base/duration.ts';
import { formatUtc } from '../../base/instant.ts';
import { isProblem } from '../../base/problem.ts';
import { limits } from '../../model/limits.ts';
import type { Context } from '../context.ts';
import { usage, type Input, type Run } from '../spec.ts';

/** Sending the journal to those who watch all systems: by hand, on a schedule of the machine, or to see how far it is. */

const PARTLY = 6;

export const ship: Run = async (context, input) => {
  const to = input.text('to') ?? undefined;
  const from = input.number('from', 0) ?? undefined;
  if (input.flag('all') && (input.args[0] !== undefined || from !== undefined))
    throw usage('--all takes every live incident from where each one is: name no incident and no --from');
  if (input.flag('status')) return await tellStatus(context, input);
  if (input.flag('all')) return await shipAll(context, to);
  const incident = await context.writable(input.args[0]);
  const how = { ...(to === undefined ? {} : { to }), ...(from === undefined ? {} : { from }) };
  if (input.flag('follow')) return await follow(context, incident, how);
  return tell(context, incident, await incident.ship.send(how));
};

const tellStatus = async (context: Context, input: Input): Promise<number> => {
  const ids = input.flag('all')
    ? (await context.app()).incidents('live').map(({ id }) => id)
    : [input.args[0]];
  for (const id of ids) {
    const incident = await context.incident(id);
    tell(context, incident, await incident.ship.stand());
  }
  return 0;
};

/** One that another process works on is shipped by that one; the others must not wait for it. */
const shipAll = async (context: Context, to: string | undefined): Promise<number> => {
  let worst = 0;
  for (const { id } of (await context.app()).incidents('live')) {
    const incident = await context.writable(id);
    try {
      worst = Math.max(
        worst,
        tell(context, incident, await incident.ship.send(to === undefined ? {} : { to })),
      );
    } catch (error) {
      if (!isProblem(error) || error.code !== 'engine-held') throw error;
      context.print.say(`${id}: another process works on it, and ships it`);
    } finally {
      await incident.leave();
    }
  }
  return worst;
};

/** Until Ctrl-C. A receiver that failed is tried again when its wait is over. */
const follow = async (
  context: Context,
  incident: OpenIncident,
  how: Readonly<{ to?: string; from?: number }>,
): Promise<number> => {
  const stop = new AbortController();
  context.interruptible.stop = stop;
  let told = '';
  for (let first = true; !stop.signal.aborted; first = false) {
    const once = first ? how : how.to === undefined ? {} : { to: how.to };
    const stands = await incident.ship.send({ ...once, patient: !first, stop: stop.signal });
    const now = JSON.stringify(stands.map(({ name, next, failing }) => [name, next, failing?.fault]));
    if (now !== told) tell(context, incident, stands);
    told = now;
    await context.world.clock.sleep(limits.shipFollowMs, stop.signal).catch(() => undefined);
  }
  return 0;
};

/** Exit code 0 when every receiver has everything, 6 when one has not. */
const tell = ({ print }: Context, { id }: OpenIncident, stands: readonly ShipStand[]): number => {
  if (print.json) print.object('ship', { incident: id, receivers: stands.map(toJson) });
  else if (stands.length === 0) print.line(`${id}: no receiver is named in firebreak.yaml`);
  else for (const stand of stands) for (const line of words(stand)) print.line(line);
  return stands.every(({ kind, behind }) => kind === null || behind === 0) ? 0 : PARTLY;
};

const MINUTE = 60_000;

const toJson = ({ name, kind, answers, next, at, behind, behindMs, failing }: ShipStand) => ({
  name,
  type: kind,
  acknowledged: answers,
  last_shipped: next === 0 ? null : { entry: next - 1, at: at === null ? null : formatUtc(at) },
  behind: { entries: behind, minutes: behindMs === null ? 0 : Math.floor(behindMs / MINUTE) },
  failing:
    failing === null
      ? null
      : {
          failures: failing.failures,
          since: formatUtc(failing.since),
          fault: failing.fault,
          detail: failing.detail,
          next_try: formatUtc(failing.again),
        },
});

const faults = {
  unreachable: 'does not answer',
  refused: 'refuses',
  slow: 'takes too long',
  'not-configured': 'is not set up',
} as const;

const words = ({ name, kind, answers, next, behind, behindMs, failing }: ShipStand): readonly string[] => {
  const has = next === 0 ? 'has nothing yet' : `${answers ? 'has' : 'was sent'} entries #0 to #${next - 1}`;
  const age = behindMs === null ? '' : `, the oldest of them ${formatDistance(-behindMs)} old`;
  const open = behind === 0 ? 'nothing behind' : `${behind} behind${age}`;
  const gone = kind === null ? ' (no longer named in firebreak.yaml)' : '';
  const stood = `${name}${gone}: ${has}, ${open}`;
  if (failing === null) return [stood];
  return [
    stood,
    `  It ${faults[failing.fault]} since ${formatUtc(failing.since)} (${failing.failures} times): ${failing.detail}. Nothing is lost; it is tried again at ${formatUtc(failing.again)}.`,
  ];
};
