import { PRIVILEGED_WORD } from '../../app/privileged-word.ts';
import type { ExportAsked, ExportPreview } from '../../app/contract.ts';
import { isZone } from '../../base/calendar.ts';
import { audienceIds, isAudience } from '../../model/audience.ts';
import { isTlp, tlpLabel, tlps } from '../../model/tlp.ts';
import type { ExportPurpose } from '../places.ts';
import { paragraph, type Line } from '../parts/line.ts';
import type { World } from '../screen.ts';
import { timeCheck, timeOf } from './checks.ts';
import { given, type FormField, type FormKind, type Values } from './form.ts';

/** What is exported, for whom and where to, with what it comes to while it is chosen. */

/** `rows`: made of rows of the timeline, of which some can be chosen. */
const formats = [
  { id: 'brief', title: 'brief', note: 'one page for a manager, Markdown and PDF', rows: false },
  { id: 'timeline', title: 'timeline', note: 'PDF, to print and to file', rows: true },
  { id: 'timeline-html', title: 'timeline-html', note: 'a page to search, with a chart', rows: true },
  { id: 'md', title: 'md', note: 'the timeline as Markdown', rows: true },
  { id: 'csv', title: 'csv', note: 'the timeline as a spreadsheet', rows: true },
  { id: 'jsonl', title: 'jsonl', note: 'the timeline as JSON Lines, with the root hash', rows: true },
  { id: 'handover', title: 'handover', note: 'a page for whoever takes over', rows: false },
  { id: 'register', title: 'register', note: 'of breaches, GDPR Art. 33(5)', rows: false },
  { id: 'regulator-pack', title: 'regulator-pack', note: 'fields for the forms of authorities', rows: false },
] as const;

const readers = [
  { id: 'full', title: 'the full copy', note: 'all but what is privileged' },
  ...audienceIds.map((id) => ({ id, title: id })),
] as const;

const which = [
  { id: 'all', title: 'all' },
  { id: 'star', title: 'starred alone' },
  { id: 'last', title: 'new since the last export of this kind' },
] as const;

const labels = [
  { id: 'usual', title: 'as the reader asks', note: 'amber without one' },
  ...tlps.map((id) => ({ id, title: tlpLabel(id) })),
] as const;

const fields: readonly FormField[] = [
  { is: 'one', id: 'format', label: 'Format', options: formats, short: true },
  { is: 'one', id: 'audience', label: 'For', options: readers, short: true },
  { is: 'one', id: 'which', label: 'Rows', options: which, short: true },
  { is: 'one', id: 'tlp', label: 'Label', options: labels, short: true },
  {
    is: 'line',
    short: true,
    id: 'from',
    label: 'From',
    optional: true,
    check: timeCheck,
  },
  { is: 'line', short: true, id: 'to', label: 'Up to', optional: true, check: timeCheck },
  { is: 'line', short: true, id: 'words', label: 'With the words', optional: true },
  {
    is: 'line',
    short: true,
    id: 'zone',
    label: 'Zone',
    optional: true,
    check: (text) =>
      isZone(text)
        ? { ok: true, says: `times in ${text}, UTC beside them` }
        : { ok: false, says: 'no such zone' },
  },
  { is: 'line', short: true, id: 'recipients', label: 'For counsel: everybody who gets it', optional: true },
  { is: 'line', short: true, id: 'typed', label: `For counsel: the word ${PRIVILEGED_WORD}`, optional: true },
  { is: 'line', short: true, id: 'out', label: 'Path', optional: true },
];

const formatOf = (values: Values) => formats.find(({ id }) => id === given(values, 'format')) ?? formats[0];

/** What was chosen. Of a format that is not made of rows, no rows are chosen. */
const askedOf = (values: Values, world: World): ExportAsked => {
  const time = (id: string) => (given(values, id) === '' ? null : (timeOf(given(values, id), world) ?? null));
  const [audience, tlp, zone] = [given(values, 'audience'), given(values, 'tlp'), given(values, 'zone')];
  const choice = {
    from: time('from'),
    to: time('to'),
    starred: given(values, 'which') === 'star',
    words: given(values, 'words'),
    since: null,
  };
  return {
    ...(formatOf(values).rows ? { choice } : {}),
    ...(isAudience(audience) ? { audience } : {}),
    ...(isTlp(tlp) ? { tlp } : {}),
    ...(zone !== '' && isZone(zone) ? { zone } : {}),
    ...(given(values, 'which') === 'last' ? { since: 'last' as const } : {}),
    ...(audience === 'counsel'
      ? { privileged: { recipients: given(values, 'recipients'), typed: given(values, 'typed') } }
      : {}),
  };
};

const previewOf = (values: Values, world: World): ExportPreview | undefined =>
  world.incident?.previewExport(
    formatOf(values).id,
    askedOf(values, world),
    given(values, 'out') === '' ? null : given(values, 'out'),
  );

const previewLines = (values: Values, world: World, width: number): readonly Line[] => {
  const out = given(values, 'out');
  const found = previewOf(values, world);
  if (found === undefined) return [];
  return [
    ...found.map(({ says, tone }) => ({ says, tone })),
    {
      says: `Goes to ${out === '' ? 'the exports folder of this incident' : out}, for you alone.`,
      tone: 'dim' as const,
    },
  ].flatMap(({ says, tone }) => paragraph(says, width, tone));
};

export const exportForm: FormKind<ExportPurpose> = {
  spec: (_purpose, world) => ({
    title: 'Export',
    above: [],
    fields,
    below: (values, width) => previewLines(values, world, width),
    does: 'write it',
    ends: 'tab: next · up, down: change · enter: write it',
    quick: true,
  }),
  complete(_purpose, values, world) {
    const asked = askedOf(values, world);
    const stops = previewOf(values, world)?.find(({ tone }) => tone === 'bad');
    if (stops !== undefined) return [{ do: 'say', tone: 'bad', text: stops.says }];
    const out = given(values, 'out');
    return [
      { do: 'back' },
      { do: 'export', format: formatOf(values).id, out: out === '' ? null : out, asked },
    ];
  },
};
