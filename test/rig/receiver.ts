import { createHmac, timingSafeEqual } from 'node:crypto';
import { listen } from '../../src/io/server.ts';
import type { Ask, Reply, Server } from '../../src/io/server.ts';

/** A webhook receiver as a team would write it, by the vendors' descriptions and not by our own code: right, or careless in one way. */

export type Care =
  | 'right'
  | 'takes-unsigned'
  | 'compares-nothing'
  | 'signs-what-it-parsed'
  | 'has-an-empty-key'
  | 'forgets-the-time'
  | 'takes-repeats'
  | 'limits-nothing'
  | 'believes-any-verify-token'
  | 'breaks'
  | 'refuses-everything';
export type Sender = 'meta' | 'github' | 'slack' | 'stripe' | 'twilio';

const mac = (algorithm: 'sha1' | 'sha256', key: string, text: string, encoding: 'hex' | 'base64'): string =>
  createHmac(algorithm, key).update(text).digest(encoding);
const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

type Sign = Readonly<{ given: string; wanted: (key: string, body: string) => string; time: number | null }>;

const signOf = (sender: Sender, { headers }: Ask, url: string): Sign => {
  const head = (name: string): string => headers[name] ?? '';
  if (sender === 'meta' || sender === 'github')
    return {
      given: head('x-hub-signature-256'),
      wanted: (key, body) => `sha256=${mac('sha256', key, body, 'hex')}`,
      time: null,
    };
  if (sender === 'slack') {
    const time = head('x-slack-request-timestamp');
    return {
      given: head('x-slack-signature'),
      wanted: (key, body) => `v0=${mac('sha256', key, `v0:${time}:${body}`, 'hex')}`,
      time: Number(time),
    };
  }
  if (sender === 'stripe') {
    const [, time = '', v1 = ''] = /^t=(\d+),v1=(\w+)$/.exec(head('stripe-signature')) ?? [];
    return {
      given: v1,
      wanted: (key, body) => mac('sha256', key, `${time}.${body}`, 'hex'),
      time: Number(time),
    };
  }
  return {
    given: head('x-twilio-signature'),
    wanted: (key, body) => {
      const fields = Object.fromEntries(new URLSearchParams(body));
      const joined = Object.keys(fields)
        .toSorted()
        .map((name) => `${name}${fields[name]}`);
      return mac('sha1', key, url + joined.join(''), 'base64');
    },
    time: null,
  };
};

/** What a receiver sees that hashes again what it has parsed, and knows the fields it wants. */
const parsed = (sender: Sender, body: string): string => {
  if (sender === 'twilio') return body.replace(/&Changed=1$/, '');
  const { changed, ...rest } = JSON.parse(body) as Record<string, unknown>;
  void changed;
  return JSON.stringify(rest);
};

const LIMIT = 25;

export const startReceiver = async (
  sender: Sender,
  care: Care,
  secrets: Readonly<{ key: string; verifyToken: string }>,
): Promise<Server & { readonly asked: readonly Ask[] }> => {
  const asked: Ask[] = [];
  const seen = new Set<string>();
  let url = '';
  const handle = (ask: Ask): Reply => {
    asked.push(ask);
    const say = (status: number, body = '{}'): Reply => ({ status, body });
    if (care === 'breaks') return say(500);
    if (care !== 'limits-nothing' && asked.length > LIMIT) return say(429);
    if (ask.method === 'GET') {
      const token = ask.query['hub.verify_token']?.[0] ?? '';
      const let_in =
        care === 'believes-any-verify-token' ||
        (same(token, secrets.verifyToken) && care !== 'refuses-everything');
      return let_in ? say(200, ask.query['hub.challenge']?.[0] ?? '') : say(403);
    }
    const { given, wanted, time } = signOf(sender, ask, url);
    if (care === 'refuses-everything') return say(401);
    if (given === '') return say(care === 'takes-unsigned' ? 200 : 401);
    if (care === 'compares-nothing') return say(200);
    const body = care === 'signs-what-it-parsed' ? parsed(sender, ask.body) : ask.body;
    const keys = care === 'has-an-empty-key' ? [secrets.key, ''] : [secrets.key];
    if (!keys.some((key) => same(given, wanted(key, body)))) return say(401);
    const stale = time !== null && Math.abs(Date.now() / 1000 - time) > 300;
    if (stale && care !== 'forgets-the-time') return say(401);
    if (seen.has(given) && care !== 'takes-repeats') return say(409);
    seen.add(given);
    return say(200);
  };
  const server = await listen(handle);
  url = `${server.url}/hook`;
  return { ...server, asked };
};
