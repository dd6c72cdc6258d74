import type { DutyReason } from '../../app/contract.ts';
import type { Run } from '../spec.ts';

const IS = { owed: 'OWED', could: 'could apply', not: 'not' } as const;

const ORDER = ['owed', 'could', 'not'] as const;

/** Every duty this installation knows, with why it is on the board or is not, and what nobody has said yet. */
export const everyDuty: Run = async (context, input) => {
  const incident = await context.incident(input.args[0] ?? null);
  const { duties: all, pending } = incident.duties();
  const duties = all.toSorted((a, b) => ORDER.indexOf(a.is) - ORDER.indexOf(b.is));
  if (context.print.json) {
    context.print.object('duties', { incident: incident.id, duties: duties.map(reasonJson), pending });
    return 0;
  }
  context.print.table(
    ['DUTY', 'IS', 'WHAT', 'WHY', 'NOT YET SAID'],
    duties.map((one) => [one.duty, IS[one.is], one.title, one.why, one.missing.join(', ') || '-']),
  );
  context.print.table(
    ['NO LAW YET', 'STATUS', 'AS OF'],
    pending.map(({ title, status, asOf }) => [title, status, asOf]),
  );
  context.print.say(
    'By what the company wrote down and the facts recorded; not legal advice. firebreak fact records what is not yet said.',
  );
  return 0;
};

const reasonJson = ({ duty, regime, title, is, by, why, missing, source, confidence }: DutyReason) => ({
  duty,
  regime,
  title,
  is,
  ruled_out_by: by,
  why,
  missing,
  source,
  confidence,
});
