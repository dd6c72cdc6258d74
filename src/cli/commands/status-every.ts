import { HOUR, MINUTE } from '../../base/duration.ts';
import { Problem } from '../../base/problem.ts';
import type { OpenIncident } from '../../app/contract.ts';
import { limits } from '../../model/limits.ts';
import type { Context } from '../context.ts';
import { usage } from '../spec.ts';

/** The line for managers, until Ctrl-C or until the incident is closed: printed, and kept in a file of one's own where one is named. */
export const everySoOften = async (
  context: Context,
  incident: OpenIncident,
  everyMs: number,
  path: string | null,
): Promise<number> => {
  const stop = new AbortController();
  context.interruptible.stop = stop;
  const { clock } = context.world;
  const file = path === null ? null : fileKept(context, incident, everyMs, path);
  for (let next = Number.NEGATIVE_INFINITY; !stop.signal.aborted;) {
    const told = await incident.bulletin.look();
    const open = incident.view().state.phase === 'open';
    if (!open || clock.elapsed() >= next) {
      next = clock.elapsed() + everyMs;
      file?.write();
      tell(context, incident, everyMs, path);
    } else file?.again();
    for (const { text } of told) context.print.say(text);
    if (!open) break;
    await clock.sleep(Math.min(everyMs, limits.bulletinLookMs), stop.signal).catch(() => undefined);
  }
  context.interruptible.stop = null;
  return 0;
};

/**
 * A file that cannot be written at first was named wrongly, and that ends the command before anything is told. One that no longer can is
 * on a share that has gone or a disk that is full: it is said once, tried at each look, and said once that it works again.
 * @throws Problem `usage`
 */
const fileKept = (
  { print }: Context,
  { bulletin }: OpenIncident,
  everyMs: number,
  path: string,
): Readonly<{ write: () => void; again: () => void }> => {
  const first = bulletin.write(path, everyMs);
  if (first !== null) throw new Problem('usage', { why: first });
  let lost = false;
  const write = (): void => {
    const not = bulletin.write(path, everyMs);
    if (not !== null && !lost)
      print.say(
        `The line does not get into ${path}: ${not}. It is tried again every few seconds, and said again only once it works.`,
      );
    if (not === null && lost) print.say(`The line gets into ${path} again.`);
    lost = not !== null;
  };
  return {
    write,
    again: () => {
      if (lost) write();
    },
  };
};

const tell = (
  { print }: Context,
  { id, bulletin }: OpenIncident,
  everyMs: number,
  file: string | null,
): void => {
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
