import { HOUR, MINUTE } from '../../base/duration.ts';
import type { OpenIncident } from '../../app/contract.ts';
import { limits } from '../../model/limits.ts';
import type { Context } from '../context.ts';
import { usage } from '../spec.ts';

/** The line for managers, until Ctrl-C or until the incident is closed: printed, or kept in a file of one's own. */
export const everySoOften = async (
  context: Context,
  incident: OpenIncident,
  everyMs: number,
  file: string | null,
): Promise<number> => {
  const stop = new AbortController();
  context.interruptible.stop = stop;
  const { clock } = context.world;
  for (let next = Number.NEGATIVE_INFINITY; !stop.signal.aborted;) {
    const open = incident.view().state.phase === 'open';
    if (!open || clock.elapsed() >= next) {
      next = clock.elapsed() + everyMs;
      tell(context, incident, everyMs, file);
    }
    for (const { text } of await incident.bulletin.look()) context.print.say(text);
    if (!open) break;
    await clock.sleep(Math.min(everyMs, limits.bulletinLookMs), stop.signal).catch(() => undefined);
  }
  context.interruptible.stop = null;
  return 0;
};

const tell = (
  { print }: Context,
  { id, bulletin }: OpenIncident,
  everyMs: number,
  file: string | null,
): void => {
  if (file !== null) bulletin.write(file, everyMs);
  const line = bulletin.line(everyMs);
  if (print.json) print.object('bulletin', { incident: id, line, file });
  else print.line(line);
};

/** `15m`, `2h`. @throws Problem `usage` */
export const typedLength = (text: string): number => {
  const [, count = '', unit] = /^(\d{1,4}) ?(m|min|h)$/.exec(text) ?? [];
  const ms = Number(count) * (unit === 'h' ? HOUR : MINUTE);
  if (unit === undefined || ms < MINUTE || ms > 24 * HOUR)
    throw usage(`"${text}" is no length between a minute and a day: write 15m or 2h`);
  return ms;
};
