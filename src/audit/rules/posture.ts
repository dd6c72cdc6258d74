import { daysBetween } from '../../base/instant.ts';
import { maskSecrets } from '../../base/mask.ts';
import type { MessageTemplate, Posture } from '../../connectors/posture.ts';
import type { Audited, Hit, Policy, Rule } from '../rule.ts';

/** What systems tell of themselves as a whole: second factors, alerts, numbers, templates. What they do not tell is a question. */

type About = Readonly<{ instance: string; posture: Posture; audited: Audited }>;

/** Whoever answers the questions also owns what is found without a row of the inventory. */
const hitOf = ({ instance, audited }: About, part: string, found: string): Hit => ({
  subject: `${instance}:${part}`,
  owner: audited.policy.asks,
  found,
});

const each =
  (look: (about: About) => readonly Hit[]): Rule['look'] =>
  (audited) =>
    audited.seen.flatMap((one) =>
      one.is === 'asked' ? look({ instance: one.instance, posture: one.posture, audited }) : [],
    );

const numbersOf = ({ posture: { numbers } }: About) => (numbers?.is === 'told' ? numbers.numbers : []);
const templatesOf = ({ posture: { templates } }: About): readonly MessageTemplate[] =>
  templates?.is === 'told' ? templates.templates : [];

const EMAIL = /[\w.+-]+@([\w-]+(?:\.[\w-]+)+)/g;
/** At least nine digits, as numbers are written; fewer are prices and years. */
const PHONE = /\+?\d(?:[ ()/.-]?\d){8,14}(?!\d)/g;

const digits = (text: string): string => text.replaceAll(/\D/g, '').replace(/^00/, '');
const isUnder = (host: string, domains: readonly string[]): boolean =>
  domains.some((domain) => host === domain || host.endsWith(`.${domain}`));

/** What in the fixed words of a template belongs to a person; the company's own addresses and numbers do not. */
const personalIn = (text: string, { domains }: Policy, own: ReadonlySet<string>): readonly string[] => {
  const mails = [...text.matchAll(EMAIL)].filter(([, host = '']) => !isUnder(host.toLowerCase(), domains));
  const masked = maskSecrets(text);
  const phones = [...masked.text.matchAll(PHONE)].filter(([number]) => !own.has(digits(number)));
  return [
    ...(mails.length === 0 ? [] : ['an e-mail address']),
    ...(phones.length === 0 ? [] : ['a telephone number']),
    ...masked.masked.map(({ kind }) => KINDS[kind] ?? kind),
  ];
};
const KINDS: Readonly<Record<string, string>> = {
  'card-number': 'a card number',
  iban: 'an account number',
};

export const postureRules: readonly Rule[] = [
  {
    id: 'mfa-not-enforced',
    title: 'A password alone lets people in',
    severity: 'high',
    why: 'one phished password is then the whole way in',
    fix: 'demand a second factor of everybody, best one that cannot be phished',
    look: each((about) => {
      const { mfa } = about.posture;
      return mfa?.is === 'told' && !mfa.enforced
        ? [hitOf(about, 'mfa', `${about.instance}: ${mfa.detail}`)]
        : [];
    }),
  },
  {
    id: 'secret-alerts-open',
    title: 'Secrets were found in code, and nobody has closed the alerts',
    severity: 'high',
    why: 'each is a key that lies where others read it, and may work tonight',
    fix: 'revoke each at its vendor, then close its alert: closing does not revoke',
    look: each((about) => {
      const { alerts } = about.posture;
      if (alerts?.is !== 'told' || alerts.open === 0) return [];
      const age = daysBetween(alerts.oldest.slice(0, 10), about.audited.today);
      const since = age === null ? '' : `, the oldest for ${age} days`;
      const seen = alerts.public === 0 ? '' : `; seen in public: ${alerts.public}`;
      const hit = hitOf(
        about,
        'secret-alerts',
        `${about.instance}: ${alerts.open} alerts are open${since}${seen}`,
      );
      return [alerts.public === 0 ? hit : { ...hit, severity: 'critical' as const }];
    }),
  },
  {
    id: 'number-unverified',
    title: 'A business number is not verified',
    severity: 'medium',
    why: 'customers cannot tell it from one that somebody made up, and the vendor may switch it off',
    fix: 'verify it and have its name approved, or give it up',
    look: each((about) =>
      numbersOf(about).flatMap(({ id, title, faults }) =>
        faults.length === 0 ? [] : [hitOf(about, id, `${title} (${about.instance}): ${faults.join('; ')}`)],
      ),
    ),
  },
  {
    id: 'template-personal-data',
    title: 'A message template carries data of a person',
    severity: 'high',
    why: 'it goes to everybody who gets the message, and lies at the vendor for good',
    fix: 'put a variable in its place, with a made-up example, and delete the old template',
    look: each((about) => {
      const own = new Set(numbersOf(about).map(({ title }) => digits(title)));
      return templatesOf(about).flatMap(({ id, title, texts }) => {
        const found = new Set(texts.flatMap((text) => personalIn(text, about.audited.policy, own)));
        return found.size === 0
          ? []
          : [hitOf(about, id, `template ${title} (${about.instance}) holds ${[...found].join(', ')}`)];
      });
    }),
  },
  {
    id: 'template-foreign-link',
    title: 'A message template links to a domain that is not yours',
    severity: 'high',
    why: 'customers trust a link in your message; whoever has that domain has them',
    fix: 'name the domain under audit.domains of inventory.yaml, or delete the template',
    look: each((about) => {
      const { domains } = about.audited.policy;
      return templatesOf(about).flatMap(({ id, title, hosts }) => {
        const foreign = hosts.filter((host) =>
          host.includes('{{') ? true : domains.length > 0 && !isUnder(host, domains),
        );
        const words = foreign.map((host) => (host.includes('{{') ? 'wherever a variable says' : host));
        return foreign.length === 0
          ? []
          : [hitOf(about, id, `template ${title} (${about.instance}) links to ${words.join(', ')}`)];
      });
    }),
  },
];
