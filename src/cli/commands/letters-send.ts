import type { OpenIncident } from '../../app/contract.ts';
import type { PostProgress, SendAsked, SendPlan, SendReport } from '../../app/send-contract.ts';
import { formatDuration } from '../../base/duration.ts';
import { grouped } from '../../base/grouped.ts';
import { Problem } from '../../base/problem.ts';
import { askLine } from '../ask.ts';
import type { Context } from '../context.ts';
import { usage, type Input, type Run } from '../spec.ts';

const PARTIAL = 6;
const NOT_APPROVED = 4;
const BARRED = 3;
/** How often a person is told how far it is. */
const TOLD_MS = 1000;

/** Merged letters to the mail server. Prints how far it is to the error stream, the result to the other. */
export const send: Run = async (context, input) => {
  const { print } = context;
  const asked = askedFor(input);
  if (input.flag('dry-run')) {
    const incident = await context.incident(null);
    const plan = await incident.mail.plan(asked);
    if (print.json) print.object('mailing-plan', { incident: incident.id, ...plan });
    else tellPlan(context, plan);
    return plan.bars.length === 0 ? 0 : BARRED;
  }
  const incident = await context.writable();
  if (input.flag('ask')) return await ask(context, incident, asked);
  const plan = await incident.mail.plan(asked);
  if (plan.bars.length > 0 && !print.json) tellPlan(context, plan);
  if (asked.way.by === 'hand') return await hand(context, incident, asked);
  if (plan.bars.length === 0 && plan.leaves > 0) await confirmed(context, plan, input.flag('yes'));
  const stop = new AbortController();
  context.interruptible.stop = stop;
  const report = await incident.mail.send(asked, telling(context), stop.signal);
  context.interruptible.stop = null;
  if (print.json) print.object('mailing-sent', { incident: incident.id, ...report });
  else tell(context, report);
  const { open, later, unsure, refused } = report.stand;
  return open + later + unsure + refused === 0 ? 0 : PARTIAL;
};

const askedFor = (input: Input): SendAsked => {
  const whom = input.text('handed');
  if (whom !== null && (input.flag('seed') || input.text('via') !== null))
    throw usage('--handed says that somebody else sends the file: without --seed and --via');
  if (input.flag('seed') && input.flag('ask'))
    throw usage('a seed goes to colleagues: nobody needs to agree');
  const to = input.flag('seed') ? 'seed' : 'list';
  return {
    file: input.arg(0),
    way: whom === null ? { by: 'server', name: input.text('via'), to } : { by: 'hand', whom },
  };
};

const ask = async (context: Context, incident: OpenIncident, asked: SendAsked): Promise<number> => {
  const { print } = context;
  const { approval, ...plan } = await incident.mail.ask(asked);
  if (print.json)
    print.object('mailing-asked', { incident: incident.id, mailing: plan.mailing, ...approval });
  else {
    print.line(
      `ASKED in entry #${approval.asked ?? 0}: ${grouped(plan.letters)} letters ${plan.letter}. Approved by ${approval.given.length} of ${approval.need} others.`,
    );
    print.say(`Nothing was sent. What they sign: firebreak approve ${approval.asked ?? 0} --print`);
  }
  return approval.given.length >= approval.need ? 0 : NOT_APPROVED;
};

const hand = async (context: Context, incident: OpenIncident, asked: SendAsked): Promise<number> => {
  const plan = await incident.mail.hand(asked);
  const { print } = context;
  if (print.json)
    print.object('mailing-handed', { incident: incident.id, mailing: plan.mailing, letters: plan.letters });
  else
    print.line(
      `RECORDED: ${grouped(plan.letters)} letters ${plan.letter} were given to somebody who sends them`,
    );
  print.say('Nothing was sent from here. Keep their report of delivery: firebreak evidence add FILE');
  return 0;
};

/** How many people get post, typed: nothing of it can be called back. */
const confirmed = async (context: Context, plan: SendPlan, yes: boolean): Promise<void> => {
  if (!context.print.json) tellPlan(context, plan);
  if (yes || plan.to === 'seed') return;
  const question = `This sends ${grouped(plan.leaves)} letters that cannot be called back. Type ${plan.leaves} to go on:`;
  const typed = await askLine(context, question, { what: 'sending letters', flags: '--yes' });
  if (typed.replaceAll(/\D/g, '') !== String(plan.leaves))
    throw new Problem('usage', { why: 'that is not the number; nothing was sent' });
};

const tellPlan = ({ print }: Context, plan: SendPlan): void => {
  const { letters, letter, languages, mailing, server, stand, elsewhere, leaves } = plan;
  print.line(
    `${plan.drill ? 'DRILL  ' : ''}${letter} (${languages.join(', ')}): ${grouped(letters)} letters, ${plan.to === 'seed' ? 'to colleagues' : 'to people'}; mailing ${mailing.slice(0, 12)}`,
  );
  if (server !== null) {
    const { name, address, from, atOnce, perMinute } = server;
    print.line(`  through ${name} (${address}), from ${from}`);
    const rate = perMinute === null ? 'as fast as it takes them' : `${grouped(perMinute)} a minute`;
    const ms = perMinute === null ? 0 : Math.round((leaves / perMinute) * 60_000);
    const time = ms < 60_000 ? '' : `, about ${formatDuration(ms)} in all`;
    print.line(`  ${atOnce} at a time, ${rate}${time}`);
  }
  print.line(`  ${grouped(leaves)} leave now${standWords(stand)}`);
  if (elsewhere > 0)
    print.line(
      `  ${grouped(elsewhere)} people had this letter from another file, or may have had it: they get no second one`,
    );
  for (const { why, next } of plan.bars) {
    print.line(`  STOPS IT: ${why}`);
    print.line(`            ${next}`);
  }
};

const standWords = ({ taken, refused, later, unsure }: SendPlan['stand']): string =>
  [
    [taken, 'taken before'],
    [refused, 'refused for good'],
    [later, 'not taken before, tried again'],
    [unsure, 'UNSURE, left alone'],
  ]
    .filter(([count]) => Number(count) > 0)
    .map(([count, word]) => `; ${grouped(Number(count))} ${word}`)
    .join('');

const telling = ({ print }: Context): ((progress: PostProgress) => void) => {
  let told = 0;
  return ({ done, total, refused, later, unsure, msSpent }) => {
    if (msSpent - told < TOLD_MS && done < total) return;
    told = msSpent;
    const left = done === 0 ? null : Math.round(((total - done) * msSpent) / done);
    const odd = [
      [refused, 'refused'],
      [later, 'not taken'],
      [unsure, 'unsure'],
    ].filter(([count]) => Number(count) > 0);
    print.say(
      `${grouped(done)} of ${grouped(total)}${odd.map(([count, word]) => `, ${grouped(Number(count))} ${word}`).join('')}, ${grouped(Math.round((done * 60_000) / Math.max(1, msSpent)))} a minute${left === null ? '' : `, ${formatDuration(left)} left`}`,
    );
  };
};

const tell = ({ print }: Context, { stand, plan, why, ended, taken }: SendReport): void => {
  const { mailing, letter } = plan;
  print.line(
    `${ended === 'whole' ? 'SENT' : 'STOPPED'} ${grouped(taken)} letters ${letter} were taken by the mail server in this run, ${grouped(stand.taken)} in all`,
  );
  if (why !== null) print.line(`  ended because: ${why}`);
  if (stand.refused > 0)
    print.line(
      `  ${grouped(stand.refused)} refused for good: these people need another way, or another try once the cause is gone (firebreak letters sent ${mailing.slice(0, 12)})`,
    );
  if (stand.later > 0)
    print.line(`  ${grouped(stand.later)} not taken: the same command tries them again, in some minutes`);
  if (stand.open > 0) print.line(`  ${grouped(stand.open)} not begun: the same command goes on with them`);
  if (stand.unsure > 0)
    print.line(
      `  ${grouped(stand.unsure)} UNSURE: they may have been taken. They are not sent again: firebreak letters sent ${mailing.slice(0, 12)}`,
    );
  print.say('Taken is not delivered: what comes back is recorded with firebreak letters bounces FILE');
};
