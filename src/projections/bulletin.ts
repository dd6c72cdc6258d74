import { formatDistance, MINUTE } from '../base/duration.ts';
import { formatLocal, plus, type Instant } from '../base/instant.ts';
import { visible } from '../base/text.ts';
import type { BulletinEntry } from '../incident/bulletins.ts';
import type { Progress } from '../incident/ready.ts';
import type { IncidentState } from '../incident/state.ts';
import type { BulletinFault, BulletinPlace } from '../model/bulletin.ts';
import { OWN } from '../model/own-duty.ts';
import { bleedingWords, type ContainmentView } from './containment.ts';
import { nextClock, type ClockView } from './countdowns.ts';
import { bothTimes } from './facts.ts';
import type { Private, Sentence } from './sentence.ts';

/** The line that a manager reads who has no access: made of public parts alone, so that nothing anybody typed is in it. */

/** `everyMs`: when the next one is written; null where this one stands alone. */
export type BulletinInput = Readonly<{
  now: Instant;
  zone: string;
  everyMs: number | null;
  state: IncidentState;
  progress: Progress;
  clocks: readonly ClockView[];
  containment: ContainmentView;
}>;

export const bulletinLine = (input: BulletinInput): string => {
  const { state, now, zone } = input;
  const open = state.phase === 'open';
  const parts = [
    ...(open ? [] : ['CLOSED.']),
    ...(state.purpose === 'breach' ? [bleeding(input), steps(input)] : []),
    ...(open ? [due(input), command(state)] : []),
    ending(input),
  ];
  return visible(`${bulletinName(state)}, ${bothTimes(now, zone)}: ${parts.join(' ')}`);
};

/** How a line begins, by which those of other incidents are told apart. */
export const bulletinName = ({ codename, drill }: Pick<IncidentState, 'codename' | 'drill'>): string =>
  drill && !codename.startsWith('DRILL') ? `DRILL ${codename}` : codename;

const bleeding = ({ containment }: BulletinInput): string =>
  `Still bleeding? ${bleedingWords[containment.bleeding].answer}`;

const steps = ({ progress }: BulletinInput): string =>
  [
    `${progress.done} of ${progress.total} steps done`,
    ...(progress.skipped === 0 ? [] : [`${progress.skipped} left out`]),
    ...(progress.unsure === 0 ? [] : [`${progress.unsure} unsure`]),
  ].join(', ') + '.';

const due = ({ clocks, zone }: BulletinInput): string => {
  const clock = nextClock(clocks);
  if (clock === null) return 'No duty is due.';
  // A duty that the company owes by contract was worded by somebody there, perhaps with a customer's name.
  const what = clock.regime === OWN ? `a duty by contract (${clock.duty})` : clock.title;
  const when =
    clock.due === null || clock.leftMs === null
      ? (clock.wording ?? 'no time is known')
      : `${bothTimes(clock.due, zone)}, ${left(clock.leftMs)}`;
  return `Next due: ${what}, ${when}${clock.provisional ? ', PROVISIONAL' : ''}.`;
};

const left = (ms: number): string => {
  const minutes = Math.floor(Math.abs(ms) / MINUTE);
  if (minutes === 0) return 'DUE NOW';
  const length = minutes < 60 ? `${minutes} min` : formatDistance(ms);
  return ms < 0 ? `LATE by ${length}` : `${length} left`;
};

const command = ({ roles }: IncidentState): string => {
  const commander = roles.get('commander');
  return commander === undefined ? 'Nobody has taken command.' : `In command: ${commander}.`;
};

/** Whoever finds an old line must see that it is old. */
const ending = ({ state, now, zone, everyMs }: BulletinInput): string => {
  if (state.phase !== 'open') return 'No line follows.';
  if (everyMs === null) return 'No line follows by itself.';
  return `Next line by ${formatLocal(plus(now, everyMs), zone, 'time')}.`;
};

const placeWords: Readonly<Record<BulletinPlace, string>> = { file: 'the file', slack: 'Slack' };

export const bulletinFailed = (place: BulletinPlace, detail: string): string =>
  `The line for managers does not get out by ${placeWords[place]}: ${detail}. It is tried again each time, and said again only once it works.`;

export const bulletinAgain = (place: BulletinPlace): string =>
  `The line for managers gets out by ${placeWords[place]} again.`;

const faultWords = (fault: BulletinFault): string =>
  fault === 'touched' ? 'the incident is about that very workspace' : fault.replaceAll('-', ' ');

export const bulletinSentence = (entry: BulletinEntry, own: Private): Sentence =>
  entry.kind === 'bulletin.told'
    ? { what: `Managers get a line every few minutes by ${placeWords[entry.pub.place]}` }
    : {
        what: `The line for managers did not get out by ${placeWords[entry.pub.place]}: ${faultWords(entry.pub.fault)}`,
        detail: own('detail'),
      };
