import type { Facts } from './factors.ts';

/**
 * How much risk to people the facts carry, after the reasoning of EDPB Guidelines 01/2021 and 9/2022: who has the data, what can
 * be done with them, and what it means that they were gone. Each is a scale; a table gives what each pair of steps asks for.
 * The steps and the tables are our reading of the guidelines; no case is named in them.
 */
export const levels = ['record', 'authority', 'people'] as const;
export type Level = (typeof levels)[number];
export type Risk = Readonly<{ level: Level; text: string }>;

/** More than that many people is no longer few; the number at which ENISA flags a breach. */
export const FEW = 100;
/** From here on even bare contact data are worth a campaign of fraud. */
const CAMPAIGN = 1000;
/** A circle of known recipients that somebody can still talk to one by one. */
const CIRCLE = 50;
/** A copy that is back within a day is what the guidelines call timely. */
export const TIMELY_HOURS = 24;
/** Longer than this unnoticed, what was done in the meantime can no longer be told. */
export const LONG_DAYS = 30;

/** From nobody at all to anybody. */
export const hands = {
  none: 'nobody can have read the data',
  sworn: 'one who is bound to secrecy has confirmed that the data are deleted',
  bound: 'the recipient is known, and bound or willing to delete the data',
  circle: 'a small group of known recipients has the data',
  stranger: 'somebody known, but bound by nothing, saw or has the data',
  looked: 'somebody unauthorised could look at the data, and nothing shows that they were taken',
  insider: 'one of our own people took the data on purpose',
  anybody: 'somebody unknown or hostile has the data',
} as const;
export type Hands = keyof typeof hands;
const handsOrder = Object.keys(hands) as readonly Hands[];

/** From data that lead to nobody to data that can wound. */
export const harms = {
  slight: 'the data hardly lead to a person',
  contact: 'they are bare contact data',
  ordinary: 'they are personal data of the everyday kind, or of a kind that nobody has named',
  misuse: 'they serve fraud or identity theft, or concern people who are easily harmed',
  intimate: 'they are special categories of data, or concern the most easily harmed',
} as const;
export type Harm = keyof typeof harms;
const harmOrder = Object.keys(harms) as readonly Harm[];

const no = 'record';
const sa = 'authority';
const all = 'people';
const asked: Readonly<Record<Hands, Readonly<Record<Harm, Level>>>> = {
  none: { slight: no, contact: no, ordinary: no, misuse: no, intimate: no },
  sworn: { slight: no, contact: no, ordinary: no, misuse: no, intimate: sa },
  bound: { slight: no, contact: no, ordinary: no, misuse: sa, intimate: sa },
  circle: { slight: no, contact: no, ordinary: no, misuse: sa, intimate: all },
  stranger: { slight: no, contact: no, ordinary: sa, misuse: sa, intimate: all },
  looked: { slight: sa, contact: sa, ordinary: sa, misuse: all, intimate: all },
  insider: { slight: sa, contact: sa, ordinary: all, misuse: all, intimate: all },
  anybody: { slight: sa, contact: sa, ordinary: all, misuse: all, intimate: all },
};

export const worst = <T>(order: readonly T[], found: readonly T[], least: T): T =>
  found.reduce((high, next) => (order.indexOf(next) > order.indexOf(high) ? next : high), least);

const oneUp = <T>(order: readonly T[], found: T): T => order[order.indexOf(found) + 1] ?? found;
const oneDown = <T>(order: readonly T[], found: T): T => order[order.indexOf(found) - 1] ?? found;

/** Encryption counts only while the key is safe, and never on paper or behind an account that was entered. */
export const unreadable = (facts: Facts): boolean =>
  facts.data_unintelligible &&
  (facts.key_compromised === false || (facts.key_compromised === 'unsaid' && facts.remote_wipe)) &&
  facts.medium !== 'paper' &&
  facts.accounts_entered.most === 0;

/** Whether anything left, where nobody said so: only an accident that hit no confidentiality is taken to have leaked nothing. */
export const taken = ({ exfiltration, breach, malicious }: Facts): boolean =>
  exfiltration === 'unsaid' ? malicious || breach.includes('confidentiality') : exfiltration;

export function handsOf(facts: Facts): Hands {
  const { breach, recipient, device, malicious, insider, accounts_entered, social_engineering } = facts;
  if (unreadable(facts)) return 'none';
  const found: Hands[] = [];
  if (recipient !== 'unsaid') found.push(received(facts));
  if (device !== 'unsaid')
    found.push(facts.remote_wipe && facts.exfiltration !== true ? 'looked' : 'anybody');
  if (accounts_entered.most > 0 || social_engineering) found.push('anybody');
  const exposed = breach.includes('confidentiality') || taken(facts);
  // A misdirected letter is explained by its recipient; an attack, or a leak to nobody in particular, is not.
  if (exposed && device !== 'stolen' && (malicious || recipient === 'unsaid')) {
    if (insider && !malicious) found.push('stranger');
    else if (!taken(facts)) found.push('looked');
    else found.push(insider ? 'insider' : 'anybody');
  }
  return worst(handsOrder, found, 'none');
}

function received(facts: Facts): Hands {
  const { recipient, recipient_count, deletion_confirmed, subjects } = facts;
  if (recipient === 'large_uncontrolled_group' || recipient_count.most > CIRCLE) return 'anybody';
  const first = (
    {
      trusted_professional_secrecy: deletion_confirmed === true ? 'sworn' : 'bound',
      known_small_group: deletion_confirmed === true ? 'bound' : 'circle',
      known_other_customer: deletion_confirmed === true ? 'circle' : 'stranger',
      unsaid: 'anybody',
    } as const satisfies Record<string, Hands>
  )[recipient];
  // Who was asked and did not confirm is no better than a stranger; and trust in one does not carry many.
  if (deletion_confirmed === false) return worst(handsOrder, [first], 'stranger');
  return subjects.most > FEW ? worst(handsOrder, [first], 'stranger') : first;
}

function harmOf(facts: Facts): Harm {
  const { special_categories, financial, national_id, vulnerable, data, identifiable, accounts_entered } =
    facts;
  const first: Harm = worst(
    harmOrder,
    [
      special_categories === true ? 'intimate' : special_categories === false ? 'contact' : 'ordinary',
      financial || national_id ? 'misuse' : 'contact',
      // What stands behind an account is more than an address.
      data === 'basic_contact' && accounts_entered.most === 0 ? 'contact' : 'ordinary',
    ],
    'contact',
  );
  const raised = vulnerable ? oneUp(harmOrder, first) : first;
  return identifiable === 'low' ? oneDown(harmOrder, raised) : raised;
}

/** Risk from who may have read the data. */
export function reading(facts: Facts): Risk {
  const who = handsOf(facts);
  const what = harmOf(facts);
  if (who === 'none') return { level: 'record', text: hands.none };
  const campaign =
    who === 'anybody' &&
    what === 'contact' &&
    (facts.subjects.most >= CAMPAIGN || facts.undetected_days.most >= LONG_DAYS);
  return {
    level: campaign ? 'people' : asked[who][what],
    text: `${hands[who]}; ${harms[what]}${campaign ? ', of so many or for so long that fraud by message is likely' : ''}`,
  };
}

const losses = {
  none: 'nothing was lost, altered or out of reach',
  timely: 'what was lost or altered was restored in time, with little effect',
  late: 'what was lost or altered took long to restore, or people felt it',
  lost: 'what was lost or altered cannot be restored from a copy',
} as const;
export type Loss = keyof typeof losses;

export function lossOf({ breach, backup, restore_hours, service_impact }: Facts): Loss {
  const felt = service_impact === 'significant' || service_impact === 'major';
  if (!felt && !breach.includes('integrity') && !breach.includes('availability')) return 'none';
  if (!breach.includes('integrity') && !breach.includes('availability')) return 'late';
  if (backup === 'none' || backup === 'also_encrypted') return 'lost';
  return felt || backup === 'paper_only' || restore_hours.most > TIMELY_HOURS ? 'late' : 'timely';
}

/** Risk from data that were gone or wrong. */
export function losing(facts: Facts): Risk {
  const { service_impact, vulnerable, special_categories } = facts;
  const loss = lossOf(facts);
  const delicate = vulnerable || special_categories === true;
  if (loss === 'none' || loss === 'timely') return { level: 'record', text: losses[loss] };
  if (service_impact === 'major')
    return { level: 'people', text: `${losses[loss]}; the service failed people who depend on it` };
  if (delicate && (loss === 'lost' || service_impact === 'significant'))
    return {
      level: 'people',
      text: `${losses[loss]}; people who depend on these data can be harmed by that`,
    };
  return { level: 'authority', text: losses[loss] };
}
