export { callWords } from '../incident/called.ts';
import type { DrillPlace } from './place-contract.ts';

/** In whose company a drill is played, in words; the same before it, on its first screen and on the command line. */
export type PlacePart = Readonly<{ head: string; rows: readonly string[] }>;

const standRows = ({ stands }: DrillPlace): readonly string[] =>
  stands.map(({ what, from, to, because }) =>
    to === null ? `${what} ${from}: NOTHING OF YOURS, ${because}` : `${what} ${from} is ${to} (${because})`,
  );

const CHANGE = 'drills.yaml in the workspace changes it: firebreak help drills';

const part = (head: string, rows: readonly string[]): readonly PlacePart[] =>
  rows.length === 0 ? [] : [{ head, rows }];

/** Nothing is said where the scenario is played as it was written, in the company it was written for. */
export const placeParts = (place: DrillPlace): readonly PlacePart[] => {
  if (place.company === 'built-in') return [];
  const stands = standRows(place);
  const { call } = place;
  return [
    ...part('CANNOT BE PLAYED HERE', place.cannot),
    ...part('NOT TESTED: no drill can play these systems', place.untested),
    ...part('What of yours stands for what', stands.length === 0 ? [] : [...stands, CHANGE]),
    ...part('Left out, and not measured', place.left),
    ...part(
      'CALL TEST, on a real telephone',
      call === null
        ? ['contacts.yaml names nobody: there is nobody to ring, and that is a finding']
        : [
            `Ring ${call.name}, ${call.phone}. Say first that it is an exercise.`,
            `Then write down what came of it: firebreak drill call ${call.contact} --result reached --rung TIME --answered TIME`,
          ],
    ),
  ];
};

/** One line for whoever looks at the drill from outside. */
export const placeLine = ({ company, name }: DrillPlace): string =>
  company === 'own'
    ? `In your own company, ${name}: its systems are simulated, its secrets are made up`
    : `In the built-in company, ${name}`;

/** How somebody comes into a drill that waits or was left. */
export const joinCommand = (runbook: string): string => `firebreak drill run ${runbook}`;
