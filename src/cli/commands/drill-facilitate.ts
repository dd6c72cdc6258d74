import type { Directing, Seat } from '../../app/contract.ts';
import { instant } from '../../base/instant.ts';
import { directionSchema } from '../../model/facilitation.ts';
import { backstageParts } from '../../projections/backstage.ts';
import type { Context } from '../context.ts';
import { showScreens } from '../screens.ts';
import { usage, type Run } from '../spec.ts';
import { bothTimes } from '../time.ts';

export const run: Run = async (context, input) => {
  const text = input.text('do');
  const direction = text === null ? null : directionOf(text);
  const app = await context.app('drill');
  const named = input.args[0] ?? null;
  if (direction === null && !input.flag('show') && context.drawable) {
    const seat = await app.facilitate(named, true);
    return await showScreens(context, app, { screen: 'facilitate', seat, page: await seat.page() });
  }
  const seat = await app.facilitate(named, false);
  try {
    const said = direction === null ? null : await seat.direct(direction);
    await show(context, seat, said, app.zone);
  } finally {
    seat.leave();
  }
  return 0;
};

/** What was done says so in a line; the whole page comes only where somebody asked to look. */
const show = async ({ print }: Context, seat: Seat, said: string | null, zone: string): Promise<void> => {
  const page = await seat.page();
  if (print.json) {
    print.object('drill-backstage', { said, ...page });
    return;
  }
  if (said !== null) {
    print.line(said);
    return;
  }
  print.line(`DRILL ${page.title} (${page.drill}): for the facilitator alone`);
  for (const { head, rows } of backstageParts(page, (at) => bothTimes(instant(at), zone))) {
    print.line(head);
    for (const one of rows)
      print.line(`${one.urgent ? '! ' : '  '}${one.text.trim().replaceAll(/\s+/g, ' ')}`);
  }
};

const SHAPES =
  'fire:ID, hold:ID, skip:ID, free:CHANNEL:ROLE:TEXT, assist:TEXT, compress:N, pause, go-on or end';

/** A direction in one word of a command line: `fire:press-call`, `free:chat:commander:Anybody there?`. */
export const directionOf = (text: string): Directing => {
  const [what = '', ...rest] = text.split(':');
  const given = rest.join(':');
  const [channel, to, ...words] = rest;
  const asked =
    what === 'free'
      ? { do: what, channel, to, text: words.join(':') }
      : what === 'assist'
        ? { do: what, text: given }
        : what === 'compress'
          ? { do: what, speed: Number(given) }
          : given === ''
            ? { do: what }
            : { do: what, inject: given };
  const found = directionSchema.safeParse(asked);
  if (!found.success) throw usage(`--do takes ${SHAPES}; not "${text}"`);
  return found.data;
};
