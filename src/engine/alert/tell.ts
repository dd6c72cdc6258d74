import { toHex } from '../../base/hash.ts';
import type { AlertFault, AlertWay, Alerts } from '../../model/alert.ts';
import { limits } from '../../model/limits.ts';
import { openDoor } from '../door.ts';
import type { Definitions, World } from '../world.ts';

/** Tells somebody elsewhere a line. It is never tried twice: a message an hour late would say a wrong time. */

export type NotTold = Readonly<{ way: AlertWay; fault: AlertFault; detail: string }>;

type Telling = Readonly<{ world: World; definitions: Definitions; signal: AbortSignal }>;

/** What did not get out; empty where all was told. In a drill Slack is its simulator, and no command runs. */
export const tellOutside = async (
  telling: Telling,
  { slack, command }: Alerts,
  lines: readonly string[],
): Promise<readonly NotTold[]> => {
  const { world } = telling;
  const ways = [
    ...(slack === undefined ? [] : [bySlack(telling, slack, lines)]),
    ...(command === undefined || world.drill ? [] : [byCommand(telling, command, lines)]),
  ];
  return (await Promise.all(ways)).filter((one) => one !== null);
};

const NOT_TRUSTED = 'nobody has trusted the workspace that names it: firebreak trust';

const isTrusted = async ({ world, definitions }: Telling): Promise<boolean> =>
  world.trusts === undefined || (await world.trusts(definitions));

const bySlack = async (
  telling: Telling,
  { connector, channel }: NonNullable<Alerts['slack']>,
  lines: readonly string[],
): Promise<NotTold | null> => {
  const { world, definitions, signal } = telling;
  const not = (fault: AlertFault, detail: string): NotTold => ({ way: 'slack', fault, detail });
  try {
    if (!(await isTrusted(telling))) return not('not-configured', NOT_TRUSTED);
    const door = await openDoor(world, definitions, connector);
    if (door.is === 'shut') return not('not-configured', door.why);
    const { board } = door.connector;
    if (board === undefined) return not('not-configured', `${connector} has no channel to post in`);
    const { outside } = door.outside({ key: toHex(world.random.bytes(8)), suspects: [], signal });
    const posted = await board.post(channel, lines.join('\n'), outside);
    return posted.is === 'posted' ? null : not('refused', posted.why);
  } catch (error) {
    return not('unreachable', error instanceof Error ? error.message : String(error));
  }
};

const byCommand = async (
  telling: Telling,
  [file = '', ...args]: NonNullable<Alerts['command']>,
  lines: readonly string[],
): Promise<NotTold | null> => {
  const { world, signal } = telling;
  const not = (fault: AlertFault, detail: string): NotTold => ({ way: 'command', fault, detail });
  try {
    if (!(await isTrusted(telling))) return not('not-configured', NOT_TRUSTED);
    for (const line of lines) {
      const ran = await world.processes.run({
        file,
        args: [...args, line],
        timeoutMs: limits.alertCommandMs,
        signal,
      });
      if (!ran.started) return not('not-configured', `${file} did not start`);
      if (ran.timedOut) return not('failed', `${file} took too long and was ended`);
      if (ran.exit !== 0) return not('failed', `${file} ended with ${ran.exit ?? 'a signal'}`);
    }
    return null;
  } catch (error) {
    return not('failed', error instanceof Error ? error.message : String(error));
  }
};
