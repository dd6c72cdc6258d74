import type { DeclareInput } from '../../app/contract.ts';
import { severities, type Severity } from '../../model/names.ts';
import { packWords } from '../../projections/pack.ts';
import { nextClock } from '../../projections/countdowns.ts';
import { askLine } from '../ask.ts';
import { refuseReadOnly } from '../context.ts';
import { tellMasked } from '../masked.ts';
import { offerRecovery } from '../recovery.ts';
import type { Run } from '../spec.ts';
import { pastTime } from '../time.ts';
import { clockLine } from '../words.ts';

export const declare: Run = async (context, input) => {
  refuseReadOnly(context.globals);
  const app = await context.app('definitions');
  const time = (name: string) => {
    const text = input.text(name);
    return text === null ? undefined : pastTime(text, app.now(), app.zone);
  };
  const wanted = { what: 'declaring', flags: '--title TEXT' };
  const typed = input.text('title') ?? (await askLine(context, 'What is known, in one line?', wanted));
  const title = tellMasked(context.print, typed);
  const [earliestAt, aware] = [time('at'), time('aware')];
  const severity = severities.find((one): one is Severity => one === input.text('severity'));
  const into = input.text('into');
  const declared: DeclareInput = {
    runbook: input.arg(0),
    title,
    ...(earliestAt === undefined ? {} : { earliestAt }),
    ...(aware === undefined ? {} : { aware }),
    ...(severity === undefined ? {} : { severity }),
    ...(into === null ? {} : { into }),
  };
  const incident = await app.declare(declared);
  const view = incident.view();
  const { current } = view.progress;
  if (context.print.json) {
    await offerRecovery(context, app);
    context.print.object('declared', {
      incident: incident.id,
      codename: view.state.codename,
      next: current?.step.id ?? null,
    });
    return 0;
  }
  context.print.line(`${incident.id} ${view.state.codename}`);
  const pack = packWords(view.state.plan);
  if (pack !== null) context.print.say(pack);
  const clock = nextClock(view.clocks);
  if (clock !== null) context.print.say(`Clock: ${clockLine(clock, view.zone)}`);
  if (current !== null)
    context.print.say(`Next: ${current.step.id}: ${current.step.title}   (firebreak next)`);
  await offerRecovery(context, app);
  return 0;
};
