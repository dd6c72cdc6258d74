import type { Assessment, Point } from '../../app/compute.ts';
import { Problem } from '../../base/problem.ts';
import { isRecord, readJsonFile } from '../json-file.ts';
import type { Printer } from '../print.ts';
import { usage, type Run } from '../spec.ts';

/** Advice from factors alone: a pure calculator, with no incident and no journal. Prints a bare array under `--json`. */
export const assess: Run = async (context, input) => {
  if (input.flag('tables')) return await tables(context.print);
  const file = input.text('input');
  if (file === null) throw usage('give the file of cases: --input FILE; --tables shows what is scored');
  const cases = casesOf(await readJsonFile(context, file), file);
  const { assess: advise } = await import('../../app/compute.ts');
  const results = cases.map(({ id, factors, warnings }) => {
    const advice = advise(factors);
    return { id, advice, warnings: [...warnings, ...advice.warnings] };
  });
  if (context.print.json) context.print.bare(results.map(({ id, advice }) => adviceJson(id, advice)));
  else {
    for (const { id, advice } of results) tell(context.print, id, advice);
    context.print.line(
      'It advises, a named person decides: firebreak decide. Not legal advice; ring counsel.',
    );
  }
  for (const { id, warnings } of results)
    for (const warning of warnings) context.print.say(`WARNING ${id}: ${warning}`);
  return 0;
};

type Case = Readonly<{
  id: string;
  factors: Readonly<Record<string, unknown>>;
  warnings: readonly string[];
}>;

/** An array of cases, an object with `cases`, or one case. What a case lacks is unknown: it is never refused. */
function casesOf(found: unknown, file: string): readonly Case[] {
  const list = Array.isArray(found) ? found : isRecord(found) ? (found['cases'] ?? [found]) : null;
  if (!Array.isArray(list)) throw new Problem('invalid-file', { file, why: 'it holds no array of cases' });
  return list.map((one: unknown, at) => {
    const fields = isRecord(one) ? one : {};
    const { id, factors } = fields;
    const named = typeof id === 'string' || typeof id === 'number';
    return {
      id: named ? String(id) : `case ${at + 1}`,
      factors: isRecord(factors) ? factors : {},
      warnings: [
        ...(named ? [] : ['it has no id; it is named by its place']),
        ...(isRecord(factors) ? [] : ['it has no factors; all of them count as not known']),
      ],
    };
  });
}

const points = (hundredths: number): number => hundredths / 100;

function adviceJson(id: string, { document, authority, people, severity, unknown }: Assessment) {
  const of = (factor: string): number =>
    points(severity.reasons.find((reason) => reason.factor === factor)?.points ?? 0);
  const { found } = severity;
  return {
    id,
    document: document.yes,
    notify_sa: authority.yes,
    notify_subjects: people.yes,
    severity: {
      se: points(severity.points),
      level: severity.band.replace('-', '_'),
      meaning: severity.meaning,
      dpc: of('dpc'),
      ei: of('ei'),
      cb: {
        confidentiality: of('confidentiality'),
        integrity: of('integrity'),
        availability: of('availability'),
        malicious_intent: of('intent'),
      },
      flags: severity.flags.map((flag) => flag.replace('-', '_')),
      inputs: found,
    },
    reasons: [
      ...reasonLines('document', document),
      ...reasonLines('notify_sa', authority),
      ...reasonLines('notify_subjects', people),
      ...unknown.map((one) => `unknown ${one.factor}: ${one.text}${one.decisive ? DECISIVE : ''}`),
    ],
  };
}

const DECISIVE = '. Find this out first: it alone could change the advice';

const reasonLines = (about: string, { yes, because, against }: Point): readonly string[] => [
  ...because.map((text) => `${about} ${yes ? 'yes' : 'no'}, because: ${text}`),
  ...against.map((text) => `${about} ${yes ? 'yes' : 'no'}, against it: ${text}`),
];

function tell(
  print: Printer,
  id: string,
  { document, authority, people, severity, unknown }: Assessment,
): void {
  print.line(id);
  tellPoint(print, 'DOCUMENT it in the register (GDPR 33(5))', document);
  tellPoint(print, 'NOTIFY the authority (GDPR 33)', authority);
  tellPoint(print, 'TELL the people (GDPR 34)', people, authority);
  const { reasons } = severity;
  print.line(
    `  SEVERITY after ENISA: ${(severity.points / 100).toFixed(2)} ${severity.band}: ${severity.meaning}`,
  );
  print.line('    Evidence for the decision, not the decision. DPC x EI + CB:');
  for (const { factor, points: worth, text } of reasons)
    print.line(`    ${FORMULA[factor].padEnd(20)} ${(worth / 100).toFixed(2)}  ${text}`);
  if (severity.flags.includes('many-individuals')) print.line('    FLAG more than 100 people');
  if (severity.flags.includes('unintelligible'))
    print.line('    FLAG the data are unintelligible, the key is safe');
  for (const one of unknown) print.line(`  UNKNOWN ${one.text}${one.decisive ? `${DECISIVE}.` : ''}`);
  print.line();
}

const FORMULA = {
  dpc: 'DPC context',
  ei: 'EI identification',
  confidentiality: 'CB confidentiality',
  integrity: 'CB integrity',
  availability: 'CB availability',
  intent: 'CB intent',
} as const satisfies Readonly<Record<Assessment['severity']['reasons'][number]['factor'], string>>;

/** What stands above word for word is not read a second time. */
function tellPoint(print: Printer, title: string, point: Point, above: Point | null = null): void {
  print.line(`  ${title}: ${point.yes ? 'YES, advised' : 'no, not advised'}`);
  for (const side of ['because', 'against'] as const) {
    const said = above?.yes === point.yes ? above[side] : [];
    const fresh = point[side].filter((text) => !said.includes(text));
    if (fresh.length < point[side].length) print.line(`    ${side}  what stands above`);
    for (const text of fresh) print.line(`    ${side}  ${text}`);
  }
}

/** The tables of the method, for a person who scores by hand or checks a score. */
async function tables(print: Printer): Promise<number> {
  const { adjustments, bands, circumstances, contexts, dataTypes, ease, examples, identifiers } =
    await import('../../app/compute.ts');
  const eases = ['negligible', 'limited', 'significant', 'maximum'] as const;
  if (print.json) {
    print.object('severity-tables', {
      dpc: contexts,
      examples,
      adjustments,
      ei: ease,
      identifiers,
      cb: circumstances,
      bands,
    });
    return 0;
  }
  print.line('SE = DPC x EI + CB. Wording of the levels is our own.');
  print.table(
    ['DPC', 'IS', 'FOR EXAMPLE', 'WHEN THE DATA'],
    dataTypes.flatMap((type) =>
      ([1, 2, 3, 4] as const).map((dpc) => [
        type,
        `${dpc}${contexts[type].base === dpc ? ' base' : ''}`,
        examples[type][dpc],
        contexts[type][dpc],
      ]),
    ),
  );
  for (const text of adjustments.raises) print.line(`raises  ${text}`);
  for (const text of adjustments.lowers) print.line(`lowers  ${text}`);
  print.line();
  print.table(
    ['EI', ...eases.map((one) => `${one} ${points(ease[one].points)}`)],
    Object.entries(identifiers).map(([name, row]) => [name, ...eases.map((one) => row[one] ?? '-')]),
  );
  print.line();
  print.table(
    ['CB', 'ADDS', 'WHEN'],
    Object.entries(circumstances).flatMap(([side, rows]) =>
      Object.values(rows).map(({ points: worth, text }) => [side, `${points(worth)}`, text]),
    ),
  );
  print.line();
  print.table(
    ['BAND', 'FROM', 'MEANS'],
    bands.map(({ band, from, meaning }) => [band, `${points(from)}`, meaning]),
  );
  return 0;
}
