import type { RegulatedAs } from '../model/names.ts';
import type { Obligation, RulesOut } from '../model/obligation.ts';
import { answerOf, rangeOf } from '../model/obligation.ts';
import {
  byFacts,
  outOfReach,
  started,
  type Applicability,
  type Regulation,
  type Situation,
} from './regulation.ts';

/** How far a law reaches, asked of what the company wrote down of itself and of the facts of the incident. */

/** The facts that count the people affected in one place: `people-gb`, `people-us-ca`; a plain yes or no will do as well. */
const PEOPLE = /^people-([a-z]{2}(?:-[a-z0-9]{1,3})?)$/;
export const peopleFact = (place: string): string => `people-${place.toLowerCase()}`;

/**
 * `people`: it protects people in these places (ISO 3166-1, or 3166-2 for a state). `as`: it binds only a company that is one of
 * these. Both must hold where both are given. `words` name them in a sentence.
 */
export type Reach = Readonly<{
  people?: Readonly<{ in: readonly string[]; words: string }>;
  as?: Readonly<{ any: readonly RegulatedAs[]; words: string }>;
}>;

/** Facts that start duties of many laws: that one is recorded says nothing of whose law it is. */
const SHARED: ReadonlySet<string> = new Set([
  'aware',
  'high-risk',
  'incident-noticed',
  'breach-discovered',
  'breach-determined',
]);

/** Answers for all duties of a regime, by the reach of each: a start that only this law knows outweighs what was written down before. */
export const withinReach =
  (obligations: readonly Obligation[], reachOf: (duty: Obligation) => Reach): Regulation['applies'] =>
  (situation) =>
    obligations.map((duty) => {
      if (!SHARED.has(duty.starts) && started(duty, situation)) return byFacts(duty, situation.facts);
      return (
        notOurs(duty, situation) ??
        notSuch(duty, reachOf(duty), situation) ??
        nobodyThere(duty, reachOf(duty), situation) ??
        byFacts(duty, situation.facts)
      );
    });

/** A duty of the controller is none of a company that only processes for others, and the other way round. */
function notOurs(duty: Obligation, { organisation }: Situation): Applicability | null {
  const { acts_as: acts } = organisation;
  if (acts === 'both' || (duty.owed_by !== 'controller' && duty.owed_by !== 'processor')) return null;
  if (duty.owed_by === acts) return null;
  return outOfReach(duty, `The company acts as ${acts}; this duty is the ${duty.owed_by}'s.`);
}

function notSuch(duty: Obligation, { as }: Reach, { organisation }: Situation): Applicability | null {
  if (as === undefined || as.any.some((one) => organisation.regulated_as?.includes(one) === true))
    return null;
  const how = as.any.map((one) => `\`${one}\``).join(' or ');
  return outOfReach(
    duty,
    `It binds ${as.words}; firebreak.yaml does not list the company as ${how} (organisation.regulated_as).`,
  );
}

function nobodyThere(duty: Obligation, { people }: Reach, situation: Situation): Applicability | null {
  if (people === undefined) return null;
  const counted = countedIn(situation);
  const asked = people.in.map(peopleFact);
  if (people.in.every((place) => counted.get(place) === false)) {
    const why = `It was recorded that nobody in ${people.words} is affected.`;
    const [rule] = asked.map((fact) => nobody(fact, answerOf(situation.facts.get(fact)), why));
    return { duty, is: 'not', by: 'facts', why, missing: [], ...(rule === undefined ? {} : { rule }) };
  }
  const { organisation, regions } = situation;
  const there = [...counted].flatMap(([place, some]) => (some ? [place] : []));
  const known = [organisation.country, ...regions, ...there];
  if (known.some((place) => people.in.some((one) => touches(place, one)))) return null;
  const why = `The company is not established in ${people.words}, and neither the inventory nor a fact of the incident says that people there are affected.`;
  return outOfReach(duty, why, asked);
}

/** What ends the clock of such a duty: a plain no, or a count of none. */
const nobody = (fact: string, answer: ReturnType<typeof answerOf>, why: string): RulesOut =>
  answer === 'no' ? { fact, is: 'no', why } : { fact, below: 1, why };

/** People "in the US" may be in California. */
const touches = (known: string, wanted: string): boolean =>
  known === wanted || wanted.startsWith(`${known}-`) || known.startsWith(`${wanted}-`);

/** Where people are affected or may be: what the inventory says, and the facts of the incident, which outweigh it. */
export function placesAffected(situation: Pick<Situation, 'regions' | 'facts'>): readonly string[] {
  const counted = countedIn(situation);
  const there = [...counted].flatMap(([place, some]) => (some ? [place] : []));
  const mapped = situation.regions.filter((place) => counted.get(place) !== false);
  return [...new Set([...mapped, ...there])].toSorted();
}

/** By place: whether anybody there is affected, where somebody has recorded it. */
function countedIn({ facts }: Pick<Situation, 'facts'>): ReadonlyMap<string, boolean> {
  const counted = new Map<string, boolean>();
  for (const [fact, view] of facts) {
    const place = PEOPLE.exec(fact)?.[1]?.toUpperCase();
    const answer = answerOf(view);
    if (place === undefined || answer === 'unknown') continue;
    counted.set(place, answer !== 'no' && rangeOf(view.value)?.to !== 0);
  }
  return counted;
}
