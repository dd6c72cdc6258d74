import type { PersonEntry } from '../incident/person-clocks.ts';
import { dutyOfClock } from '../model/person-clock.ts';
import { bothTimes } from './facts.ts';
import { joined, type Names, type Private, type Sentence } from './sentence.ts';

/** Sentences about the clocks that run for one person each. The person is named in private fields alone. */
export function personClock(entry: PersonEntry, own: Private, { duties, zone }: Names): Sentence {
  const { clock } = entry.pub;
  const title = duties.get(clock)?.title ?? duties.get(dutyOfClock(clock))?.title ?? dutyOfClock(clock);
  switch (entry.kind) {
    case 'clock.opened': {
      const { at, country } = entry.pub;
      const ref = own('ref');
      return {
        what: `Opened ${clock}${ref === '' ? '' : ` (${ref})`}: ${title}`,
        detail: joined(
          `received ${bothTimes(at, zone)}`,
          country === null ? '' : `from ${country}`,
          own('person'),
          own('note'),
        ),
      };
    }
    case 'clock.corrected':
      return {
        what: `Corrected when ${clock} came in: ${bothTimes(entry.pub.at, zone)}, was said in entry ${entry.pub.corrects}`,
        why: own('reason'),
      };
    case 'clock.extended':
      return {
        what: `Made ${clock} longer, by decision of ${entry.pub.decider}`,
        detail: `the person was told ${bothTimes(entry.pub.told, zone)}`,
        why: own('reason'),
      };
    case 'clock.ended':
      return { what: `Ended ${clock}: ${entry.pub.how.replaceAll('-', ' ')}`, why: own('reason') };
  }
}

/** What an entry does to its clock. */
export function personEffect({ kind, pub }: PersonEntry, zone: string): string {
  switch (kind) {
    case 'clock.opened':
      return `starts ${pub.clock}`;
    case 'clock.corrected':
      return `${pub.clock} counts from ${bothTimes(pub.at, zone)}`;
    case 'clock.extended':
      return `makes ${pub.clock} longer`;
    case 'clock.ended':
      return `ends ${pub.clock}`;
  }
}
