import type { AlertFault, AlertWay, Alerts } from '../../model/alert.ts';
import { limits } from '../../model/limits.ts';
import { isTrusted, NOT_TRUSTED, postOnBoard, type Posting } from '../post.ts';

/** Tells somebody elsewhere a line. It is never tried twice: a message an hour late would say a wrong time. */

export type NotTold = Readonly<{ way: AlertWay; fault: AlertFault; detail: string }>;

/** What did not get out; empty where all was told. In a drill Slack is its simulator, and no command runs. */
export const tellOutside = async (
  telling: Posting,
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

const bySlack = async (
  telling: Posting,
  slack: NonNullable<Alerts['slack']>,
  lines: readonly string[],
): Promise<NotTold | null> => {
  const not = await postOnBoard(telling, slack, lines.join('\n'));
  return not === null ? null : { way: 'slack', ...not };
};

const byCommand = async (
  telling: Posting,
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
