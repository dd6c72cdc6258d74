import type { Instant } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import { draftLetter } from '../letters/draft.ts';
import type { LetterDraft, LetterInput } from '../letters/draft.ts';
import { releasedLetter } from '../projections/released.ts';
import { containment } from '../projections/containment.ts';
import type { IncidentParts } from './parts.ts';
import { clocksOf, titlesOf } from './views.ts';

/** A letter from the incident's own frozen template and today's facts. */
export const draftFor = (parts: IncidentParts, letter: string, language: string): LetterDraft =>
  draftLetter(inputFor(parts, letter, language));

/** What a letter of this incident is written from, now or as of that moment. @throws Problem `not-found` */
export const inputFor = (
  parts: IncidentParts,
  letter: string,
  language: string,
  at?: Instant,
): LetterInput => {
  const { ledger, frozen, world, zone } = parts;
  const found = frozen.letters[letter];
  if (found === undefined) throw new Problem('not-found', { what: 'letter', id: letter });
  const template = found.templates[language];
  if (template === undefined)
    throw new Problem('not-found', { what: `${letter} in the language`, id: language });
  const state = ledger.state();
  const now = at ?? world.clock.now();
  return {
    letter,
    source: found.source,
    template,
    language,
    state,
    reveal: ledger.reveal,
    company: frozen.company,
    contacts: frozen.contacts.contacts,
    inventory: frozen.inventory,
    containment: containment(state, titlesOf(frozen)),
    clocks: clocksOf(state, frozen, now, zone),
    zone,
    now,
    drill: state.drill,
    waived: releasedLetter(state, letter, language)?.missing ?? [],
  };
};
