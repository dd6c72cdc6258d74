import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { RetryClass } from '../../src/model/action.ts';
import { limits } from '../../src/model/limits.ts';
import { hear, noAcks, standingOf } from './acks.ts';
import type { DriverConfig } from './child/driver.ts';
import { driversFor, type Drivers } from './drivers.ts';
import { incidentsFor, type Incidents } from './incidents.ts';
import { startProvider } from './provider.ts';
import { together, type Found } from './report.ts';
import { chance, pool, shuffled, timer, type Ended, type Rig } from './rig.ts';
import { TARGETS } from './system.ts';

/** What a vendor can do to a request, over a real socket, for each class: an end in time, an honest one, and no second effect. */

type Answer = (response: ServerResponse, request: IncomingMessage, apply: () => void) => void;

const status =
  (code: number, headers: Readonly<Record<string, string>> = {}, body = '{}'): Answer =>
  (response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };
const after =
  (then: Answer): Answer =>
  (response, request, apply) => {
    apply();
    then(response, request, apply);
  };
const cut: Answer = (response) => void response.destroy();
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

/** `once`: the first request alone; the others meet it every time. */
const FAULTS: Readonly<Record<string, Readonly<{ answer: Answer; once?: true }>>> = {
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
  'nobody there': { answer: cut },
};

const CLASSES: readonly RetryClass[] = ['A', 'B', 'C', 'D'];
const EXCHANGE_MS = 700;
/** Each exchange, each wait between two, and what a start of the program takes on a busy machine. */
const WAITS_MS = limits.retryFirstWaitMs * (2 ** limits.retriesMax - 1);
const TOTAL_MS = TARGETS.length * ((limits.retriesMax + 1) * EXCHANGE_MS + WAITS_MS);
const START_MS = 15_000;
const WORDS = new Set(['done', 'already', 'accepted', 'failed', 'forbidden', 'not-supported', 'unknown']);

type Case = Readonly<{ fault: string; retry: RetryClass }>;

type Parts = Readonly<{ rig: Rig; drivers: Drivers; incidents: Incidents }>;

const one = async ({ rig, drivers, incidents }: Parts, { fault, retry }: Case): Promise<Found> => {
  const name = `"${fault}" in class ${retry}`;
  const { folder, path } = await incidents(retry, TARGETS);
  const vendor = await startProvider(join(folder, 'effects'), retry);
  const acks = noAcks();
  const broken: string[] = [];
  const begin = async (laterMs: number, url: string): Promise<Ended> => {
    const config: DriverConfig = {
      path,
      url,
      retry,
      laterMs,
      die: null,
      mode: 'intent-first',
      exchangeMs: EXCHANGE_MS,
      targets: TARGETS,
    };
    const ended = await drivers.start(config).ended;
    hear(ended.lines, acks);
    return ended;
  };
  try {
    const { answer, once } = FAULTS[fault] ?? { answer: cut };
    let met = 0;
    vendor.trick((request, response, apply) => {
      met += 1;
      if (once && met > 1) return false;
      answer(response, request, apply);
      return true;
    });
    const started = performance.now();
    const url = fault === 'nobody there' ? 'http://127.0.0.1:9' : vendor.url;
    const first = await begin(0, url);
    const took = performance.now() - started;
    if (took > TOTAL_MS * 6 + START_MS) broken.push(`${name}: it took ${Math.round(took)} ms`);
    for (const line of first.lines.filter((said) => said.startsWith('outcome '))) {
      if (!WORDS.has(line.split(' ')[2] ?? '')) broken.push(`${name}: an outcome nobody knows: ${line}`);
    }
    vendor.trick(null);
    const second = await begin(11_000, vendor.url);
    const last = second.lines.at(-1) === 'end' ? second : await begin(22_000, vendor.url);
    if (last.lines.at(-1) !== 'end') broken.push(`${name}: it never came to its end: ${last.stderr}`);
    const { lost, findings } = standingOf(path, acks);
    const effects = await vendor.effects();
    const doubled = TARGETS.reduce((sum, target) => sum + Math.max(0, (effects.get(target) ?? 0) - 1), 0);
    const undone = TARGETS.filter((target) => !effects.has(target));
    if (doubled > 0) rig.say(`  ${name}: ${doubled} doubled`);
    if (undone.length > 0) broken.push(`${name}: told as done and not done: ${undone.join(', ')}`);
    const unsure = [...first.lines, ...second.lines].filter((line) => line.startsWith('unsure '));
    return {
      lost,
      doubled,
      unsure: unsure.length,
      broken: [...broken, ...findings.map((says) => `${name}: ${says}`)],
    };
  } finally {
    await vendor.close();
  }
};

export const api = async (rig: Rig): Promise<Found> => {
  const rounds = rig.full ? 20 : 1;
  const cases = Array.from({ length: rounds }, () =>
    Object.keys(FAULTS).flatMap((fault) => CLASSES.map((retry): Case => ({ fault, retry }))),
  ).flat();
  // Most of them wait: more of them at a time than there are cores.
  const drivers = driversFor(rig, rig.workers);
  try {
    const parts: Parts = { rig, drivers, incidents: incidentsFor(rig) };
    const found = await pool(
      shuffled(chance(rig.seed), cases),
      rig.workers * 8,
      async (it) => await one(parts, it),
      timer(rig, 'API faults', 45),
    );
    rig.say(`  ${found.length} of ${cases.length} API faults`);
    return together(found);
  } finally {
    drivers.close();
  }
};
