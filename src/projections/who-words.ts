import { leftOrLate } from '../base/duration.ts';
import { formatLocal, type Instant } from '../base/instant.ts';
import type { Authority, DueDuty, Rung } from './who.ts';

/** What is said of a call and of whoever takes it: the same words on paper, on a screen and in a terminal. */

export const dutyWords = ({ duty, title, provisional, dueLocal, leftMs, wording }: DueDuty): string => {
  const by = provisional ? ', PROVISIONAL' : '';
  if (dueLocal === null || leftMs === null) return `${wording ?? 'no time is set'}${by}: ${title} (${duty})`;
  return `${leftOrLate(leftMs)}, due ${dueLocal}${by}: ${title} (${duty})`;
};

export const contactWords = ({ contact, ageDays, stale }: Rung): string =>
  [
    ageDays < 0
      ? `checked on ${contact.checked}, which is to come`
      : `checked ${ageDays === 1 ? '1 day' : `${ageDays} days`} ago${stale ? ': STALE, the number may be wrong' : ''}`,
    ...(contact.hours === undefined ? [] : [contact.hours]),
    ...(contact.email === undefined ? [] : [contact.email]),
  ].join('; ');

export const authorityWords = ({ read, confidence, note }: Authority): string => {
  const from =
    read === null
      ? 'From memory: look it up before you rely on it.'
      : confidence === 'primary'
        ? `Its own page, as a copy had it on ${read.on}.`
        : `By somebody's account, read ${read.on}: ${read.page}`;
  return note === null ? from : `${note} ${from}`;
};

const HOW: Readonly<Record<string, string>> = {
  reached: 'reached',
  'no-answer': 'no answer',
  'left-message': 'left a message',
};

export const callWords = (
  { attempts, last }: Readonly<{ attempts: number; last: Readonly<{ at: Instant; outcome: string }> | null }>,
  zone: string,
): string =>
  last === null
    ? ''
    : `${attempts === 1 ? 'Rung once' : `Rung ${attempts} times, last`} at ${formatLocal(last.at, zone, 'time')}: ${HOW[last.outcome] ?? last.outcome}.`;
