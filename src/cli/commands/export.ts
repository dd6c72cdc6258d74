import { isAbsolute, join } from 'node:path';
import type { App, ExportAsked } from '../../app/contract.ts';
import { trouble } from '../../app/trouble.ts';
import type { Instant } from '../../base/instant.ts';
import { Problem } from '../../base/problem.ts';
import { isTlp } from '../../model/tlp.ts';
import { isAudience } from '../../model/audience.ts';
import type { Context } from '../context.ts';
import { askLine } from '../ask.ts';
import { Interrupted } from '../interrupted.ts';
import { usage, type Input, type Run } from '../spec.ts';
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
  if (input.flag('force') && input.text('out') === null)
    throw usage('--force replaces the file that --out names');
  const asked = askedOf(context, input, now, zone);
  const privileged = await privilegedOf(context, input);
  const paths = await incident.export(format, outOf(context, input), { ...asked, ...privileged });
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

/** What is marked privileged leaves only for people who are named, after a word that nobody types by accident. */
const privilegedOf = async (context: Context, input: Input): Promise<Pick<ExportAsked, 'privileged'>> => {
  const wanted = input.flag('privileged') || input.text('audience') === 'counsel';
  const [recipients, confirm] = [input.text('recipients'), input.text('confirm')];
  if (!wanted) {
    if (recipients !== null) throw usage('--recipients goes with --audience counsel or --privileged');
    return {};
  }
  const what = 'exporting what is marked privileged';
  const flags = `--recipients 'NAME, NAME' --confirm=${PRIVILEGED}`;
  if (confirm !== null && confirm !== PRIVILEGED) throw usage(`--confirm must be exactly: ${PRIVILEGED}`);
  const names = recipients ?? (await askLine(context, 'Who gets it? Names, with commas:', { what, flags }));
  if (names.trim() === '') throw usage("name everybody who gets it: --recipients 'NAME, NAME'");
  const question = `Whoever else reads it may end the privilege. Type ${PRIVILEGED} to write it for ${names}:`;
  const typed = confirm ?? (await askLine(context, question, { what, flags }));
  if (typed !== PRIVILEGED) throw new Interrupted();
  return { privileged: { recipients: names, typed } };
};

/** The same word as the app asks for; a command that only lists formats need not load it. */
const PRIVILEGED = 'privileged';

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
    ...(input.flag('force') ? { force: true } : {}),
    ...(tlp !== null && isTlp(tlp) ? { tlp } : {}),
    ...(input.text('since') === null ? {} : { since: 'last' as const }),
    ...(audience !== null && isAudience(audience) ? { audience } : {}),
    without: (extension, why) => {
      const { failed, next } = trouble(why);
      context.print.say(`no .${extension} was written: ${failed}. ${next.join('. ')}`);
    },
  };
};
