import type { Sender } from '../../model/governance.ts';
import { isTimed, signed } from './sign.ts';
import type { Headers } from './sign.ts';

/** What is sent to a receiver of one's own to see what it takes. Pure: the requests, and what each answer means. */

export type ProbeId =
  | 'right'
  | 'unsigned'
  | 'wrong-key'
  | 'other-bytes'
  | 'empty-key'
  | 'old'
  | 'replay'
  | 'http'
  | 'verify-right'
  | 'verify-wrong';

export type Probe = Readonly<{
  id: ProbeId;
  title: string;
  method: 'GET' | 'POST';
  url: string;
  headers: Headers;
  body: string | null;
  /** What a careful receiver does with it. */
  should: 'take' | 'refuse';
  /** For a GET of Meta's: taken is an answer that repeats this. */
  echo: string | null;
}>;

export type Subject = Readonly<{
  sender: Sender;
  url: string;
  /** Null where the inventory names no secret: then only what needs none is tried. */
  key: string | null;
  verifyToken: string | null;
  seconds: number;
  /** Of this run alone: the id of its messages, and a key that nobody has. */
  nonce: string;
}>;

/** Harmless to whoever works on it: an event that nobody has subscribed to, with no person in it. */
const bodyFor = (sender: Sender, nonce: string): string => {
  switch (sender) {
    case 'meta':
      return JSON.stringify({ object: 'firebreak_probe', entry: [], id: nonce });
    case 'github':
      return JSON.stringify({ zen: 'firebreak probe', hook_id: 0, probe: nonce });
    case 'slack':
      return JSON.stringify({ type: 'url_verification', challenge: nonce, token: 'none' });
    case 'stripe':
      return JSON.stringify({
        id: `evt_${nonce}`,
        object: 'event',
        type: 'firebreak.probe',
        data: { object: {} },
      });
    case 'twilio':
      return new URLSearchParams({
        AccountSid: 'ACfirebreakprobe',
        Body: '',
        FirebreakProbe: nonce,
      }).toString();
  }
};

const plain = (sender: Sender, nonce: string): Headers => ({
  'content-type': sender === 'twilio' ? 'application/x-www-form-urlencoded' : 'application/json',
  'user-agent': 'firebreak-probe',
  ...(sender === 'github' ? { 'x-github-event': 'ping', 'x-github-delivery': nonce } : {}),
});

const other = (body: string, sender: Sender): string =>
  sender === 'twilio' ? `${body}&Changed=1` : `${body.slice(0, -1)},"changed":1}`;

const HOUR_SECONDS = 3600;

export const probesFor = (subject: Subject): readonly Probe[] => {
  const { key } = subject;
  const right = key === null ? null : made(subject, 'right', 'rightly signed', 'take', { key });
  const keyed: readonly Probe[] =
    key === null || right === null
      ? []
      : [
          right,
          made(subject, 'other-bytes', 'a right signature over other bytes', 'refuse', { key, other: true }),
          ...(isTimed(subject.sender)
            ? [made(subject, 'old', 'rightly signed an hour ago', 'refuse', { key, ago: HOUR_SECONDS })]
            : []),
          { ...right, id: 'replay', title: 'the first one once more', should: 'refuse' },
        ];
  return [
    ...keyed,
    made(subject, 'unsigned', 'without a signature', 'refuse', {}),
    made(subject, 'wrong-key', 'signed with another key', 'refuse', { key: `not-${subject.nonce}` }),
    made(subject, 'empty-key', 'signed with an empty key', 'refuse', { key: '' }),
    ...clearProbe(subject),
    ...(subject.sender === 'meta' ? verifyProbes(subject) : []),
  ];
};

type Making = Readonly<{ key?: string; other?: boolean; ago?: number; url?: string }>;

/** Each a message of its own: what a receiver has seen before it may refuse for that alone. */
const made = (
  { sender, url: own, seconds, nonce }: Subject,
  id: ProbeId,
  title: string,
  should: Probe['should'],
  { key, other: changed = false, ago = 0, url = own }: Making,
): Probe => {
  const message = `${nonce}-${id}`;
  const body = bodyFor(sender, message);
  const signature = key === undefined ? {} : signed(sender, { url, body, key, seconds: seconds - ago });
  return {
    id,
    title,
    method: 'POST',
    url,
    headers: { ...plain(sender, message), ...signature },
    body: changed ? other(body, sender) : body,
    should,
    echo: null,
  };
};

/** The same without TLS. An address with a port of its own has no twin that could be guessed. */
const clearProbe = (subject: Subject): readonly Probe[] => {
  const url = new URL(subject.url);
  if (url.protocol !== 'https:' || url.port !== '') return [];
  url.protocol = 'http:';
  return [made(subject, 'http', 'over http, without TLS', 'refuse', { url: url.href })];
};

const verifyProbes = ({ url, verifyToken, nonce }: Subject): readonly Probe[] => {
  const get = (id: ProbeId, title: string, should: Probe['should'], token: string): Probe => {
    const asked = new URL(url);
    asked.searchParams.set('hub.mode', 'subscribe');
    asked.searchParams.set('hub.verify_token', token);
    asked.searchParams.set('hub.challenge', nonce);
    return { id, title, method: 'GET', url: asked.href, headers: {}, body: null, should, echo: nonce };
  };
  return [
    get('verify-wrong', 'a subscription with a wrong verify token', 'refuse', `not-${nonce}`),
    ...(verifyToken === null
      ? []
      : [get('verify-right', 'a subscription with the right verify token', 'take', verifyToken)]),
  ];
};

/** What came back: null where nothing did. */
export type Answer = Readonly<{ status: number; text: string }> | null;
export type Verdict = Readonly<{
  id: ProbeId;
  title: string;
  status: number | null;
  did: 'took' | 'refused' | 'broke' | 'no-answer';
  /** `unclear`: it cannot be told from outside. */
  is: 'good' | 'bad' | 'unclear';
  says: string;
}>;

const didOf = ({ echo }: Probe, answer: Answer): Verdict['did'] => {
  if (answer === null) return 'no-answer';
  const { status, text } = answer;
  if (status >= 500) return 'broke';
  const fine = status >= 200 && status < 300;
  return fine && (echo === null || text.includes(echo)) ? 'took' : 'refused';
};

export const verdictOf = (probe: Probe, answer: Answer): Verdict => {
  const { id, title, should } = probe;
  const did = didOf(probe, answer);
  const verdict = (is: Verdict['is'], says: string): Verdict => ({
    id,
    title,
    status: answer?.status ?? null,
    did,
    is,
    says,
  });
  if (id === 'http' && did === 'no-answer') return verdict('good', 'nothing listens there');
  if (did === 'no-answer') return verdict('unclear', 'no answer came');
  if (did === 'broke')
    return verdict('bad', 'it broke: a stranger can make it fail, and nobody knows what it did before');
  if (should === 'take')
    return did === 'took'
      ? verdict('good', 'it takes what is right')
      : verdict(
          'unclear',
          'it refuses what is right, so its other refusals prove nothing: check secret and address',
        );
  if (did === 'refused') return verdict('good', 'it refuses');
  return id === 'replay'
    ? verdict(
        'unclear',
        'it answers a repeat like the first: make sure that it drops what it has seen, by its id',
      )
    : verdict('bad', WHY[id] ?? 'it takes what it must refuse');
};

const WHY: Readonly<Partial<Record<ProbeId, string>>> = {
  unsigned: 'it takes what nobody signed: anybody can send it messages',
  'wrong-key': 'it does not compare the signature',
  'other-bytes': 'it does not sign the bytes that came: whoever has one signature can change the message',
  'empty-key': 'its key is empty: anybody can sign',
  old: 'it takes what was signed an hour ago: what somebody recorded can be played again',
  http: 'it takes messages without TLS',
  'verify-wrong': 'it lets anybody subscribe its address',
};

/** Requests that see whether it limits rate: few enough to hurt nobody, more than any sender sends in a second. */
export const BURST = { requests: 40, atOnce: 5 } as const;
export const isLimited = (status: number): boolean => status === 429;
