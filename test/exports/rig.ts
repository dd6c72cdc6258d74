import { progress } from '../../src/incident/ready.ts';
import type { ExportInput } from '../../src/exports/export.ts';
import { clocks } from '../../src/projections/countdowns.ts';
import { containment } from '../../src/projections/containment.ts';
import { revisions } from '../../src/projections/revisions.ts';
import { gdpr } from '../../src/regulations/gdpr.ts';
import { contacts, titles } from '../fixtures/company.ts';
import { at, type Told } from '../fixtures/incident.ts';

const origin = 'firebreak.example/harbour-lane/amber-otter';
const root = '5f'.repeat(32);

export function input({ entries, state, reveal }: Told, changes: Partial<ExportInput> = {}): ExportInput {
  const now = at('2026-11-20T06:00:00Z');
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
    zone,
    now,
    checkpoint: {
      origin,
      size: entries.length,
      root,
      note: `${origin}\n${entries.length}\nX19fXw==\n\n— ${origin} c2lnbmVk\n`,
    },
    ...changes,
  };
}
