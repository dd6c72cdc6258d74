import { progress } from '../../src/incident/ready.ts';
import { assert } from '../../src/base/assert.ts';
import type { ExportForm, ExportInput } from '../../src/exports/export.ts';
import { exportFormats, isExportId, type ExportId } from '../../src/exports/index.ts';
import { ALL_ROWS } from '../../src/projections/choice.ts';
import { clocks } from '../../src/projections/countdowns.ts';
import { containment } from '../../src/projections/containment.ts';
import { revisions } from '../../src/projections/revisions.ts';
import { gdpr } from '../../src/regulations/gdpr.ts';
import { company, contacts, inventory, titles } from '../fixtures/company.ts';
import { at, type Told } from '../fixtures/incident.ts';

const origin = 'firebreak.example/harbour-lane/amber-otter';
const root = '5f'.repeat(32);

export function input({ entries, state, reveal }: Told, changes: Partial<ExportInput> = {}): ExportInput {
  const now = changes.now ?? at('2026-11-20T06:00:00Z');
  const zone = 'Europe/Dublin';
  return {
    incidentId: '01KAMBEROTTER',
    title: reveal({ n: 0, name: 'title' }) ?? '[sealed]',
    drill: state.drill,
    state,
    entries: () => entries,
    reveal,
    progress: progress(state),
    clocks: clocks(state, gdpr.obligations, now, { zone, holidays: () => null }),
    revisions: () => revisions(entries, () => gdpr.obligations, { zone, holidays: () => null }),
    containment: containment(state, titles),
    obligations: gdpr.obligations,
    contacts,
    titles,
    company: 'Harbour Lane',
    definitions: { company, inventory },
    zone,
    now,
    choice: ALL_ROWS,
    redaction: null,
    since: null,
    tlp: 'amber',
    page: 'a4',
    tool: 'firebreak/0.0.0',
    unknown: 0,
    checkpoint: {
      origin,
      size: entries.length,
      root,
      note: `${origin}\n${entries.length}\nX19fXw==\n\n— ${origin} c2lnbmVk\n`,
    },
    ...changes,
  };
}

export const exportIds = Object.keys(exportFormats).filter(isExportId);

type Text = Extract<ExportForm, { is: 'text' }>;

/** Every form that is text, of every format: `['brief', 'md', form]`. */
export const textForms: readonly (readonly [id: ExportId, extension: string, form: Text])[] = (
  await Promise.all(
    exportIds.map(async (id) => {
      const { forms } = await exportFormats[id].load();
      return forms.flatMap((form) => (form.is === 'text' ? [[id, form.extension, form] as const] : []));
    }),
  )
).flat();

export const textOf = ({ pieces }: Text, given: ExportInput): string => [...pieces(given)].join('');

/** The text of a format, by its first form that is text. */
export const rendered = (id: ExportId, given: ExportInput): string => {
  const found = textForms.find(([one]) => one === id);
  assert(found !== undefined, `${id} comes as text`);
  return textOf(found[2], given);
};
