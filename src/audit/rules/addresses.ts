import type { Sends } from '../../connectors/connector.ts';
import type { Audited, Hit, Rule } from '../rule.ts';
import { nameOf, ownerOf, subjectOf } from '../rule.ts';

/** Where events are sent to, and how. */

type Sending = Readonly<{ hit: Omit<Hit, 'found'>; name: string; sends: Sends; test: boolean }>;

/** What is paused sends nothing, and says so already where the inventory is compared. */
const sending = ({ things }: Audited): readonly Sending[] =>
  things.flatMap((thing) =>
    thing.item.sends === undefined || thing.item.state === 'paused'
      ? []
      : [
          {
            hit: { subject: subjectOf(thing), owner: ownerOf(thing) },
            name: nameOf(thing),
            sends: thing.item.sends,
            test: thing.item.test === true,
          },
        ],
  );

const about =
  (says: (sends: Sends) => string | null): Rule['look'] =>
  (audited) =>
    sending(audited).flatMap(({ hit, name, sends }) => {
      const found = says(sends);
      return found === null ? [] : [{ ...hit, found: `${name} ${found}` }];
    });

const bare = (host: string): string =>
  host
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase();

/** Addresses that lead into a private network (RFC 1918, 3927, 4193, 6598) or nowhere. */
const PRIVATE =
  /^(10\.|127\.|0\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1$|f[cd][0-9a-f]{2}:|fe80:|localhost$)|\.(local|internal|lan|home\.arpa|localhost)$/;
const TUNNEL =
  /(^|\.)(ngrok(-free)?\.(io|app|dev)|loca\.lt|localtunnel\.me|serveo\.net|trycloudflare\.com|localhost\.run|lhr\.life|pagekite\.me)$/;
const BIN =
  /(^|\.)(webhook\.site|requestbin\.(com|net)|request-bin\.com|pipedream\.net|beeceptor\.com|hookbin\.com|requestcatcher\.com|postb\.in|ptsv[23]?\.com|mockbin\.(io|org)|oastify\.com|burpcollaborator\.net|interact\.sh)$/;

/** Why a host is odd; null for one that is not. */
export const oddHost = (host: string): string | null => {
  const name = bare(host);
  if (PRIVATE.test(name)) return 'a private address: the sender cannot reach it, or somebody tunnels it';
  if (TUNNEL.test(name)) return 'a tunnel to somebody’s own computer';
  if (BIN.test(name)) return 'a request bin, where anybody with the link reads along';
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(name) || name.includes(':'))
    return 'a bare IP address: whoever is given it next gets the messages';
  return null;
};

export const addressRules: readonly Rule[] = [
  {
    id: 'endpoint-http',
    title: 'Messages are sent without TLS',
    severity: 'critical',
    why: 'anybody on the way reads the messages, and the secret or signature with them',
    fix: 'give it an https address',
    look: about(({ scheme, host }) => (scheme === 'http' ? `sends to http://${host}` : null)),
  },
  {
    id: 'endpoint-unsigned',
    title: 'Deliveries carry no signature',
    severity: 'high',
    why: 'whoever knows the address can send made-up messages to it',
    fix: 'set a signing secret at the sender, and check it in the receiver',
    look: about(({ signed, host }) => (signed === 'no' ? `sends to ${host} without a signing secret` : null)),
  },
  {
    id: 'endpoint-tls-unchecked',
    title: 'The sender does not check the certificate',
    severity: 'high',
    why: 'anybody who answers for the address gets the messages',
    fix: 'switch verification on, and give the receiver a valid certificate',
    look: about(({ tls, host }) =>
      tls === 'unchecked' ? `does not check the certificate of ${host}` : null,
    ),
  },
  {
    id: 'endpoint-get',
    title: 'Messages stand in the address',
    severity: 'high',
    why: 'addresses land in the logs of every server and proxy on the way',
    fix: 'have it delivered by POST',
    look: about(({ method, host }) => (method === 'GET' ? `delivers to ${host} by GET` : null)),
  },
  {
    id: 'endpoint-all-events',
    title: 'Everything is sent, needed or not',
    severity: 'medium',
    why: 'what is not needed leaks all the same',
    fix: 'subscribe to the events that the receiver works on',
    look: about(({ events, host }) => (events === 'all' ? `sends every event to ${host}` : null)),
  },
  {
    id: 'endpoint-odd-host',
    title: 'Messages go to an odd place',
    severity: 'critical',
    why: 'tests that were forgotten, and thieves, both send to such places',
    fix: 'find out who set it; pause it where nobody knows',
    look: about(({ host }) => {
      const odd = oddHost(host);
      return odd === null ? null : `sends to ${host}, ${odd}`;
    }),
  },
  {
    id: 'endpoint-foreign',
    title: 'Messages go to a domain that is not yours',
    severity: 'medium',
    why: 'a webhook to somebody else is a processor, or a thief',
    fix: 'name the domain under audit.domains of inventory.yaml, or pause it',
    look: (audited) =>
      audited.policy.domains.length === 0
        ? []
        : about(({ host }) =>
            oddHost(host) !== null || isUnder(bare(host), audited.policy.domains) ? null : `sends to ${host}`,
          )(audited),
  },
  {
    id: 'endpoint-failing',
    title: 'Deliveries fail',
    severity: 'medium',
    why: 'what nobody receives, nobody watches; the domain may be free for somebody else to take',
    fix: 'mend the receiver, or take the webhook out',
    look: about(({ failing, host }) => (failing === undefined ? null : `fails at ${host}: ${failing}`)),
  },
  {
    id: 'endpoint-test',
    title: 'A test is still connected',
    severity: 'medium',
    why: 'tests are looked after less, and often get real data all the same',
    fix: 'take it out',
    look: (audited) =>
      sending(audited).flatMap(({ hit, name, test }) =>
        test || /\b(test|tests|testing|staging|sandbox|demo|tmp)\b/i.test(name)
          ? [{ ...hit, found: `${name} is a test and still active` }]
          : [],
      ),
  },
];

const isUnder = (host: string, domains: readonly string[]): boolean =>
  domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
