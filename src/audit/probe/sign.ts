import { hmacSha1, hmacSha256, toBase64, toHex, utf8 } from '../../base/hash.ts';
import type { Sender } from '../../model/governance.ts';

/** The signatures that senders of webhooks make, as their receivers must check them. */

export type Signing = Readonly<{ url: string; body: string; key: string; seconds: number }>;
export type Headers = Readonly<Record<string, string>>;

const hex = (key: string, text: string): string => toHex(hmacSha256(utf8(key), text));

/** Twilio signs the address and the fields in the order of their names, each name and value joined without a sign. */
const twilioText = (url: string, body: string): string =>
  [...new URLSearchParams(body)]
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .reduce((text, [name, value]) => text + name + value, url);

const makers: Readonly<Record<Sender, (one: Signing) => Headers>> = {
  meta: ({ key, body }) => ({ 'x-hub-signature-256': `sha256=${hex(key, body)}` }),
  github: ({ key, body }) => ({ 'x-hub-signature-256': `sha256=${hex(key, body)}` }),
  slack: ({ key, body, seconds }) => ({
    'x-slack-request-timestamp': String(seconds),
    'x-slack-signature': `v0=${hex(key, `v0:${seconds}:${body}`)}`,
  }),
  stripe: ({ key, body, seconds }) => ({
    'stripe-signature': `t=${seconds},v1=${hex(key, `${seconds}.${body}`)}`,
  }),
  twilio: ({ key, body, url }) => ({
    'x-twilio-signature': toBase64(hmacSha1(utf8(key), twilioText(url, body))),
  }),
};

export const signed = (sender: Sender, one: Signing): Headers => makers[sender](one);

/** Those whose signature covers a time: an old one must be refused. */
export const isTimed = (sender: Sender): boolean => sender === 'slack' || sender === 'stripe';
