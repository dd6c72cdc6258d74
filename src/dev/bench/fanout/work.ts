import { connectors } from '../../../connectors/index.ts';
import type { Ledger } from '../../../engine/ledger.ts';
import type { Engine } from '../../../engine/lines.ts';
import type { Request } from '../../../engine/prepare.ts';
import type { Definitions, World } from '../../../engine/world.ts';
import { systemClock } from '../../../io/clock.ts';
import { walledProcesses } from '../../../io/process.ts';
import { systemRandom } from '../../../io/random.ts';
import { drillSecrets } from '../../../io/secrets.ts';
import type { Fresh } from '../../../model/event.ts';
import type { Target } from '../../../model/plan.ts';
import { terms, tokenOf } from './terms.ts';

/** Five hundred leaked tokens of one system, as a workspace would describe it. */

const idOf = (i: number): string => `token-${i}`;
const indexes = (count: number): readonly number[] => Array.from({ length: count }, (_none, i) => i);

const recipe = {
  title: 'Token service',
  actions: {
    revoke: {
      title: 'Revoke the token',
      effect: 'irreversible',
      breaks: ['Whatever uses the token stops'],
      by_hand: { where: 'Console > Tokens', steps: ['Delete the token'], record: 'time' },
      request: { method: 'POST', path: '/revoke', form: { token: '{suspect}' } },
      verify: {
        request: { method: 'GET', path: '/me', headers: { authorization: 'Bearer {suspect}' } },
        expect: { status: [401] },
      },
    },
  },
};

export const definitionsOf = (count: number, port: number): Definitions => ({
  company: {
    organisation: {
      name: 'Bench',
      country: 'IE',
      zone: 'UTC',
      acts_as: 'controller',
      takes_cards: false,
    },
    connectors: {
      service: {
        uses: 'http',
        recipe: 'service',
        base_url: `http://127.0.0.1:${port}`,
        pace: { at_once: terms.concurrency },
      },
    },
  },
  inventory: {
    channels: [],
    integrations: [],
    credentials: indexes(count).map((i) => ({
      id: idOf(i),
      title: `Token ${i}`,
      kind: 'token',
      opens: [],
      connector: 'service',
      stops: 'messages',
      owner: 'platform',
    })),
  },
  recipes: new Map([['service', recipe]]),
  connectors,
});

export const worldOf = (): World => ({
  drill: false,
  clock: systemClock(),
  random: systemRandom(),
  processes: walledProcesses(new Set()),
  secrets: drillSecrets((name) => `made-${name}`),
  wall: 'loopback-only',
  baseUrl: (_instance, fallback) => fallback,
});

/** A person pastes all of them. */
export const given = (count: number): readonly Fresh[] =>
  indexes(count).map((i) => ({
    kind: 'credential.given',
    pub: { credential: idOf(i), fingerprint: String(i) },
    priv: { secret: { class: 'secrets-seen', value: tokenOf(i) } },
  }));

export const requestOf = (count: number): Request => ({
  step: null,
  title: 'Revoke all tokens',
  direction: 'do',
  targets: indexes(count).map((i): Target => ({
    item: idOf(i),
    instance: 'service',
    connector: 'http',
    action: 'http.revoke',
  })),
  input: {},
  friction: 'type-target',
  reversible: false,
  unconfirmed: false,
  effect: 'irreversible',
  fallback: 'Delete the token in the console.',
  approval: null,
  preserve: [],
  planSha256: '0'.repeat(64),
});

export const engineOf = (world: World, definitions: Definitions, ledger: Ledger): Engine => ({
  world,
  definitions,
  ledger,
  signal: new AbortController().signal,
});
