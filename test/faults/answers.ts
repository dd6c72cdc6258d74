import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Nowhere } from './nowhere.ts';

/** What a vendor can do to one request, over a real socket. `apply` is what it was asked for, taking effect. */
export type Answer = (response: ServerResponse, request: IncomingMessage, apply: () => void) => void;

export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}, body = '{}'): Answer =>
  (response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };
export const after =
  (then: Answer): Answer =>
  (response, request, apply) => {
    apply();
    then(response, request, apply);
  };
export const cut: Answer = (response) => void response.destroy();
const hang: Answer = () => undefined;
const halfHead: Answer = (response) => {
  response.socket?.write('HTTP/1.1 200 OK\r\ncontent-');
  setTimeout(() => response.destroy(), 20);
};
const halfBody: Answer = (response) => {
  response.writeHead(200, { 'content-length': '100' });
  response.write('{"ok":');
  setTimeout(() => response.destroy(), 20);
};
const drip: Answer = (response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write('x'), 100);
  response.on('close', () => clearInterval(timer));
};
const flood: Answer = (response) => {
  response.writeHead(200, { 'content-length': String(2 ** 30) });
  const block = Buffer.alloc(1 << 20, 'x');
  const more = (): void => {
    while (!response.destroyed && response.write(block));
  };
  response.on('drain', more);
  more();
};
const garbage: Answer = (response) => void response.socket?.end('not HTTP at all\r\n\r\n');
const moved: Answer = (response, request) =>
  status(302, { location: request.url ?? '/' })(response, request, () => undefined);

/** `once`: the first request alone; the others meet it every time. `at`: not the vendor at all, but an address like this. */
export type Fault = Readonly<{ answer: Answer; once?: true }> | Readonly<{ at: keyof Nowhere }>;

export const FAULTS: Readonly<Record<string, Fault>> = {
  'cut at once': { answer: cut },
  'cut after acting': { answer: after(cut), once: true },
  'half a head': { answer: halfHead },
  'half a body after acting': { answer: after(halfBody), once: true },
  'not HTTP': { answer: garbage },
  hang: { answer: hang },
  'hang after acting': { answer: after(hang), once: true },
  'one byte at a time': { answer: after(drip), once: true },
  '1 GiB of answer': { answer: after(flood), once: true },
  'redirect loop': { answer: moved },
  '400': { answer: status(400) },
  '401': { answer: status(401) },
  '403': { answer: status(403) },
  '404': { answer: status(404) },
  '409': { answer: status(409) },
  '429 once': { answer: status(429, { 'retry-after': '1' }), once: true },
  '429 for ever': { answer: status(429, { 'retry-after': '3600' }) },
  '500 once': { answer: status(500), once: true },
  '500 after acting': { answer: after(status(500)), once: true },
  '502': { answer: status(502, { 'content-type': 'text/html' }, '<h1>Bad gateway</h1>') },
  '503 once': { answer: status(503, { 'retry-after': '1' }), once: true },
  '504 after acting': { answer: after(status(504)), once: true },
  'JSON cut in two': { answer: after(status(200, {}, '{"ok": tr')), once: true },
  'another type': { answer: after(status(200, { 'content-type': 'image/png' }, '\u0089PNG')), once: true },
  'nobody there': { at: 'closed' },
  'nobody there over IPv6, its only address': { at: 'closed6' },
  'a name that is gone': { at: 'nameless' },
  'a certificate of a stranger': { at: 'stranger' },
};
