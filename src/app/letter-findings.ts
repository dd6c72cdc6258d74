import type { Json } from '../base/canonical.ts';
import { isProblem } from '../base/problem.ts';
import type { Instant } from '../base/instant.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { unopened } from '../incident/state.ts';
import type { IncidentState } from '../incident/state.ts';
import { draftLetter } from '../letters/draft.ts';
import type { Reveal } from '../model/event.ts';
import { containment } from '../projections/containment.ts';
import type { Finding } from './contract.ts';

/** Whether every letter can be written: each language once, with the facts of its sample. */
export const letterFindings = (catalog: Catalog, now: Instant): readonly Finding[] => {
  const drafts = [...catalog.letters].flatMap(([id, letter]) =>
    Object.keys(letter.templates).map((language) => ({ id, language, letter })),
  );
  const broken = drafts.flatMap(({ id, language, letter }): readonly Finding[] => {
    const why = faultOf(catalog, now, id, language, letter);
    return why === null
      ? []
      : [
          {
            what: `letter ${id} (${language})`,
            state: 'broken',
            detail: why,
            fix: 'firebreak runbook lint names the line; until then it is written by hand',
          },
        ];
  });
  return broken.length > 0 || drafts.length === 0
    ? broken
    : [{ what: 'letters', state: 'ok', detail: `${drafts.length} render with their samples`, fix: '' }];
};

type Letter = Catalog['letters'] extends ReadonlyMap<string, infer L> ? L : never;

const faultOf = (
  catalog: Catalog,
  now: Instant,
  id: string,
  language: string,
  letter: Letter,
): string | null => {
  const { state, reveal } = told(letter.sample, now);
  try {
    draftLetter({
      letter: id,
      source: letter.value,
      template: letter.templates[language]?.text ?? '',
      language,
      state,
      reveal,
      company: catalog.company.value,
      contacts: catalog.contacts.value.contacts,
      inventory: catalog.inventory.value,
      containment: containment(state, () => null),
      clocks: [],
      zone: catalog.company.value.organisation.zone,
      now,
      drill: false,
    });
    return null;
  } catch (error) {
    if (!isProblem(error)) throw error;
    return error.facts['why'] ?? error.code;
  }
};

/** The sample's facts as an incident would hold them; texts are told when they are asked for, like sealed ones. */
const told = (sample: Json, now: Instant): Readonly<{ state: IncidentState; reveal: Reveal }> => {
  const given =
    sample !== null && typeof sample === 'object' && !Array.isArray(sample) ? Object.entries(sample) : [];
  const texts = new Map<number, string>();
  const facts = new Map(
    given.map(([fact, value], i) => {
      const open = typeof value !== 'string' || /^(\d{4}-|yes$|no$)/.test(value);
      if (!open) texts.set(i + 1, String(value));
      const base = { n: i + 1, recordedAt: now, by: 'doctor', earlier: [], at: now };
      return [
        fact,
        { ...base, known: true, value: open ? value : null, basis: 'told', ruledOut: false },
      ] as const;
    }),
  );
  return {
    state: { ...unopened, facts: facts as IncidentState['facts'] },
    reveal: ({ n, name }) => (name === 'text' || name === 'reason' ? (texts.get(n) ?? null) : null),
  };
};
