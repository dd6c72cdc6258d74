import { audiences, everything, reasons } from '../../projections/audience/audience.ts';
import { sinceLines } from '../../projections/since.ts';
import { unknownWords } from '../../projections/unknown.ts';
import type { ExportInput } from '../export.ts';
import { leftOutWords } from '../words.ts';

/** What whoever reads a copy must know of it before its first line: for whom it was made, what is not in it, what is new. Words may be foreign. */
export const noticesOf = (input: ExportInput): readonly string[] => {
  const left = leftOutWords(input);
  const unknown = unknownWords(input.unknown);
  return [
    ...givenWords(input),
    ...(unknown === null ? [] : [unknown]),
    ...(input.since === null ? [] : sinceLines(input.since, input.zone)),
    ...(left === null ? [] : [left]),
  ];
};

function givenWords({ redaction }: ExportInput): readonly string[] {
  if (redaction === null) return [];
  const { audience, rows, texts, of, people, by, list, recipients } = redaction.withheld;
  const { title, gets } =
    audience !== null
      ? audiences[audience]
      : recipients === null
        ? everything
        : { ...everything, gets: 'everything, with what is marked privileged' };
  const each = reasons.filter((reason) => by[reason] > 0).map((reason) => `${reason} ${by[reason]}`);
  const withheld = [
    ...(rows === 0 ? [] : [`${rows} ${rows === 1 ? 'row' : 'rows'} whole`]),
    ...(texts === 0 ? [] : [`all or part of ${texts} of ${of} sealed texts`]),
  ];
  const said = [
    `Made for ${title}: ${gets}.`,
    withheld.length === 0
      ? 'Nothing that it would say was withheld.'
      : `Withheld: ${withheld.join(', ')} (${each.join(', ')}).`,
    ...(people === 0 ? [] : [`${people} ${people === 1 ? 'person stands' : 'people stand'} under a role.`]),
    ...(list === null
      ? []
      : [`What was withheld is listed, with a commitment to each, in ${list.name}, SHA-256 ${list.sha256}.`]),
  ];
  const mark =
    recipients === null
      ? []
      : [
          `PRIVILEGED: what counsel marked so is in this copy, which is for ${recipients} alone. Do not pass it on; the mark by itself protects nothing.`,
        ];
  return [...mark, said.join(' ')];
}
