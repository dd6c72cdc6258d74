import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { refusalOf, terms } from './terms.ts';

// A vendor of tokens in a process of its own: POST /revoke ends the one it is sent, GET /me says whether one still opens anything.
// POST /control/reset forgets everything, GET /control/stats tells what was asked. The first line it prints is its port.

type Asked = { revokes: number; reads: number };

const asked = new Map<string, Asked>();
const dead = new Set<string>();
let [requests, inFlight, peak] = [0, 0, 0];

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += String(part);
  return text;
};

const answer = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

/** How often each token was sent for each purpose: what the longest chain of repeats is read off. */
const chains = (): readonly Asked[] => [...asked.values()];

function control(path: string, response: ServerResponse): void {
  if (path === '/control/reset') {
    asked.clear();
    dead.clear();
    [requests, inFlight, peak] = [0, 0, 0];
  }
  answer(response, 200, { requests, peak, dead: dead.size, chains: chains() });
}

async function vendor(request: IncomingMessage, response: ServerResponse): Promise<void> {
  requests += 1;
  inFlight += 1;
  peak = Math.max(peak, inFlight);
  const revokes = request.method === 'POST';
  const token = revokes
    ? (new URLSearchParams(await bodyOf(request)).get('token') ?? '')
    : (request.headers.authorization ?? '').replace('Bearer ', '');
  const one = asked.get(token) ?? { revokes: 0, reads: 0 };
  asked.set(token, one);
  const attempt = revokes ? (one.revokes += 1) : (one.reads += 1);
  const refused = refusalOf(`${revokes ? 'revoke' : 'read'} ${token}`, attempt);
  await sleep(terms.latencyMs);
  inFlight -= 1;
  if (refused !== null) return answer(response, refused, { error: 'later' });
  if (revokes) {
    dead.add(token);
    return answer(response, 200, { revoked: true });
  }
  answer(response, dead.has(token) ? 401 : 200, {});
}

const server = createServer((request, response) => {
  const path = request.url ?? '/';
  if (path.startsWith('/control/')) control(path, response);
  else void vendor(request, response);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const at = server.address();
  console.log(at !== null && typeof at === 'object' ? at.port : 0);
});
