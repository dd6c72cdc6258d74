import type { Json } from '../../src/base/canonical.ts';
import type { ExportInput } from '../../src/exports/export.ts';
import type { Fresh } from '../../src/model/event.ts';
import { company, inventory } from '../fixtures/company.ts';
import { at, plan, told } from '../fixtures/incident.ts';
import { input } from './rig.ts';

const staff = (value: string) => ({ class: 'staff', value }) as const;

/** The same text in every place where a person or a system can put one. */
const incident = (text: string) => {
  const fact = (id: string, value: Json): Fresh => ({
    kind: 'fact.learned',
    pub: { fact: id, value, known: true, at: at('2026-11-20T02:40:00Z'), basis: 'told', step: null },
    priv: value === null ? { text: staff(text), reason: staff(text) } : { reason: staff(text) },
  });
  return told(
    [
      {
        kind: 'incident.opened',
        pub: {
          codename: 'x',
          runbook: 'r',
          severity: 'high',
          drill: false,
          zone: 'UTC',
          earliest_at: at('2026-11-20T01:00:00Z'),
        },
        priv: { title: staff(text) },
      },
      {
        kind: 'plan.adopted',
        pub: { plan_sha256: '', runbook: 'r', part: 0, of: 1, text: JSON.stringify(plan) },
      },
      { kind: 'role.claimed', pub: { role: 'legal', person: 'aoife' }, priv: { name: staff(text) } },
      fact('nature', null),
      fact('data-categories', [text.toWellFormed()]),
      fact('subjects-count', { about: 1, from: 1, to: 2 }),
      {
        kind: 'override.taken',
        pub: { step: null, what: text, review_by: at('2026-11-21T02:14:00Z') },
        priv: { reason: staff(text) },
      },
      {
        kind: 'decision.made',
        pub: { decision: 'd', option: 'free', decider: text, step: null, star: true },
        priv: { question: staff(text), options: staff(text), rationale: staff(text) },
      },
      {
        kind: 'note.added',
        pub: { at: at('2026-11-20T02:00:00Z'), star: true, corrects: null },
        priv: { text: staff(text) },
      },
      {
        kind: 'contact.called',
        pub: { contact: 'dpo', outcome: 'reached' },
        priv: { name: staff(text), note: staff(text) },
      },
      {
        kind: 'drill.injected',
        pub: { inject: 'i', channel: 'mail', to: 'legal' },
        priv: { body: staff(text), sender: staff(text) },
      },
    ],
    { actor: text },
  );
};
export const hostileInput = (text: string): ExportInput => {
  const contact = {
    id: 'dpo',
    name: text,
    duty: text,
    phone: text,
    checked: '2026-01-01',
    for: ['gdpr.33-1'],
  };
  const definitions = {
    company: { ...company, organisation: { ...company.organisation, legal_name: text, address: text } },
    inventory: {
      ...inventory,
      channels: inventory.channels.map((row) => ({ ...row, title: text })),
      processors: (inventory.processors ?? []).map((row) => ({ ...row, title: text })),
    },
  };
  return input(incident(text), { company: text, titles: () => text, contacts: [contact], definitions });
};
