import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Json } from '../../src/base/canonical.ts';
import { letterSchema } from '../../src/model/letter.ts';
import { draftLetter, type LetterDraft, type LetterInput } from '../../src/letters/draft.ts';
import { clocks } from '../../src/projections/countdowns.ts';
import { containment } from '../../src/projections/containment.ts';
import { gdpr } from '../../src/regulations/gdpr.ts';
import { pci } from '../../src/regulations/pci.ts';
import { company, contacts, inventory, titles } from '../fixtures/company.ts';
import { at, leakedToken, told, type Happening, type Told } from '../fixtures/incident.ts';

const templates = join(import.meta.dirname, '../../templates');

/** Every letter that comes with the program. */
export const letters: readonly string[] = readdirSync(templates).toSorted();

const read = (letter: string, file: string): string => readFileSync(join(templates, letter, file), 'utf8');

export const sampleOf = (letter: string): Readonly<Record<string, Json>> =>
  parse(read(letter, 'sample.yaml')) as Record<string, Json>;

/** Sample facts as a journal would hold them. A range keeps its basis in the private reason. */
const learned = (facts: Readonly<Record<string, Json>>): readonly Happening[] =>
  Object.entries(facts).map(([fact, value]): Happening => {
    const base = {
      fact,
      known: true,
      at: at('2026-11-20T02:40:00Z'),
      basis: 'observed',
      step: null,
    } as const;
    if (typeof value === 'string' && !/^(\d{4}-|yes$|no$)/.test(value)) {
      return {
        kind: 'fact.learned',
        pub: { ...base, value: null },
        priv: { text: { class: 'staff', value } },
      };
    }
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const { basis, ...range } = value as Readonly<Record<string, Json>>;
      return {
        kind: 'fact.learned',
        pub: { ...base, value: range },
        priv: { reason: { class: 'staff', value: typeof basis === 'string' ? basis : '' } },
      };
    }
    return { kind: 'fact.learned', pub: { ...base, value } };
  });

/** The made-up incident up to its proofs, with these facts instead of its own, and what happened after them. */
export function withFacts(
  facts: Readonly<Record<string, Json>>,
  drill = false,
  more: readonly Happening[] = [],
): Told {
  const base = leakedToken(drill);
  const first = base.entries.slice(0, 14).map((entry): Happening => {
    const priv = entry.priv.map(
      (name) => [name, { class: 'staff', value: base.reveal({ n: entry.n, name }) ?? '' }] as const,
    );
    return {
      fresh: { kind: entry.kind, pub: entry.pub, priv: Object.fromEntries(priv) } as never,
      actor: entry.actor,
    };
  });
  return told([...first, ...learned(facts), ...more]);
}

export function input(letter: string, incident: Told, changes: Partial<LetterInput> = {}): LetterInput {
  const now = changes.now ?? at('2026-11-20T06:00:00Z');
  const language = changes.language ?? 'en';
  const { state, reveal } = incident;
  return {
    letter,
    source: letterSchema.parse(parse(read(letter, 'letter.yaml'))),
    template: read(letter, `${language}.hbs`),
    language,
    state,
    reveal,
    company,
    contacts,
    inventory,
    containment: containment(state, titles),
    clocks: clocks(state, [...gdpr.obligations, ...pci.obligations], now, {
      zone: 'Europe/Dublin',
      holidays: () => null,
    }),
    zone: 'Europe/Dublin',
    now,
    drill: state.drill,
    ...changes,
  };
}

/** Letters that their readers get in their own language. */
export const translated = [
  ['gdpr-art33', 'de'],
  ['gdpr-art34', 'de'],
  ['gdpr-art34', 'fr'],
  ['gdpr-art34', 'es'],
  ['staff-note', 'de'],
  ['press-line', 'de'],
  ['processor-notice', 'de'],
  ['controller-request', 'de'],
  ['recipient-deletion', 'de'],
] as const;

export const draft = (letter: string, incident: Told, changes: Partial<LetterInput> = {}): LetterDraft =>
  draftLetter(input(letter, incident, changes));
