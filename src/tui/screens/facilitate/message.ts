import type { Backstage } from '../../../app/contract.ts';
import { listed } from '../../parts/line.ts';
import type { Block } from '../../places.ts';
import type { Tone } from '../../theme.ts';

/** One message of the scenario: how it stands, and all there is to know about it. */

export type Queued = Backstage['queue'][number];

export const minuteWords = (minute: number | null): string => (minute === null ? 'T+?' : `T+${minute}`);

type Sign = Readonly<{ word: string; says: string; tone: Tone }>;
const signs: Readonly<Record<Queued['state'], Sign>> = {
  arrived: { word: 'CAME', says: 'it has arrived', tone: 'dim' },
  due: { word: 'DUE', says: 'it comes at the next turn', tone: 'warn' },
  waiting: { word: 'PLANNED', says: 'it comes by itself', tone: 'plain' },
  conditional: { word: 'IF', says: 'only a wrong move or its condition brings it', tone: 'dim' },
  held: { word: 'HELD', says: 'it waits until you send it', tone: 'warn' },
  skipped: { word: 'SKIPPED', says: 'it does not come', tone: 'dim' },
};

/** It asked for something, its time is over, and it was not done. */
const isLate = ({ state, minute, within, expect }: Queued, now: number): boolean =>
  state === 'arrived' &&
  minute !== null &&
  within !== null &&
  now > minute + within &&
  expect.some(({ done }) => !done);

export const signOf = (one: Queued, now: number): Sign =>
  isLate(one, now)
    ? { word: 'LATE', says: 'nobody has done what it asks for', tone: 'bad' }
    : signs[one.state];

/** What the players should do about it; empty where nothing is expected. */
const expectedWords = ({ expect, within }: Queued): string => {
  if (expect.length === 0) return '';
  const steps = expect.map(({ step, done }) => `${step}${done ? ' (done)' : ''}`).join(', ');
  return `Expect ${steps}${within === null ? '' : ` within ${within} min`}`;
};

const wordsOf = (one: Queued): readonly string[] =>
  [
    one.artifact === null ? '' : `With it comes ${one.artifact}`,
    one.condition === null ? '' : `Comes if: ${one.condition}`,
    expectedWords(one),
    one.note === null ? '' : `Watch for: ${one.note}`,
  ].filter((text) => text !== '');

export const aboutWords = (one: Queued): readonly string[] => [
  `From ${one.from} to ${one.to} by ${one.channel}: ${one.body.trim().replaceAll(/\s+/g, ' ')}`,
  ...wordsOf(one),
];

export const messageBlocks = (one: Queued): readonly Block[] => [
  {
    head: `${minuteWords(one.minute)} ${one.channel} from ${one.from} to ${one.to}`,
    body: one.body,
  },
  { head: signs[one.state].word, body: listed([signs[one.state].says, ...wordsOf(one)]) },
];
