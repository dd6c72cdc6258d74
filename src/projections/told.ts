import type { Instant } from '../base/instant.ts';
import { isOther, spoken } from '../incident/letter-facts.ts';
import type { FactState, IncidentState, SubmissionState, Submitted } from '../incident/state.ts';
import type { Reveal } from '../model/event.ts';
import type { LetterSource } from '../model/letter.ts';
import type { Obligation } from '../model/obligation.ts';
import { factWords } from './facts.ts';

/**
 * What was told when for one duty, and what has changed since: element by element of its letter, or of the rule where the letter
 * asks for none of its facts. Facts alone are compared; what a letter takes from the data map was frozen with the incident.
 */

/** One thing that the letter says, by the fact that supplies it. */
export type Subject = Readonly<{ element: string; article: string; title: string; fact: string }>;

/**
 * `new`: not known then, known now. `corrected`: another entry stands now. `ruled-out`: it was said since that it did not happen.
 * `unknown`: not known then, and not known now. `same`: as it was told.
 */
export type Change = 'new' | 'corrected' | 'ruled-out' | 'unknown' | 'same';

export type SubjectSince = Subject &
  Readonly<{ change: Change; was: string | null; is: string | null; entry: number | null }>;

export type SubjectThen = Subject & Readonly<{ text: string | null; entry: number | null }>;

/** One submission. `channel` and `reference` are `[sealed]` without the key; `letter` is what was let go last before it, if anything was. */
export type Told = Readonly<{
  phase: number;
  entry: number;
  at: Instant;
  channel: string | null;
  proofs: readonly Readonly<{
    entry: number;
    kind: string;
    reference: string | null;
    evidence: string | null;
  }>[];
  acknowledged: Readonly<{ entry: number; at: Instant; reference: string | null }> | null;
  letter: Readonly<{ letter: string; language: string; entry: number; sha256: string }> | null;
  facts: readonly SubjectThen[];
}>;

export type ToldView = Readonly<{
  duty: string;
  title: string;
  to: string;
  told: readonly Told[];
  /** Compared with the last submission; empty before the first. */
  since: readonly SubjectSince[];
  changed: number;
}>;

type Facts = ReadonlyMap<string, FactState>;

export const toldOf = (
  state: Pick<IncidentState, 'facts' | 'submissions'>,
  duty: Obligation,
  letter: LetterSource | null,
  how: Readonly<{ reveal: Reveal; zone: string }>,
): ToldView => {
  const sent = state.submissions.get(duty.id);
  const each = sent?.each ?? [];
  const last = each.at(-1);
  const words = (facts: Facts, fact: string): string | null =>
    factWords({ facts }, fact, how.reveal, how.zone).text;
  const all = subjectsOf(duty, letter, state.facts);
  const since =
    last === undefined
      ? []
      : all.map((subject) => ({
          ...subject,
          change: changeOf(last.facts.get(subject.fact), state.facts.get(subject.fact)),
          was: words(last.facts, subject.fact),
          is: words(state.facts, subject.fact),
          entry: state.facts.get(subject.fact)?.n ?? null,
        }));
  return {
    duty: duty.id,
    title: duty.title,
    to: duty.to,
    told: each.map((one) => ({
      ...about(one, how.reveal),
      facts: all.map((subject) => ({
        ...subject,
        text: words(one.facts, subject.fact),
        entry: one.facts.get(subject.fact)?.n ?? null,
      })),
    })),
    since,
    changed: since.filter(({ change }) => isChange(change)).length,
  };
};

/** How many facts of its letter are others than they were at the last submission; null before the first. */
export const changedSince = (
  duty: Obligation,
  letter: LetterSource | null,
  facts: Facts,
  sent: SubmissionState | undefined,
): number | null => {
  const last = sent?.each.at(-1);
  if (last === undefined) return null;
  // The same map is the same facts: nothing was learned since.
  if (last.facts === facts) return 0;
  return subjectsOf(duty, letter, facts).filter(({ fact }) => isOther(last.facts.get(fact), facts.get(fact)))
    .length;
};

const isChange = (change: Change): boolean => change !== 'same' && change !== 'unknown';

const changeOf = (then: FactState | undefined, now: FactState | undefined): Change => {
  const knew = then?.known === true;
  if (now === undefined || (!now.known && !knew)) return 'unknown';
  if (!isOther(then, now)) return 'same';
  if (now.ruledOut) return 'ruled-out';
  return knew ? 'corrected' : 'new';
};

const about = (
  { phase, n, at, letter, proofs, acknowledged }: Submitted,
  reveal: Reveal,
): Omit<Told, 'facts'> => ({
  phase,
  entry: n,
  at,
  channel: reveal({ n, name: 'channel' }),
  proofs: proofs.map(({ n: entry, kind, evidence }) => ({
    entry,
    kind,
    reference: reveal({ n: entry, name: 'reference' }),
    evidence,
  })),
  acknowledged:
    acknowledged === null
      ? null
      : {
          entry: acknowledged.n,
          at: acknowledged.at,
          reference: reveal({ n: acknowledged.n, name: 'reference' }),
        },
  letter:
    letter === null
      ? null
      : { letter: letter.letter, language: letter.language, entry: letter.n, sha256: letter.sha256 },
});

/** Each fact once: as the letter names it, else as the rule does; then the start of the clock, which every duty hangs on. */
const subjectsOf = (duty: Obligation, letter: LetterSource | null, facts: Facts): readonly Subject[] => {
  const fromLetter = (letter?.elements ?? []).flatMap(({ id, article, title, from, otherwise }) =>
    [from, ...(otherwise === undefined ? [] : [otherwise])].flatMap((source) =>
      spoken(source, letter, facts).map((fact) => ({
        element: id,
        article: inEnglish(article),
        title: inEnglish(title),
        fact,
      })),
    ),
  );
  const fromRule = duty.elements.flatMap(({ id, article, title, facts: supply }) =>
    supply.map((fact) => ({ element: id, article, title, fact })),
  );
  const start = { element: 'start', article: duty.source, title: 'what starts the clock', fact: duty.starts };
  const named = new Map<string, Subject>();
  for (const one of [...fromLetter, ...fromRule, start]) if (!named.has(one.fact)) named.set(one.fact, one);
  return [...named.values()];
};

const inEnglish = (words: string | Readonly<Record<string, string>>): string =>
  typeof words === 'string' ? words : (words['en'] ?? Object.values(words)[0] ?? '');
