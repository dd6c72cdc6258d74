import { isAbsolute, join } from 'node:path';
import type { App, ExportAsked } from '../../app/contract.ts';
import { trouble } from '../../app/trouble.ts';
import type { Instant } from '../../base/instant.ts';
import { Problem } from '../../base/problem.ts';
import { isTlp } from '../../model/tlp.ts';
import { isAudience } from '../../model/audience.ts';
import type { Context } from '../context.ts';
import type { Input, Run } from '../spec.ts';
import { typedTime } from '../time.ts';

export const exportTo: Run = async (context, input) => {
  const app = await context.app();
  const format = input.text('format');
  if (format === null) return listFormats(context, app);
  const formats = app.formats();
  if (!formats.some(({ id }) => id === format)) {
    throw new Problem('not-found', {
      what: 'export format',
      id: format,
      near: formats.map(({ id }) => id).join(', '),
    });
  }
  const incident = await context.writable(input.args[0] ?? null);
  const { now, zone } = incident.view();
  const asked = askedOf(context, input, now, zone);
  const paths = await incident.export(format, outOf(context, input), asked);
  if (context.print.json) context.print.object('export', { incident: incident.id, format, paths });
  else for (const path of paths) context.print.line(path);
  return 0;
};

const listFormats = ({ print }: Context, app: App): number => {
  const formats = app.formats();
  if (print.json) print.object('formats', { formats });
  else
    print.table(
      ['FORMAT', 'FILES', 'WHAT'],
      formats.map(({ id, title, extensions }) => [id, extensions.map((one) => `.${one}`).join(' '), title]),
    );
  return 0;
};

/** As it was typed, a slash at its end included: that is how a folder is named that is not there yet. */
const outOf = (context: Context, input: Input): string | null => {
  const out = input.text('out');
  const { cwd } = context.world.environment;
  return out === null || isAbsolute(out) ? out : join(cwd, out);
};

const askedOf = (context: Context, input: Input, now: Instant, zone: string): ExportAsked => {
  const time = (name: string): Instant | null => {
    const text = input.text(name);
    return text === null ? null : typedTime(text, now, zone);
  };
  const [tlp, audience] = [input.text('tlp'), input.text('audience')];
  return {
    choice: {
      from: time('from'),
      to: time('to'),
      starred: input.flag('star'),
      words: input.text('filter') ?? '',
      since: null,
    },
    ...(tlp !== null && isTlp(tlp) ? { tlp } : {}),
    ...(input.text('since') === null ? {} : { since: 'last' as const }),
    ...(audience !== null && isAudience(audience) ? { audience } : {}),
    without: (extension, why) => {
      const { failed, next } = trouble(why);
      context.print.say(`no .${extension} was written: ${failed}. ${next.join('. ')}`);
    },
  };
};
