import { civilFromDays, daysFromCivil } from '../../base/instant.ts';
import { parseHours } from '../../model/consent.ts';
import { refuseReadOnly } from '../context.ts';
import { usage, type Run } from '../spec.ts';

/** A manager's word for one drill that nobody is told of. */
export const run: Run = async (context, input) => {
  refuseReadOnly(context.globals);
  const [by, until, hours] = [input.text('by'), input.text('until'), input.text('not-between')];
  if (by === null || by.trim() === '') throw usage('say who consents: --by NAME, a manager');
  if (until === null || !isDay(until)) throw usage('say until when: --until DATE, a day like 2026-12-31');
  const notBetween = hours === null ? null : parseHours(hours);
  if (hours !== null && notBetween === null)
    throw usage(`--not-between takes two times like 22:00-06:00, not "${hours}"`);
  const app = await context.app('drill');
  const scenario = input.arg(0);
  const consent = await app.consent({ scenario, by: by.trim(), until, notBetween });
  if (context.print.json) {
    context.print.object('drill-consent', consent);
    return 0;
  }
  const but = notBetween === null ? '' : `, but not between ${notBetween.from} and ${notBetween.to}`;
  context.print.line(
    `${consent.by} consents to one unannounced drill of ${scenario} until ${consent.until}${but} (${app.zone}).`,
  );
  context.print.line(`From cron: firebreak drill run ${scenario} --unannounced`);
  return 0;
};

const isDay = (text: string): boolean => {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (found === null) return false;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const back = civilFromDays(daysFromCivil(year, month, day));
  return back.year === year && back.month === month && back.day === day;
};
