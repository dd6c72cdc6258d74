import type { AlertEntry } from '../incident/alerts.ts';
import { bothTimes } from './facts.ts';
import type { Names, Private, Sentence } from './sentence.ts';

/** Sentences about who was told that a clock runs out. */
export function alertSentence(entry: AlertEntry, own: Private, { duties, zone }: Names): Sentence {
  if (entry.kind === 'alert.failed') {
    const { way, fault } = entry.pub;
    const who = way === 'slack' ? 'Slack' : 'the command of `alerts`';
    return {
      what: `An alert did not get out by ${who}: ${fault.replaceAll('-', ' ')}`,
      detail: own('detail'),
    };
  }
  const { duty, threshold, due } = entry.pub;
  const title = duties.get(duty)?.title ?? duty;
  return {
    what: `Alert, ${WORDS[threshold] ?? threshold}: ${title}`,
    detail: `${duty}, due ${bothTimes(due, zone)}`,
  };
}

const WORDS: Readonly<Record<string, string>> = {
  half: 'half of its time is left',
  quarter: 'a quarter of its time is left',
  due: 'its time has run out',
  '24h': 'under 24 hours',
  '12h': 'under 12 hours',
  '6h': 'under 6 hours',
  '2h': 'under 2 hours',
  '1h': 'under an hour',
  '30min': 'under 30 minutes',
  '10min': 'under 10 minutes',
};
