import { englishValues } from '../../projections/facts.ts';
import type { LetterWords } from './wording.ts';

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

export const en: LetterWords = {
  stamps: { DRILL: 'DRILL', DRAFT: 'DRAFT' },
  drill: 'DRILL. This is an exercise: nothing in this letter has happened. Do not send it.',
  draft: 'DRAFT. Required information is missing, see the marks below. Do not send it yet.',
  trial: 'DRAFT. This is a trial: it was made to be looked at. Do not send it.',
  notice: (further) => (further === 1 ? 'First notification' : `Further notification, part ${further}`),
  follows: (phased) => `Not yet known, will follow${phased ? ' (Art. 33(4) GDPR)' : ''}`,
  missing: (what) => `[MISSING: ${what}]`,
  sealed: (what) => `[SEALED: ${what}; open the incident with its key]`,
  mapped: 'from our data map, the most that could be affected; not yet confirmed',
  cite: (article) => article,
  values: englishValues,
  basis: (words) => `basis: ${words}`,
  known: { observed: 'observed', log: 'log', told: 'told', estimated: 'estimated' },
  original: (words) => `in the original words: "${words}"`,
  roles: { processor: 'processor', controller: 'controller', 'joint-controller': 'joint controller' },
  holds: null,
  duties: null,
  asked: (when) => `asked at ${when}`,
  submitted: (when) => `submitted ${when}`,
  unproved: 'proof not recorded yet',
  acknowledged: (when) => `acknowledged ${when}`,
  evidence: (size, when, sha256) => `${size} bytes, taken ${when}, SHA-256 ${sha256}`,
  moments: {
    earliest: 'earliest known time',
    opened: 'incident opened',
    aware: 'aware of the breach',
    stopped: (title) => `${title} stopped and proved`,
  },
  day: (year, month, day) => `${day} ${months[month - 1] ?? month} ${year}`,
  time: null,
  kinds: {},
  named: (name) => `Dear ${name},`,
  unnamed: 'Dear customer,',
  page: ['Page ', ' of ', ''],
};
