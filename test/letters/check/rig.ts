import { checkLetter } from '../../../src/letters/check/check.ts';
import type { LetterReport } from '../../../src/letters/check/report.ts';
import { draftLetter, type LetterInput } from '../../../src/letters/draft.ts';
import { letterSchema } from '../../../src/model/letter.ts';
import { containment } from '../../../src/projections/containment.ts';
import { company, contacts, inventory, titles } from '../../fixtures/company.ts';
import { at, told, type Happening, type Told } from '../../fixtures/incident.ts';

const source = letterSchema.parse({
  title: 'A letter',
  to: 'people',
  subject: 'About your data',
  languages: ['en'],
  elements: [
    {
      id: 'measures',
      title: 'measures',
      article: 'Art. 34(2)',
      from: { fact: 'measures' },
      required: false,
      may_follow: false,
    },
    {
      id: 'contact_point',
      title: 'contact',
      article: 'Art. 34(2)',
      from: { company: 'dpo' },
      required: true,
      may_follow: false,
    },
  ],
});

const inputOf = (
  words: string,
  { state, reveal }: Told,
  changes: Partial<LetterInput> = {},
): LetterInput => ({
  letter: 'one',
  source,
  template: `${words}\n\n{{#if measures}}\n{{measures}}\n\n{{/if}}\n{{contact_point}}\n`,
  language: 'en',
  state,
  reveal,
  company,
  contacts,
  inventory,
  containment: containment(state, titles),
  clocks: [],
  zone: 'Europe/Dublin',
  now: at('2026-11-20T06:00:00Z'),
  drill: state.drill,
  ...changes,
});

/** A letter of these words, looked at. */
export const reportOn = (words: string, incident: Told, changes: Partial<LetterInput> = {}): LetterReport => {
  const input = inputOf(words, incident, changes);
  return checkLetter(draftLetter(input), input);
};

export const nothing = (): Told => told([opened]);
export const opened: Happening = {
  kind: 'incident.opened',
  pub: {
    codename: 'amber-otter',
    runbook: null,
    severity: 'high',
    drill: false,
    zone: 'Europe/Dublin',
    earliest_at: at('2026-11-17T21:40:00Z'),
  },
};
export const learned = (fact: string, value: true | string | number, reason: string | null): Happening => ({
  kind: 'fact.learned',
  pub: {
    fact,
    value: typeof value === 'string' ? null : value,
    known: true,
    at: at('2026-11-20T03:00:00Z'),
    basis: 'observed',
    step: null,
  },
  priv: {
    ...(typeof value === 'string' ? { text: { class: 'staff' as const, value } } : {}),
    ...(reason === null ? {} : { reason: { class: 'staff' as const, value: reason } }),
  },
});
