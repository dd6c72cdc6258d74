import type { ProbeReport } from '../../app/contract.ts';
import { askLine } from '../ask.ts';
import { refuseReadOnly } from '../context.ts';
import type { Context } from '../context.ts';
import { Interrupted } from '../interrupted.ts';
import type { Run } from '../spec.ts';

const BAD = 3;
const UNPROVED = 6;

export const probe: Run = async (context, input) => {
  refuseReadOnly(context.globals);
  const door = await (await context.app('definitions')).audits();
  const plan = await door.planProbe(input.arg(0));
  const given = input.text('confirm');
  if (given === null) {
    context.print.say(
      `${plan.url} is the receiver ${plan.receiver}, which must check the signature of ${plan.signs}.`,
    );
    context.print.say(
      'It gets about ten requests that it must refuse, then forty within seconds. Nothing else is reached.',
    );
  }
  const typed =
    given ??
    (await askLine(context, `Type ${plan.host} to go ahead:`, {
      what: `probing ${plan.host}`,
      flags: `--confirm=${plan.host}`,
    }));
  if (given === null && typed !== plan.host) throw new Interrupted();
  const report = await door.probe(plan, typed);
  if (context.print.json) context.print.object('audit-probe', { ...report });
  else show(context, report);
  return codeOf(report);
};

/** Where what is right is refused too, or no answer comes, refusals prove nothing. */
const codeOf = ({ verdicts, rate, skipped }: ProbeReport): number => {
  if (verdicts.some(({ is }) => is === 'bad') || rate?.limitedAt === null) return BAD;
  const open = verdicts.some(({ is, id }) => is === 'unclear' && id !== 'replay');
  return open || skipped.length > 0 ? UNPROVED : 0;
};

const show = ({ print }: Context, { verdicts, rate, skipped, host }: ProbeReport): void => {
  const words = { good: 'OK', bad: 'BAD', unclear: '?' } as const;
  print.table(
    ['STANDS', 'SENT', 'ANSWER', 'WHAT IT MEANS'],
    verdicts.map(({ is, title, status, says }) => [
      words[is],
      title,
      status === null ? '-' : String(status),
      says,
    ]),
  );
  if (rate !== null)
    print.line(
      rate.limitedAt === null
        ? `BAD  ${rate.sent} requests within seconds, and ${host} answered each: it does not limit rate`
        : `OK   it limits rate: request ${rate.limitedAt} was the first too many`,
    );
  for (const one of skipped) print.say(`NOT TRIED  ${one}`);
};
