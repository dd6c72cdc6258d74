import { callWords } from '../../projections/after-action/called.ts';
import type { AfterAction } from '../../projections/after-action/view.ts';
import type { Block } from '../body.ts';
import { heading, list, paragraph, plain } from './parts.ts';

/** What of the team's own was in the drill, what no drill can test, and what only a telephone could tell. */
export const tested = ({ scenario, record }: AfterAction): readonly Block[] => [
  heading('10. Systems and telephones'),
  paragraph(
    plain(
      scenario.company === 'own'
        ? 'Played on the team’s own plan, on systems made up out of its inventory.'
        : 'Played in the built-in company: it says nothing about the systems of the team.',
    ),
  ),
  list(
    scenario.untested.map((one) => `NOT TESTED: ${one}.`),
    scenario.company === 'own'
      ? 'Every system of the inventory was simulated.'
      : 'None of the team’s systems was tested.',
  ),
  list(
    scenario.left.map((one) => `Left out of the scenario: ${one}.`),
    'Nothing of the scenario was left out.',
  ),
  list(
    record.calls.map(
      (call) => `Call test, ${call.contact}: ${callWords(call)}${call.note === null ? '' : `. ${call.note}`}`,
    ),
    'No call test is written down: nobody rang a number of contacts.yaml on a real telephone (firebreak drill call).',
  ),
];
