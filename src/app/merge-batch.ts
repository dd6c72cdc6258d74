import { formatMailDate, type Instant } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import { personalLetter } from '../letters/draft.ts';
import { stampWord } from '../letters/locale.ts';
import type { Batch, Version } from '../letters/merge/forms.ts';
import { releasedLetter } from '../projections/released.ts';
import { inputFor } from './letters.ts';
import type { MergeAsked } from './merge-contract.ts';
import type { IncidentParts } from './parts.ts';

/** The words of a merge. */

/** Which words a merge writes, by language. */
export const versionsOf = ({ versions }: Batch): Readonly<Record<string, string>> =>
  Object.fromEntries([...versions].map(([language, { sha256 }]) => [language, sha256]));

/**
 * The letter in every language in which somebody has let it go, word for word as it was then. A trial is written from the facts of now,
 * in every language there is.
 */
export function batchOf(parts: IncidentParts, asked: MergeAsked, now: Instant) {
  const { company, letters } = parts.frozen;
  const found = letters[asked.letter];
  if (found === undefined) throw new Problem('not-found', { what: 'letter', id: asked.letter });
  const variables = found.source.recipient ?? [];
  const versions = new Map(
    Object.keys(found.templates).flatMap((language): readonly (readonly [string, Version])[] => {
      const version =
        asked.trial === null
          ? releasedVersion(parts, asked.letter, language)
          : trialOf(parts, asked, language, now);
      return version === null ? [] : [[language, version]];
    }),
  );
  if (versions.size === 0)
    throw new Problem('letter-not-released', { letter: asked.letter, why: whyNot(parts, asked) });
  if (!versions.has(asked.language))
    throw new Problem('not-found', {
      what: `${asked.letter} in the language`,
      id: asked.language,
      near: [...versions.keys()].join(', '),
    });
  const batch: Batch = {
    incident: parts.id,
    letter: asked.letter,
    organisation: company.organisation.legal_name ?? company.organisation.name,
    from: asked.from,
    drill: parts.ledger.state().drill,
    date: formatMailDate(now).replace('GMT', '+0000'),
    names: variables.map(({ id }) => id),
    versions,
  };
  return { batch, variables };
}

function releasedVersion(parts: IncidentParts, letter: string, language: string): Version | null {
  const released = releasedLetter(parts.ledger.state(), letter, language);
  if (released === null) return null;
  const { draft, ...made } = personalLetter(inputFor(parts, letter, language, released.at));
  return draft.sha256 === released.sha256 ? { subject: draft.subject, sha256: draft.sha256, ...made } : null;
}

function trialOf(parts: IncidentParts, { letter }: MergeAsked, language: string, now: Instant): Version {
  const { draft, ...made } = personalLetter(inputFor(parts, letter, language, now), true);
  const subject =
    draft.stamp === 'DRILL' ? draft.subject : `${stampWord(language, 'DRAFT')}: ${draft.subject}`;
  return { subject, sha256: draft.sha256, ...made };
}

const whyNot = (parts: IncidentParts, { letter, language }: MergeAsked): string =>
  releasedLetter(parts.ledger.state(), letter, language) === null
    ? 'letters to people leave only in words that a named person has let go'
    : 'its words have changed since it was released: a fact in it is another one now';
