import { takenFrom } from '../stamped.ts';
import type { Block, Run, Runs } from '../../letters/body.ts';
import { tlpLabel } from '../../model/tlp.ts';
import { heading, list, mark, paragraph, plain, strong, title } from '../../letters/report/parts.ts';
import type { ExportInput } from '../export.ts';
import { noticesOf } from '../redacted/notices.ts';
import { DRILL_LINE, both } from '../words.ts';
import { isNews, lastWords } from './pack.ts';
import type { Pack, PackField, PackForm } from './shape.ts';

/** The pack as a page: each field as a block of its own, to be copied into the form. */
export const packBlocks = (pack: Pack, input: ExportInput): readonly Block[] => [
  title(`${input.drill ? 'DRILL: ' : ''}For the authority: ${input.title}`),
  paragraph(strong(tlpLabel(input.tlp))),
  ...(input.drill ? [paragraph(strong(DRILL_LINE))] : []),
  ...noticesOf(input).map((notice) => paragraph(strong(notice))),
  paragraph(
    plain(
      `${input.company} · incident ${input.incidentId} (${input.state.codename}) · as of ${both(input.now, input.zone)}`,
    ),
  ),
  paragraph(
    plain(
      'Fields stand in the order of the form. Counts are of characters as a person counts them. Addresses and numbers of people are taken out where they can be known by their form; names cannot, so read each free text before it is pasted: a form must not hold the personal data of the breach.',
    ),
  ),
  ...pack.forms.flatMap((form) => formBlocks(form, input.zone)),
  ...(pack.leftOut.length === 0
    ? []
    : [
        title('Forms that are left out'),
        list(
          pack.leftOut.map(({ form, why }) => `${form.title}: ${why}`),
          '',
        ),
      ]),
  paragraph(plain(`${takenFrom(input)}. Not legal advice.`)),
];

const formBlocks = (one: PackForm, zone: string): readonly Block[] => {
  const { form, standing, due, unknown, withheld, changed, last } = one;
  const until = due === null ? '' : `, due ${both(due, zone)}`;
  return [
    title(form.title),
    paragraph(
      plain(`Version: ${form.version}. Order read from: ${form.source}.`),
      ...(form.caution === null ? [] : [mark(form.caution)]),
      plain(`${form.duty}: ${standing}${until}. ${lastWords(one, zone)}`),
      plain(
        `${[
          `${unknown} ${unknown === 1 ? 'field is' : 'fields are'} not known yet`,
          ...(last === null ? [] : [`${changed} changed since the last submission`]),
          ...(withheld === 0
            ? []
            : [`personal data withheld in ${withheld} ${withheld === 1 ? 'place' : 'places'}`]),
        ].join('; ')}.`,
      ),
    ),
    ...form.sections.flatMap((_, at) => sectionBlocks(one.sections[at])),
  ];
};

const sectionBlocks = (section: PackForm['sections'][number] | undefined): readonly Block[] =>
  section === undefined ? [] : [heading(section.title), ...section.fields.flatMap(fieldBlocks)];

function fieldBlocks(field: PackField): readonly Block[] {
  const { title: name, article, value, status, characters, basis } = field;
  const about = [
    article,
    ...(value === null || status === 'sealed' ? [] : [`${characters} characters`]),
    basis,
  ].filter((text) => text !== '');
  const head: Runs = [
    { is: 'strong', text: name },
    { is: 'plain', text: about.length === 0 ? '' : ` (${about.join('; ')})` },
    ...newsOf(field),
  ];
  return [paragraph(head), paragraph(...valueLines(field))];
}

const newsOf = ({ since }: PackField): readonly Run[] =>
  since === null || !isNews(since.change)
    ? []
    : [{ is: 'mark', text: ` ${since.change} since the last submission; was: ${since.was ?? 'not known'}` }];

function valueLines({ status, value, fact }: PackField): readonly Runs[] {
  if (status === 'not-needed') return [plain('nothing recorded')];
  if (value === null)
    return [
      mark('not yet known'),
      ...(fact === null ? [] : [plain(`To say it: firebreak fact ${fact} "..."`)]),
    ];
  return value.split('\n').map(plain);
}
