import { BURST, isLimited, probesFor, verdictOf } from '../audit/probe/cases.ts';
import type { Answer, Probe, Verdict } from '../audit/probe/cases.ts';
import { toHex } from '../base/hash.ts';
import { Problem } from '../base/problem.ts';
import { openDoor } from '../engine/door.ts';
import type { Definitions, World } from '../engine/world.ts';
import { NetworkError, systemHttp, within } from '../io/http.ts';
import type { Http } from '../io/http.ts';
import { limits } from '../model/limits.ts';
import type { Receiver } from '../model/governance.ts';
import type { ProbePlan, ProbeReport } from './audit-contract.ts';

/** Sends to a receiver of the team's own what it must refuse. Only to a host that the inventory names, and after its name was typed. */

/** @throws Problem `usage` for an address that cannot be probed, `not-authorised` for a host that is not named */
export const planProbe = (definitions: Definitions, text: string): ProbePlan => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new Problem('usage', { why: 'an address to probe begins with https:// or http://' });
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new Problem('usage', {
      why: 'an address to probe has no password, no query and no fragment: secrets do not belong on a command line',
    });
  const { receivers = [] } = definitions.inventory;
  const there = receivers.filter((one) => new URL(one.url).host === url.host);
  const receiver =
    there.find((one) => new URL(one.url).href === url.href) ?? (there.length === 1 ? there[0] : undefined);
  if (there.length === 0)
    throw new Problem('not-authorised', {
      why: `${url.host} is not the host of any receiver in inventory.yaml, and only your own are probed`,
      next: 'name it under `receivers` in inventory.yaml, if it is yours',
    });
  if (receiver === undefined)
    throw new Problem('usage', {
      why: `${url.host} has several receivers: give the whole address of one of ${there.map((one) => one.url).join(', ')}`,
    });
  return { url: url.href, host: url.host, receiver: receiver.id, signs: receiver.signs };
};

export const probe = async (
  world: World,
  definitions: Definitions,
  plan: ProbePlan,
  typed: string,
): Promise<ProbeReport> => {
  const standIn = world.receiverUrl?.(plan.receiver) ?? null;
  if (world.drill && standIn === null)
    throw new Problem('wall', { what: 'a probe', why: 'a drill reaches no real receiver' });
  if (typed !== plan.host) throw new Problem('usage', { why: `to go ahead, ${plan.host} has to be typed` });
  const receiver = (definitions.inventory.receivers ?? []).find(({ id }) => id === plan.receiver);
  if (receiver === undefined) throw new Problem('not-found', { what: 'receiver', id: plan.receiver });
  const [key, verifyToken] = await secretsOf(world, definitions, receiver);
  const http = towards(
    standIn,
    systemHttp({
      clock: world.clock,
      wall: world.wall,
      secrets: () => world.secrets.known(),
      exchangeMs: limits.connectMs,
    }),
  );
  const nonce = toHex(world.random.bytes(12));
  const probes = probesFor({
    sender: receiver.signs,
    url: plan.url,
    key,
    verifyToken,
    seconds: Math.floor(world.clock.now() / 1000),
    nonce,
  });
  const verdicts: Verdict[] = [];
  // One after the other: a limit on the rate must not be taken for a check of the signature.
  for (const one of probes) verdicts.push(verdictOf(one, await send(http, one)));
  const unsigned = probes.find(({ id }) => id === 'unsigned');
  const rate = unsigned === undefined ? null : await burst(http, unsigned);
  const skipped = [
    ...(key === null
      ? ['right, other-bytes, old and replay: inventory.yaml names no secret of this receiver']
      : []),
    ...(receiver.signs === 'meta' && verifyToken === null ? ['verify-right: no verify_token is named'] : []),
  ];
  return { ...plan, at: world.clock.now(), verdicts, rate, skipped };
};

/** From `firebreak.yaml` alone, which a person has trusted: an inventory names a secret and never where it lies. */
const secretsOf = async (
  world: World,
  definitions: Definitions,
  receiver: Receiver,
): Promise<readonly [string | null, string | null]> => {
  if (receiver.connector === undefined) return [null, null];
  const door = await openDoor(world, definitions, receiver.connector);
  if (door.is === 'shut') throw new Problem('not-authorised', { why: door.why, next: door.fix });
  const read = async (name: string | undefined): Promise<string | null> =>
    name === undefined ? null : (await door.secret(name)).use();
  return [await read(receiver.secret), await read(receiver.verify_token)];
};

/** What is signed names the real address; what is sent goes to the stand-in, where there is one. */
const towards = (standIn: string | null, http: Http): Http =>
  standIn === null
    ? http
    : {
        fetch: async (input, init) => {
          const { pathname, search } = new URL(input instanceof Request ? input.url : input);
          return await http.fetch(`${standIn}${pathname}${search}`, init);
        },
      };

const send = async (http: Http, { method, url, headers, body }: Probe): Promise<Answer> => {
  try {
    const response = await http.fetch(url, {
      method,
      headers,
      signal: within(limits.connectMs),
      ...(body === null ? {} : { body }),
    });
    return { status: response.status, text: (await response.text()).slice(0, 4096) };
  } catch (error) {
    if (error instanceof NetworkError || error instanceof DOMException) return null;
    throw error;
  }
};

/** What nobody signed, many times: a careful receiver refuses each and soon stops answering. */
const burst = async (http: Http, one: Probe): Promise<ProbeReport['rate']> => {
  let sent = 0;
  let limitedAt: number | null = null;
  const lane = async (): Promise<void> => {
    while (sent < BURST.requests && limitedAt === null) {
      sent += 1;
      const place = sent;
      const answer = await send(http, one);
      if (answer !== null && isLimited(answer.status)) limitedAt ??= place;
    }
  };
  await Promise.all(Array.from({ length: BURST.atOnce }, lane));
  return { sent, limitedAt };
};
