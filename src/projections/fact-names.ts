/**
 * What a fact is called by people who were not there. Its id is what is typed and what the journal keeps; a manager, an authority or a
 * court reads these words. A fact that a team made up is called by its id, with spaces.
 */
const names: Readonly<Record<string, string>> = {
  'access-asked': 'that access to the data was asked for',
  'access-evidence': 'who fetched it, and what no log shows',
  advice: 'what people are advised to do',
  aware: 'when the company became aware',
  breach: 'confidentiality, integrity or availability',
  'breach-dates': 'when the breach took place',
  'breach-determined': 'when a breach was determined',
  'breach-discovered': 'when the breach was discovered',
  'card-exposure': 'how long card data were exposed',
  'card-fate': 'whether the card numbers are deleted or brought into scope',
  'card-origin': 'why card numbers are written there',
  'card-places': 'where card numbers lie',
  'cardholder-data-suspected': 'suspicion that card data are affected',
  'cards-count': 'number of cards at risk',
  cause: 'cause',
  'classified-major': 'when it was classified as major',
  consequences: 'likely consequences',
  'contact-point': 'contact point',
  costs: 'costs',
  'cross-border': 'people in more than one Member State',
  cut: 'what was taken off the air',
  'data-categories': 'kinds of data',
  'data-unintelligible': 'whether the data are unintelligible to others',
  'delay-reasons': 'reasons for the delay',
  'deletion-order': 'orders to wipe or delete',
  discovered: 'when it was discovered',
  'earliest-sign': 'earliest sign',
  effects: 'effects',
  exfiltration: 'whether data were taken out',
  'exposure-window': 'how long data were exposed',
  financial: 'whether data about money are among it',
  'high-risk': 'whether a high risk to people is likely',
  'ico-registration': 'registration number with the Commissioner',
  'incident-kind': 'kind of incident',
  'incident-noticed': 'when the incident was noticed',
  'insurer-notified': 'when the insurer was told',
  'leaked-token': 'leaked token',
  malicious: 'whether it was an attack',
  measures: 'measures taken and proposed',
  'merchant-ids': 'merchant numbers affected',
  'misdirected-at': 'when it reached the wrong people',
  'misdirected-what': 'what reached the wrong people',
  nature: 'what happened',
  'neighbour-items': 'neighbours of the suspect',
  'next-items': 'next ring of neighbours',
  'next-steps': 'next steps',
  'not-touched': 'suspect systems that stay untouched',
  'other-controllers': 'other controllers concerned',
  'people-gb': 'people in the United Kingdom',
  'people-informed': 'whether the people were told',
  'people-not-told': 'why the people are not told',
  'people-route': 'how the people were told',
  'personal-data': 'whether personal data are affected',
  'pfi-engaged': 'when a forensic investigator was engaged',
  'pfi-required': 'when a forensic investigator was asked for',
  'platform-data': "whether data of Meta's platform are affected",
  'policy-number': 'number of the insurance policy',
  prevention: 'measures against a breach of the same kind',
  'processor-aware': 'when the company became aware as a processor',
  'records-count': 'number of records',
  'remedial-action': 'remedial action',
  report: 'what was reported',
  'restore-hours': 'time to restore',
  'retention-due': 'whether it should still exist',
  'risk-unlikely': 'whether a risk to people is unlikely',
  safeguards: 'protection before the breach',
  'safety-at-risk': "whether somebody's safety is at risk",
  'sensitive-auth-data': 'whether card verification data are among it',
  'service-impact': 'impact on the service',
  'shared-account': 'token of the shared account',
  'sibling-tokens': 'other tokens of the same app',
  'special-category': 'whether special categories of data are among it',
  'staff-training': 'training of the staff involved',
  'subject-categories': 'who is affected',
  'subjects-count': 'number of people affected',
  'suspect-credentials': 'credentials of the suspect',
  'suspect-items': 'what is suspected',
  trail: 'whether the trail ends here',
  'vendors-engaged': 'vendors engaged',
  vulnerable: 'whether vulnerable people are among them',
};

export const factName = (id: string): string =>
  Object.hasOwn(names, id) ? (names[id] ?? id) : id.replaceAll('-', ' ');

/** At the head of a line. */
export const factHeading = (id: string): string => {
  const name = factName(id);
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
};

/** With the id behind it, for whoever has to type it or looks for it in the journal. */
export const factWithId = (id: string): string => {
  const name = factName(id);
  return name === id ? id : `${name} (${id})`;
};

/** A condition of a runbook as it is read aloud; what is no question about a fact stays as it was written. */
export const conditionWords = (condition: string): string =>
  condition
    .replaceAll(/\bfacts\.(\w{1,60})/g, (_, id: string) => `"${factName(id.replaceAll('_', '-'))}"`)
    .replaceAll(/ (==|!=) (null|true|false|"(?:[\w-]{1,60})")/g, (_, how: string, value: string) => {
      if (value === 'null') return how === '!=' ? ' is known' : ' is not known';
      const words =
        value === 'true' ? 'yes' : value === 'false' ? 'no' : value.slice(1, -1).replaceAll('-', ' ');
      return ` is ${how === '!=' ? 'not ' : ''}${words}`;
    })
    .replaceAll(' && ', ' and ')
    .replaceAll(' || ', ' or ');
