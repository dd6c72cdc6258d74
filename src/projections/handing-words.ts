import type { HandingEntry } from '../incident/handed.ts';
import type { IncidentState } from '../incident/state.ts';
import { bothTimes } from './facts.ts';
import type { Private, Sentence } from './sentence.ts';

/** What is said of a journal that goes from one machine to another. */
export const handingSentence = (entry: HandingEntry, own: Private): Sentence => {
  switch (entry.kind) {
    case 'journal.handed':
      return {
        what: `Handed the incident over to another machine: ${entry.pub.to}`,
        detail: `only the key ${entry.pub.to_key} may go on behind this entry`,
      };
    case 'journal.kept':
      return {
        what: `It goes on here all the same, although entry ${entry.pub.handed} handed it over`,
        why: own('reason'),
      };
    case 'origin.changed':
      return {
        what: `Goes on at another machine, after ${entry.pub.size} entries of the one before`,
        detail: `root ${entry.pub.root}, signed until then by ${entry.pub.from_log}, from here on by ${entry.pub.key}`,
      };
  }
};

/** What stands above everything else while an incident goes on elsewhere; null where it goes on here. */
export const handedLine = ({ handed }: Pick<IncidentState, 'handed'>, zone: string): string | null =>
  handed === null
    ? null
    : `HANDED OVER to ${handed.to} in entry #${handed.n}, ${bothTimes(handed.at, zone)}, by ${handed.by}: go on there. Here it can only be read.`;
