import type { SubjectSince, Told, ToldView } from '../../projections/told.ts';
import { changedWords } from '../../projections/told-words.ts';
import type { Context } from '../context.ts';
import type { Run } from '../spec.ts';
import { bothTimes } from '../time.ts';
import { utcOrNull } from '../words.ts';
import { dutyOf } from './duty.ts';

/** What was told when, as the law lets it follow in phases, and what the next phase has to say. */
export const changes: Run = async (context, input) => {
  const incident = await context.incident();
  const view = incident.view();
  const told = incident.told(dutyOf(view, input));
  if (context.print.json) {
    context.print.object('duty-changes', { incident: incident.id, ...toldJson(told) });
    return 0;
  }
  const { print } = context;
  print.line(`${told.duty} ${told.title}, to ${told.to}`);
  if (told.told.length === 0) {
    print.line('Nothing was submitted for it yet.');
    print.say(`When it was sent: firebreak duty submit ${told.duty}`);
    return 0;
  }
  for (const one of told.told) tellOne(context, one, view.zone);
  const clock = view.clocks.find(({ duty }) => duty === told.duty);
  print.line('');
  print.line(
    (clock === undefined ? null : changedWords({ ...clock, changed: told.changed }, view.contacts)) ??
      'Nothing of it has changed since it was told.',
  );
  print.table(
    ['SINCE', 'ELEMENT', 'WAS TOLD', 'IS NOW', 'ENTRY'],
    told.since
      .filter(({ change }) => change !== 'same')
      .map((one) => [
        SINCE[one.change],
        elementWords(one),
        one.was ?? '-',
        one.is ?? '-',
        one.entry === null ? '-' : String(one.entry),
      ]),
  );
  const letter = clock?.letter ?? null;
  if (told.changed > 0 && letter !== null)
    print.say(`The next letter says that it follows: firebreak letters check ${letter}`);
  return 0;
};

const SINCE: Readonly<Record<SubjectSince['change'], string>> = {
  new: 'NEW',
  corrected: 'CORRECTED',
  'ruled-out': 'RULED OUT',
  unknown: 'still unknown',
  same: 'as told',
};

const elementWords = ({ article, title }: Readonly<{ article: string; title: string }>): string =>
  `${title} (${article})`;

function tellOne({ print }: Context, one: Told, zone: string): void {
  print.line('');
  print.line(`${one.phase}. told ${bothTimes(one.at, zone)}, entry ${one.entry}, by ${one.channel ?? '-'}`);
  for (const { kind, reference, evidence, entry } of one.proofs)
    print.line(
      `   proof: ${kind} ${reference ?? '-'}${evidence === null ? '' : `, evidence ${evidence}`} (entry ${entry})`,
    );
  if (one.proofs.length === 0) print.line('   proof: none recorded, NOT PROVED');
  print.line(
    one.acknowledged === null
      ? '   acknowledged: not recorded'
      : `   acknowledged: ${bothTimes(one.acknowledged.at, zone)} ${one.acknowledged.reference ?? ''} (entry ${one.acknowledged.entry})`,
  );
  print.line(
    one.letter === null
      ? '   letter: none was released for it before that'
      : `   letter: ${one.letter.letter} (${one.letter.language}), released in entry ${one.letter.entry}`,
  );
  print.table(
    ['   ELEMENT', 'AS IT WAS KNOWN THEN', 'ENTRY'],
    one.facts.map((fact) => [
      `   ${elementWords(fact)}`,
      fact.text ?? 'not known',
      fact.entry === null ? '-' : String(fact.entry),
    ]),
  );
}

const toldJson = ({ duty, title, to, told, since, changed }: ToldView) => ({
  duty,
  title,
  to,
  told: told.map(({ at, acknowledged, ...one }) => ({
    ...one,
    at: utcOrNull(at),
    acknowledged: acknowledged === null ? null : { ...acknowledged, at: utcOrNull(acknowledged.at) },
  })),
  changed,
  since,
});
