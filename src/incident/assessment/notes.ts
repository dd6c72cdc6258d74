import type { Facts } from './factors.ts';
import { FEW, LONG_DAYS, taken, TIMELY_HOURS, unreadable } from './risk.ts';

/** What each factor says for and against risk, in a sentence a person can use; only what plays a part is said. */
export type Note = Readonly<{ speaks: 'risk' | 'calm'; text: string }>;

type Rule = Readonly<{ speaks: Note['speaks']; holds: (facts: Facts) => boolean; text: string }>;
const risk = (text: string, holds: Rule['holds']): Rule => ({ speaks: 'risk', holds, text });
const calm = (text: string, holds: Rule['holds']): Rule => ({ speaks: 'calm', holds, text });

const gone = ({ breach }: Facts): boolean => breach.includes('availability') || breach.includes('integrity');
const named = ({ recipient }: Facts): boolean =>
  recipient !== 'unsaid' && recipient !== 'large_uncontrolled_group';

const rules: readonly Rule[] = [
  risk('somebody meant to do it', ({ malicious }) => malicious),
  calm('nobody meant to do it', ({ malicious }) => !malicious),
  risk(
    'data were taken out, and cannot be called back',
    (facts) => facts.malicious && taken(facts) && !unreadable(facts),
  ),
  calm(
    'nothing was taken out; worth as much as the logs that show it',
    ({ exfiltration }) => exfiltration === false,
  ),
  calm('the data cannot be read without a key, and the key is safe', unreadable),
  risk(
    'the data are said to be unreadable, which does not count: the key may be gone, the account was entered, or they are on paper',
    (facts) => facts.data_unintelligible && !unreadable(facts),
  ),
  risk('special categories of data are among them', ({ special_categories }) => special_categories === true),
  risk(
    'a little says something about health',
    ({ special_categories }) => special_categories === 'marginal_health',
  ),
  calm(
    'no special categories of data are among them',
    ({ special_categories }) => special_categories === false,
  ),
  risk('financial data are among them, which serve fraud', ({ financial }) => financial),
  calm('no financial data are among them', ({ financial }) => !financial),
  risk(
    'national identity numbers or documents are among them, which nobody can change',
    ({ national_id }) => national_id,
  ),
  risk('vulnerable people are among them', ({ vulnerable }) => vulnerable),
  calm('they are bare contact data', ({ data }) => data === 'basic_contact'),
  calm('the data hardly lead to a person', ({ identifiable }) => identifiable === 'low'),
  risk(
    `more than ${FEW} people are concerned, or nobody has counted them`,
    ({ subjects }) => subjects.most > FEW,
  ),
  calm(
    `no more than ${FEW} people are concerned; one can still be harmed badly`,
    ({ subjects }) => subjects.most <= FEW,
  ),
  risk(
    'somebody was deceived, and may go on as the person they played',
    ({ social_engineering }) => social_engineering,
  ),
  risk(
    'accounts were entered: what is behind them was open',
    ({ accounts_entered }) => accounts_entered.most > 0,
  ),
  risk('nobody noticed for a month or longer', ({ undetected_days }) => undetected_days.most >= LONG_DAYS),
  risk(
    'whoever took the data had the right to see them, and knows what they are worth',
    ({ insider, malicious }) => insider && malicious,
  ),
  calm('whoever did it is known and can be held to it', ({ insider }) => insider),
  calm(
    'the recipient is bound to secrecy by profession',
    ({ recipient }) => recipient === 'trusted_professional_secrecy',
  ),
  calm('those who received the data are known and can be asked', (facts) => named(facts)),
  risk(
    'those who received the data cannot be called back',
    ({ recipient }) => recipient === 'large_uncontrolled_group',
  ),
  calm('deletion is confirmed', ({ deletion_confirmed }) => deletion_confirmed === true),
  risk(
    'nobody has confirmed that the data are deleted: ask for it in writing',
    (facts) => named(facts) && facts.deletion_confirmed !== true,
  ),
  risk('the device was stolen', ({ device }) => device === 'stolen'),
  calm('the device was wiped from afar', ({ remote_wipe }) => remote_wipe),
  risk('paper cannot be locked, wiped or traced', ({ medium }) => medium === 'paper'),
  calm('a copy is there to restore from', (facts) => gone(facts) && facts.backup === 'available'),
  risk('the only copy is on paper', (facts) => gone(facts) && facts.backup === 'paper_only'),
  risk('the copy was encrypted with the rest', (facts) => gone(facts) && facts.backup === 'also_encrypted'),
  risk('there is no copy', (facts) => gone(facts) && facts.backup === 'none'),
  risk('restoring took longer than a day', ({ restore_hours }) => restore_hours.most > TIMELY_HOURS),
  calm(
    'all was there again within a day',
    (facts) => gone(facts) && facts.restore_hours.most > 0 && facts.restore_hours.most <= TIMELY_HOURS,
  ),
  risk('the service suffered badly', ({ service_impact }) => service_impact === 'major'),
  risk('the service suffered', ({ service_impact }) => service_impact === 'significant'),
  calm('the service hardly suffered', (facts) => gone(facts) && facts.service_impact === 'minor'),
  calm('the service did not suffer', (facts) => gone(facts) && facts.service_impact === 'none'),
];

export const notesOf = (facts: Facts): readonly Note[] =>
  rules.filter(({ holds }) => holds(facts)).map(({ speaks, text }) => ({ speaks, text }));
