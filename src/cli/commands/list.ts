import type { App, IncidentSummary } from '../../app/contract.ts';
import { formatUtc } from '../../base/instant.ts';
import { awaitingWords } from '../../projections/told-words.ts';
import type { Context } from '../context.ts';
import type { Run } from '../spec.ts';
import { bothTimes } from '../time.ts';
import { clockStands, utcOrNull } from '../words.ts';

export const list: Run = async (context) => {
  const app = await context.app();
  await app.unlock();
  const incidents = app
    .incidents()
    .toSorted(
      (a, b) => Number(a.phase === 'closed') - Number(b.phase === 'closed') || b.openedAt - a.openedAt,
    );
  const unreadable = unreadableJson(app);
  if (context.print.json)
    context.print.object('incidents', { incidents: incidents.map(summaryJson), unreadable });
  else if (incidents.length === 0 && unreadable.length === 0)
    context.print.say('No incident yet. firebreak declare <runbook> --title TEXT opens one.');
  else tellIncidents(context, incidents, app.zone);
  tellUnreadable(context, unreadable);
  return 0;
};

type Unreadable = Readonly<{ id: string; drill: boolean; why: string }>;

/** Journals that do not open: whoever asks what is open must not be told that there is nothing. */
export const unreadableJson = (app: Pick<App, 'unreadable'>): readonly Unreadable[] =>
  app.unreadable().map(({ id, drill, error }) => ({ id, drill, why: error.message }));

export function tellUnreadable(context: Context, unreadable: readonly Unreadable[]): void {
  for (const { id, why } of unreadable)
    context.print.say(`${id} does not open: ${why}. firebreak verify ${id} looks closer.`);
}

export function tellIncidents(context: Context, incidents: readonly IncidentSummary[], zone: string): void {
  context.print.table(
    ['INCIDENT', 'CODENAME', 'STATE', 'SEVERITY', 'STEPS', 'UNSURE', 'NEXT CLOCK', 'OPENED', 'TITLE'],
    incidents.map((one) => [
      one.id,
      one.codename,
      one.drill ? `DRILL ${one.phase}` : one.phase,
      one.severity,
      `${one.done}/${one.total}`,
      String(one.unsure),
      one.nextClock === null ? '-' : `${one.nextClock.duty} ${clockStands(one.nextClock)}`,
      bothTimes(one.openedAt, zone),
      one.title,
    ]),
  );
  for (const { codename, drill, phase, awaiting } of incidents) {
    // No authority will ever answer a drill: once it has ended nobody is reminded of one.
    const who = `${drill && !codename.startsWith('DRILL') ? 'DRILL ' : ''}${codename}`;
    for (const one of drill && phase === 'closed' ? [] : awaiting)
      context.print.say(`! ${who}: ${awaitingWords({ duty: one.duty, awaiting: one }) ?? ''}`);
  }
}

export function summaryJson({
  id,
  codename,
  title,
  runbook,
  drill,
  phase,
  severity,
  openedAt,
  done,
  total,
  unsure,
  nextClock,
  awaiting,
}: IncidentSummary) {
  const clock =
    nextClock === null
      ? null
      : { duty: nextClock.duty, standing: nextClock.standing, due: utcOrNull(nextClock.due) };
  return {
    id,
    codename,
    title,
    runbook,
    drill,
    phase,
    severity,
    opened_at: formatUtc(openedAt),
    done,
    total,
    unsure,
    next_clock: clock,
    unacknowledged: awaiting.map(({ duty, since, overdue }) => ({
      duty,
      since: utcOrNull(since),
      overdue,
    })),
  };
}
