import type { Period } from '../base/duration.ts';
import type { Element, Obligation, RulesOut } from '../model/obligation.ts';
import type { Item } from './regulation.ts';

/** The small parts that regimes are written with. */

export const hours = (n: number): Period => ({ kind: 'hours', hours: n });
export const days = (n: number): Period => ({ kind: 'calendar-days', days: n });
export const workingDays = (n: number, calendar: string | null = null): Period => ({
  kind: 'business-days',
  days: n,
  calendar,
});
export const months = (n: number): Period => ({ kind: 'months', months: n, roll: 'none', calendar: null });
export const words = (wording: string): Period => ({ kind: 'none', wording });

/** `may_follow`: the rule allows it to be told later. */
export const element = (
  id: string,
  article: string,
  title: string,
  facts: readonly string[],
  may_follow = false,
): Element => ({ id, article, title, facts, may_follow });

export const item = (regime: string, id: string, title: string, counted = false): Item => ({
  id: `${regime}:${id}`,
  title,
  counted,
});

export const noPersonalData: RulesOut = {
  fact: 'personal-data',
  is: 'no',
  why: 'No personal data are affected.',
};

type Usual = 'provisional' | 'ruled_out_by' | 'elements' | 'owed_by' | 'confidence';

/** A duty of one regime; what is left out is the usual: it runs from the earliest known time, and nothing rules it out but its start. */
export const dutiesOf =
  (regime: string, common: Pick<Obligation, 'version'> & Partial<Obligation>) =>
  (
    own: Omit<Obligation, Usual | 'regime' | 'version' | 'effective_from'> & Partial<Obligation>,
  ): Obligation => ({
    regime,
    owed_by: 'controller',
    provisional: true,
    ruled_out_by: [],
    elements: [],
    confidence: 'third-party',
    effective_from: null,
    ...common,
    ...own,
    id: `${regime}.${own.id}`,
    serves: own.serves.map((one) => `${regime}:${one}`),
  });
