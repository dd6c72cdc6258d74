import type { JsonObject } from '../base/canonical.ts';
import { formatUtc } from '../base/instant.ts';
import { docxOf } from '../letters/papers/docx.ts';
import { markdownOf } from '../letters/report/markdown.ts';
import type { ExportFormat, ExportInput } from './export.ts';
import { noticesOf } from './redacted/notices.ts';
import { packBlocks } from './regulator/page.ts';
import { packOf } from './regulator/pack.ts';
import type { Pack, PackField, PackForm } from './regulator/shape.ts';
import { jsonLine } from './stamped.ts';

/**
 * What an authority asks, field by field in the order of its form, for whoever has to type it in: each value with the entries that it
 * rests on, what is not known yet, and what has changed since the last submission.
 */
export const regulatorPack: ExportFormat = {
  id: 'regulator-pack',
  title: 'Fields for the forms of authorities',
  of: 'incident',
  forms: [
    {
      is: 'text',
      extension: 'md',
      pieces: (input) => [markdownOf(packBlocks(packOf(input), input))],
    },
    { is: 'text', extension: 'json', pieces: (input) => [jsonLine(jsonOf(packOf(input), input))] },
    { is: 'bytes', extension: 'docx', bytes: async (input) => await wordOf(input) },
  ],
};

const wordOf = async (input: ExportInput): Promise<Uint8Array> =>
  await docxOf({
    letter: 'regulator-pack',
    language: 'en',
    subject: `${input.drill ? 'DRILL: ' : ''}For the authority: ${input.title}`,
    watermark: null,
    stamp: input.drill ? 'DRILL' : null,
    body: packBlocks(packOf(input), input),
    sender: input.company,
    reference: input.state.codename,
    at: input.now,
    page: input.page,
    to: null,
  });

const jsonOf = (pack: Pack, input: ExportInput): JsonObject => ({
  schema: 'firebreak.regulator-pack/v1',
  incident: input.incidentId,
  codename: input.state.codename,
  title: input.title,
  drill: input.drill,
  tz: input.zone,
  made_at: formatUtc(input.now),
  ...(input.redaction === null && input.since === null && input.unknown === 0
    ? {}
    : { notices: noticesOf(input) }),
  forms: pack.forms.map(formJson),
  left_out: pack.leftOut.map(({ form, why }) => ({ form: form.id, duty: form.duty, why })),
  journal: { origin: input.checkpoint.origin, size: input.checkpoint.size, root: input.checkpoint.root },
});

const formJson = ({
  form,
  standing,
  dueUtc,
  last,
  sections,
  unknown,
  withheld,
  changed,
}: PackForm): JsonObject => ({
  form: form.id,
  title: form.title,
  version: form.version,
  source: form.source,
  caution: form.caution,
  duty: form.duty,
  standing,
  due_at: dueUtc,
  last_submission: last === null ? null : { phase: last.phase, at: formatUtc(last.at), entry: last.entry },
  not_known: unknown,
  withheld,
  changed,
  sections: sections.map(({ title, fields }) => ({ title, fields: fields.map(fieldJson) })),
});

const fieldJson = ({ since, ...field }: PackField): JsonObject => ({
  id: field.id,
  title: field.title,
  article: field.article,
  status: field.status,
  value: field.value,
  characters: field.characters,
  basis: field.basis,
  entries: field.entries,
  withheld: field.withheld,
  fact: field.fact,
  since: since === null ? null : { change: since.change, was: since.was, is: since.is },
});
