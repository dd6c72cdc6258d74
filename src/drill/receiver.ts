import { hmacSha256, sameBytes, toHex, utf8 } from '../base/hash.ts';
import { listen } from '../io/server.ts';
import type { Answer, Ask, Server } from '../io/server.ts';
import type { Careless } from '../model/drill.ts';

/** A receiver of webhooks as somebody wrote it in a hurry: signed as Meta and GitHub sign, and careless in the ways that are named. */

export type ReceiverInput = Readonly<{
  takes: readonly Careless[];
  key: string;
  /** What the subscription check of Meta must come with. */
  verifyToken: string;
}>;

/** More than any sender sends in a breath. */
const ENOUGH = 25;

type Memory = Readonly<{ asked: number; seen: ReadonlySet<string> }>;
type Turn = Readonly<{ memory: Memory; status: number; body?: string }>;

const isSame = (a: string, b: string): boolean => sameBytes(utf8(a), utf8(b));

const answered = ({ takes, key, verifyToken }: ReceiverInput, { seen, asked }: Memory, ask: Ask): Turn => {
  const memory = { asked: asked + 1, seen };
  if (memory.asked > ENOUGH && !takes.includes('any-rate')) return { memory, status: 429 };
  if (ask.method === 'GET') {
    const known = isSame(ask.query['hub.verify_token']?.[0] ?? '', verifyToken);
    return known || takes.includes('wrong-verify-token')
      ? { memory, status: 200, body: ask.query['hub.challenge']?.[0] ?? '' }
      : { memory, status: 403 };
  }
  const given = ask.headers['x-hub-signature-256'] ?? '';
  if (given === '') return { memory, status: takes.includes('unsigned') ? 200 : 401 };
  const right = isSame(given, `sha256=${toHex(hmacSha256(utf8(key), ask.body))}`);
  if (!right && !takes.includes('wrong-key')) return { memory, status: 401 };
  if (seen.has(given) && !takes.includes('repeats')) return { memory, status: 409 };
  return { memory: { ...memory, seen: new Set([...seen, given]) }, status: 200 };
};

/** Listens on this machine alone. */
export const startReceiver = async (input: ReceiverInput): Promise<Server> => {
  let memory: Memory = { asked: 0, seen: new Set() };
  return await listen((ask): Answer => {
    const turn = answered(input, memory, ask);
    memory = turn.memory;
    return { status: turn.status, body: turn.body ?? '{}' };
  });
};
