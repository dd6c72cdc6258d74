import { Problem } from '../../base/problem.ts';
import type { JumpFields } from '../../base/beat.ts';
import { jumpNotice } from '../../projections/jumps.ts';
import { awaitingWords } from '../../projections/told-words.ts';
import { standingWord, type ClockView } from '../../projections/countdowns.ts';
import type { Run } from '../spec.ts';
import { bothTimes } from '../time.ts';
import { clockLeft, toldLines, utcOrNull } from '../words.ts';

export const clocks: Run = async (context, input) => {
  if (input.flag('all')) return await (await import('./clocks-all.ts')).everyDuty(context, input);
  if (input.flag('ics')) return await (await import('./clocks-ics.ts')).calendar(context, input);
  const incident = await context.incident(input.args[0] ?? null);
  const { clocks: all, jumps, zone, contacts } = incident.view();
  if (context.print.json) {
    context.print.object('clocks', {
      incident: incident.id,
      zone,
      clocks: all.map(clockJson),
      clock_jumps: jumps.map(jumpJson),
    });
  } else {
    context.print.table(
      ['DUTY', 'STANDS', 'LEFT', 'DUE', 'TO', 'WHOM TO RING', 'BECAUSE'],
      all.map((clock) => {
        const contact = contacts.find((one) => one.for?.includes(clock.contact ?? '') === true);
        const owner = clock.context ? ` (${clock.owedByName ?? 'another party'} owes it)` : '';
        return [
          clock.about === null ? clock.duty : `${clock.duty} ${clock.about}`,
          clock.awaiting === null
            ? standingWord[clock.standing]
            : `${standingWord[clock.standing]}, NOT ACKNOWLEDGED`,
          clockLeft(clock) || '-',
          clock.due === null ? '-' : bothTimes(clock.due, zone),
          `${clock.to}${owner}`,
          contact === undefined ? '-' : `${contact.name} ${contact.phone}`,
          clock.startedBecause,
        ];
      }),
    );
    const set = jumpNotice(jumps, zone);
    if (set !== null) context.print.say(set);
    for (const line of toldLines(all, contacts)) context.print.say(line);
    context.print.say(
      'Counted from recorded facts; not legal advice. firebreak fact records or rules out a start.',
    );
  }
  const unanswered = all.flatMap((clock) => awaitingWords(clock) ?? []);
  // Whoever reads a table has read it there.
  if (input.flag('check') && context.print.json)
    for (const text of unanswered) context.print.say(`! ${text}`);
  const late = all.filter(
    (clock) => !clock.context && (clock.standing === 'overdue' || clock.awaiting?.overdue === true),
  );
  if (input.flag('check') && late.length > 0)
    throw new Problem('overdue', { what: late.map(({ duty }) => duty).join(', ') });
  return 0;
};

const jumpJson = ({ before, after, difference_ms, restarted }: JumpFields) => ({
  before: utcOrNull(before),
  after: utcOrNull(after),
  difference_ms,
  restarted,
});

const awaitingJson = ({ awaiting }: ClockView) =>
  awaiting === null
    ? null
    : {
        since: utcOrNull(awaiting.since),
        age_ms: awaiting.ageMs,
        due: utcOrNull(awaiting.due),
        overdue: awaiting.overdue,
      };

function clockJson(clock: ClockView) {
  const {
    duty,
    regime,
    title,
    to,
    context,
    standing,
    provisional,
    wording,
    proved,
    late,
    phase,
    source,
    version,
    confidence,
    region,
  } = clock;
  return {
    duty,
    about: clock.about,
    regime,
    title,
    to,
    owed_by: clock.owedBy,
    owed_by_name: clock.owedByName,
    context,
    standing,
    provisional,
    started_at: utcOrNull(clock.startedAt),
    started_by: clock.startedBy,
    because: clock.startedBecause,
    due: utcOrNull(clock.due),
    due_local: clock.dueLocal,
    left_ms: clock.leftMs,
    wording,
    submitted_at: utcOrNull(clock.submittedAt),
    proved,
    late,
    acknowledged_at: utcOrNull(clock.acknowledgedAt),
    phase,
    awaiting: awaitingJson(clock),
    changed_since_told: clock.changed,
    source,
    version,
    confidence,
    region,
    note: clock.note,
    readings: clock.readings,
    letter: clock.letter,
    contact: clock.contact,
  };
}
