import { appendFileSync, fsyncSync, openSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RetryClass } from '../../src/model/action.ts';

/**
 * A vendor on 127.0.0.1. What it did is in a file of its own before it answers, and that file alone is what effects are counted
 * from. A: honours an idempotency key. B: knows the state that was asked for. C: can be asked what is there. D: neither.
 */

export type Moment = 'applied' | 'late' | 'later' | 'asked';

/** How the next requests are treated instead; returns false to let it be treated as always. */
export type Trick = (request: IncomingMessage, response: ServerResponse, apply: () => void) => boolean;

export type Provider = Readonly<{
  url: string;
  /** How often each target was acted on, once nothing is under way any more. */
  effects: () => Promise<ReadonlyMap<string, number>>;
  /** Once whatever was sent and can only have come later than its sender's end has come. */
  arrived: () => Promise<void>;
  /** Called once at the nth such moment; the request that led to it gets no answer. */
  at: (moment: Moment, nth: number, call: () => void) => void;
  /** Forgets what was asked for with `at`. */
  calm: () => void;
  trick: (trick: Trick | null) => void;
  close: () => Promise<void>;
}>;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
};

type Effect = Readonly<{ target: string; key: string }>;

const readEffects = (file: string): readonly Effect[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Effect);

/** Applies once per key (A) or state (B), and as often as it is told otherwise. */
const applier = (file: string, retry: RetryClass): ((effect: Effect) => void) => {
  const descriptor = openSync(file, 'a', 0o600);
  return (effect) => {
    const before = readEffects(file);
    if (retry === 'A' && before.some(({ key }) => key === effect.key)) return;
    if (retry === 'B' && before.some(({ target }) => target === effect.target)) return;
    appendFileSync(descriptor, `${JSON.stringify(effect)}\n`);
    fsyncSync(descriptor);
  };
};

/** A request that outlives its sender: it arrives before the next start looks (`arrived`), or while it works. */
const LATE_MS = 12;
const LATER_MS = 40;

export const startProvider = async (file: string, retry: RetryClass): Promise<Provider> => {
  const apply = applier(file, retry);
  let waiting: { moment: Moment; nth: number; call: () => void } | null = null;
  let trick: Trick | null = null;
  const late: Promise<void>[] = [];
  const later: Promise<void>[] = [];

  const reached = (moment: Moment): boolean => {
    if (waiting?.moment !== moment) return false;
    waiting.nth -= 1;
    if (waiting.nth > 0) return false;
    const { call } = waiting;
    waiting = null;
    call();
    return true;
  };
  const arriving = async (effect: Effect, ms: number): Promise<void> =>
    await new Promise((done) => {
      setTimeout(() => done(apply(effect)), ms);
    });
  const off = (target: string): boolean => readEffects(file).some((effect) => effect.target === target);
  const answer = (response: ServerResponse, status: number, json: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(json));
  };
  const act = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { target } = JSON.parse(await bodyOf(request)) as { target: string };
    const effect = { target, key: String(request.headers['idempotency-key'] ?? '') };
    if (trick?.(request, response, () => apply(effect)) === true) return;
    if (reached('late')) return void late.push(arriving(effect, LATE_MS));
    if (reached('later')) return void later.push(arriving(effect, LATER_MS));
    apply(effect);
    if (reached('applied')) return;
    answer(response, 200, { ok: true });
  };
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const target = url.searchParams.get('target') ?? '';
    if (request.method === 'POST' && url.pathname === '/do')
      return void act(request, response).catch(() => response.destroy());
    if (url.pathname === '/truth') return answer(response, 200, { off: off(target) });
    if (url.pathname === '/is' && retry !== 'D') {
      if (reached('asked')) return undefined;
      return answer(response, 200, { off: off(target) });
    }
    return answer(response, 404, {});
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    effects: async () => {
      await Promise.all([...late, ...later]);
      const counts = new Map<string, number>();
      for (const { target } of readEffects(file)) counts.set(target, (counts.get(target) ?? 0) + 1);
      return counts;
    },
    arrived: async () => void (await Promise.all(late)),
    at: (moment, nth, call) => {
      waiting = { moment, nth, call };
    },
    calm: () => {
      waiting = null;
    },
    trick: (next) => {
      trick = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
};
