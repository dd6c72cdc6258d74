import { isAbsolute, join } from 'node:path';
import { bothTimes } from '../../projections/facts.ts';
import type { WithheldCheck } from '../../app/contract.ts';
import type { Context } from '../context.ts';
import { usage, type Run } from '../spec.ts';

const BROKEN = 9;

const placed = (context: Context, path: string): string =>
  isAbsolute(path) ? path : join(context.world.environment.cwd, path);

export const checkRedaction: Run = async (context, input) => {
  const path = placed(context, input.arg(0));
  const against = input.text('against');
  if (against !== null) return await compareWith(context, path, placed(context, against));
  const incident = await context.incident();
  const found = await incident.checkWithheld(path);
  if (context.print.json) context.print.object('redaction', { incident: incident.id, ...found });
  else for (const line of foundLines(found, incident.view().zone)) context.print.line(line);
  return found.is === 'list' && found.different.length > 0 ? BROKEN : 0;
};

/** Without a journal: the two files alone. */
const compareWith = async (
  { print, world: { files } }: Context,
  list: string,
  openings: string,
): Promise<number> => {
  const { compareWithheld } = await import('../../app/withheld.ts');
  const { same, different } = compareWithheld(files, list, openings);
  if (print.json) print.object('redaction', { same, different });
  else {
    print.line(
      different.length === 0
        ? `SAME in ${same} of ${same} places`
        : `DIFFERENT in ${different.length} places`,
    );
    for (const place of different) print.line(`  ${place}`);
    print.say('Whether the list is the one that went with your copy, the copy says on its first page.');
  }
  return different.length === 0 ? 0 : BROKEN;
};

const foundLines = (found: WithheldCheck, zone: string): readonly string[] => {
  const { entry, at, by, format, audience } = found;
  const made = `exported as ${format}${audience === null ? '' : ` for: ${audience}`} by ${by}, ${bothTimes(at, zone)} (entry ${entry})`;
  if (found.is === 'copy')
    return [
      `THE COPY that was ${made}: not a byte differs`,
      found.listed === null
        ? '  nothing was withheld from it'
        : `  what was withheld from it is in the list with SHA-256 ${found.listed}`,
    ];
  const { removed, same, different } = found;
  return [
    `${different.length === 0 ? 'SAME' : 'DIFFERENT'}: ${same} of ${removed} withheld places are what this journal holds; the list was ${made}`,
    ...different.map((place) => `  ${place} is not what this journal holds`),
  ];
};

export const openRedaction: Run = async (context, input) => {
  const out = input.text('out');
  if (out === null) throw usage('--out is needed: the file that gets salts and texts in clear');
  const entries = input.many('entry').map(Number);
  if (entries.some((n) => !Number.isSafeInteger(n) || n < 0))
    throw usage('--entry takes the number of an entry');
  const incident = await context.writable();
  const path = placed(context, out);
  const { opened, closed } = await incident.openWithheld(placed(context, input.arg(0)), path, entries);
  const { print } = context;
  if (print.json) print.object('redaction', { incident: incident.id, path, opened, closed });
  else {
    print.line(path);
    print.say(`${opened} ${opened === 1 ? 'place is' : 'places are'} in clear in it.`);
    if (closed > 0) print.say(`${closed} marked privileged ${closed === 1 ? 'stays' : 'stay'} closed.`);
  }
  return 0;
};
