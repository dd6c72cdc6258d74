import type { WhoRow } from '../../app/contract.ts';
import type { Instant } from '../../base/instant.ts';
import { authorityWords, callWords, contactWords, dutyWords } from '../../projections/who-words.ts';
import type { Context } from '../context.ts';
import { record } from '../recorded.ts';
import { usage, type Input, type Run } from '../spec.ts';
import { utcOrNull } from '../words.ts';

const OUTCOMES = { yes: 'reached', no: 'no-answer', message: 'left-message' } as const;

/** Whom to ring for each duty that is due, or how a call went. */
export const who: Run = async (context, input) => {
  const rung = input.text('log');
  if (rung !== null) return await logged(context, input, rung);
  if (input.text('reached') !== null || input.text('note') !== null)
    throw usage('name who was rung: --log with an id that `firebreak who` shows in brackets');
  const incident = await context.incident(input.args[0] ?? null);
  const { who: rows, zone } = incident.view();
  const { print } = context;
  if (print.json) {
    print.object('who', { incident: incident.id, rows: rows.map(rowJson) });
    return 0;
  }
  for (const [i, row] of rows.entries()) {
    if (i > 0) print.line('');
    for (const text of linesOf(row, zone)) print.line(text);
  }
  print.say('After a call: firebreak who --log ID --reached yes, no or message. Not legal advice.');
  return 0;
};

const logged = async (context: Context, input: Input, contact: string): Promise<number> => {
  const how = input.text('reached');
  if (how !== 'yes' && how !== 'no' && how !== 'message')
    throw usage('say how it went: --reached yes, no or message');
  const incident = await context.writable(input.args[0] ?? null);
  const note = input.text('note');
  const outcome = OUTCOMES[how];
  const command = { do: 'call', contact, outcome, ...(note === null ? {} : { note }) } as const;
  return await record(context, incident, command, `CALLED ${contact}: ${outcome}`);
};

function linesOf(row: WhoRow, zone: string): readonly string[] {
  const last = (
    one: Readonly<{ attempts: number; last: Readonly<{ at: Instant; outcome: string }> | null }>,
  ) => (one.last === null ? [] : [`      ${callWords(one, zone)}`]);
  return [
    row.title,
    ...row.duties.map((duty) => `  ${dutyWords(duty)}`),
    ...row.contacts.flatMap((one) => [
      `  RING ${one.contact.phone}  ${one.contact.name} [${one.contact.id}]`,
      `      ${contactWords(one)}`,
      ...last(one),
    ]),
    ...(row.missing === null ? [] : [`  MISSING ${row.missing}`]),
    ...row.authorities.flatMap((one) => [
      `  ${one.authority.phone === null ? 'NO NUMBER KNOWN' : `RING ${one.authority.phone}`}  ${one.authority.name} [${one.authority.id}]`,
      `      ${one.authority.portal}`,
      `      ${authorityWords(one.authority)}`,
      ...last(one),
    ]),
    ...(row.why === null ? [] : [`  WHY ${row.why}`]),
  ];
}

const rowJson = ({ id, title, duties, contacts, authorities, why, missing }: WhoRow) => ({
  id,
  title,
  duties: duties.map(({ duty, title: name, to, standing, provisional, dueLocal, leftMs, wording }) => ({
    duty,
    title: name,
    to,
    standing,
    provisional,
    due: dueLocal,
    left_ms: leftMs,
    wording,
  })),
  contacts: contacts.map(({ contact, ageDays, stale, attempts, last }) => ({
    id: contact.id,
    phone: contact.phone,
    name: contact.name,
    duty: contact.duty,
    email: contact.email ?? null,
    hours: contact.hours ?? null,
    checked: contact.checked,
    age_days: ageDays,
    stale,
    attempts,
    last_call: callJson(last),
  })),
  authorities: authorities.map(({ authority, attempts, last }) => ({
    ...authority,
    attempts,
    last_call: callJson(last),
  })),
  why,
  missing,
});

const callJson = (last: WhoRow['contacts'][number]['last']) =>
  last === null ? null : { entry: last.n, at: utcOrNull(last.at), outcome: last.outcome };
