import { joinCommand } from '../../app/drill-words.ts';
import type { Context } from '../context.ts';

type Options = Readonly<{ seed?: number; speed?: number }>;

const NOBODY_CAME = 12;

/** Begun by a clock: pages, says where to join, and waits for whoever comes. */
export async function unannounced(context: Context, runbook: string, options: Options): Promise<number> {
  const { print } = context;
  const app = await context.app('drill');
  const { drill, consent, notPaged } = await app.unannounced(runbook, options);
  const join = joinCommand(runbook);
  if (print.json) print.object('drill-waiting', { drill: drill.id, runbook, join, notPaged });
  else {
    print.line(
      `DRILL ${runbook} (${drill.id}), unannounced, by the consent of ${consent.by}: nothing live can be reached`,
    );
    if (notPaged === null) print.line('The page went out on this machine.');
    else print.say(`The page did not go out: ${notPaged}. Tell whoever is on call.`);
    print.line(`Join: ${join}`);
  }
  const stop = new AbortController();
  context.interruptible.stop = stop;
  const came = await drill.waitForPlayers(stop.signal);
  const say = (line: string): void => (print.json ? print.say(line) : print.line(line));
  switch (came) {
    case 'taken':
      say('The players have taken it over; it goes on at their terminal.');
      return 0;
    case 'stopped':
      say(`Nobody waits for players any more. It is kept: ${join}`);
      return 130;
    case 'over':
      say(`It is over: ${drill.over() ?? 'it was closed'}`);
      return 0;
    case 'nobody':
      say('Nobody came while the scenario lasted. That is the finding; it is scored as it stands.');
      return NOBODY_CAME;
  }
}
