import { z } from 'zod';
import { call, lost, refused, unproved } from '../../src/connectors/call.ts';
import type { Action, Connector } from '../../src/connectors/connector.ts';
import type { Definitions, World } from '../../src/engine/world.ts';
import type { Clock } from '../../src/io/clock.ts';
import { walledProcesses } from '../../src/io/process.ts';
import { systemRandom } from '../../src/io/random.ts';
import { drillSecrets } from '../../src/io/secrets.ts';
import type { RetryClass } from '../../src/model/action.ts';
import type { Fresh } from '../../src/model/event.ts';
import type { Plan, PlannedStep } from '../../src/model/plan.ts';

/**
 * One system of each retry class, as the engine sees it. The action is as plain as a connector can be: it looks nothing up
 * before it acts, so that whatever is not doubled is not doubled because of the engine and the journal.
 */

export const STEP = 'stop';
export const TARGETS: readonly string[] = ['bridge', 'token'];
/** Enough of them that there is something left to be killed at after each kill. */
export const FOUR: readonly string[] = [...TARGETS, 'export', 'hook'];
/** Enough of them to be one batch. */
export const MANY: readonly string[] = Array.from({ length: 40 }, (_none, i) => `hook-${i}`);

const input = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const actionOf = (retry: RetryClass): Action => ({
  title: 'Turn it off',
  effect: 'reversible',
  retry,
  confidence: 'confirmed',
  scopes: [],
  secrets: [],
  input,
  byHand: { where: 'The panel', steps: ['Turn it off'], record: 'time' },
  preview: () => Promise.resolve({ calls: [], breaks: [], now: 'unknown', warnings: [] }),
  run: async ({ name }, outside) => {
    await outside.keep({ was: 'on' }, { was: 'off' });
    try {
      const answer = await call(outside, {
        method: 'POST',
        path: '/do',
        json: { target: String(name) },
        headers: { 'idempotency-key': outside.key },
        // A key or a state makes a repeat harmless; without either only an answer that proves that nothing was done is.
        ...(retry === 'C' || retry === 'D' ? { creates: true } : {}),
      });
      return answer.status < 300
        ? {
            result: 'done',
            detail: 'turned',
            http: answer.status,
            receipt: { was: 'on' },
            after: { was: 'off' },
          }
        : refused(answer, 'turning it off');
    } catch (error) {
      return lost(error, 'turning it off');
    }
  },
  verify: async ({ name }, outside) => {
    if (retry === 'D') return { is: 'unproved', how: 'it cannot be asked' };
    try {
      const { status, json } = await call(outside, {
        method: 'GET',
        path: '/is',
        query: { target: String(name) },
      });
      if (status !== 200) return { is: 'unproved', how: `it answered ${status}` };
      const off = json !== null && typeof json === 'object' && 'off' in json && json['off'] === true;
      return { is: off ? 'proved' : 'refuted', how: off ? 'it is off' : 'it is on', http: status };
    } catch (error) {
      return unproved(error, 'asking');
    }
  },
});

export const definitionsOf = (retry: RetryClass, targets = TARGETS): Definitions => {
  const connector: Connector = {
    title: 'Panel',
    baseUrl: null,
    config: input,
    secrets: {},
    actions: { stop: actionOf(retry) },
    health: () => Promise.resolve({ ok: true, detail: '' }),
    simulator: null,
  };
  return {
    company: {
      organisation: {
        name: 'Small Shop',
        country: 'IE',
        zone: 'UTC',
        acts_as: 'controller',
        takes_cards: false,
      },
      connectors: { panel: { uses: 'panel' } },
    },
    inventory: {
      channels: [],
      integrations: targets.map((id) => ({
        id,
        title: `The ${id}`,
        connector: 'panel',
        params: { name: id },
        stops: 'messages',
        owner: 'platform',
      })),
      credentials: [],
    },
    recipes: new Map(),
    connectors: { panel: { title: 'Panel', load: () => Promise.resolve(connector) } },
  };
};

export const worldOf = (clock: Clock, url: string): World => ({
  drill: false,
  clock,
  random: systemRandom(),
  processes: walledProcesses(new Set()),
  secrets: drillSecrets((name) => `made-${name}`),
  wall: 'loopback-only',
  baseUrl: () => url,
});

const stepOf = (retry: RetryClass, targets: readonly string[]): PlannedStep => ({
  id: STEP,
  kind: 'act',
  phase: 'contain',
  title: 'Turn it off',
  why: 'It leaks.',
  role: 'responder',
  minutes: 5,
  when: null,
  after: [],
  verify: 'It is off.',
  fallback: 'Look by hand.',
  preserve: [],
  approvals: 0,
  serves: [],
  star: false,
  action: 'panel.stop',
  targets: targets.map((item) => ({ item, instance: 'panel', connector: 'panel', action: 'panel.stop' })),
  from_fact: null,
  input: {},
  effect: 'reversible',
  retry,
  confidence: 'confirmed',
  reversible: true,
  stops: true,
  friction: 'yes',
});

/** How an incident with one step on some targets begins. */
export const opening = (retry: RetryClass, earliest: number, targets = TARGETS): readonly Fresh[] => {
  const plan: Plan = {
    runbook: 'small',
    version: '1.0.0',
    title: 'A small runbook',
    severity: 'high',
    duties: [],
    never: [],
    phases: [{ id: 'contain', title: 'Contain', goal: 'It has stopped', steps: [stepOf(retry, targets)] }],
  };
  return [
    {
      kind: 'incident.opened',
      pub: {
        codename: 'amber-otter',
        runbook: null,
        severity: 'high',
        drill: false,
        zone: 'UTC',
        earliest_at: earliest as Fresh<'incident.opened'>['pub']['earliest_at'],
      },
    },
    {
      kind: 'plan.adopted',
      pub: {
        plan_sha256: 'ab'.repeat(32),
        runbook: plan.runbook,
        part: 0,
        of: 1,
        text: JSON.stringify(plan),
      },
    },
  ];
};
