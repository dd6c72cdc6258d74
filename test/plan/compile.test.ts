import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/base/canonical.ts';
import { bindingsOf, definitionsOf, freezeCatalog } from '../../src/app/definitions.ts';
import { catalogReader } from '../../src/app/wire.ts';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { connectors } from '../../src/connectors/index.ts';
import { systemFiles } from '../../src/io/files.ts';
import { effects } from '../../src/model/action.ts';
import { stepsOf } from '../../src/model/plan.ts';
import type { Plan, PlannedStep } from '../../src/model/plan.ts';
import type { RunbookSource, StepSource, Targets } from '../../src/model/runbook.ts';
import {
  compilePlan,
  frictionOf,
  planForItem,
  planSha256,
  planText,
  rowsOf,
} from '../../src/plan/compile.ts';
import type { Bindings } from '../../src/plan/compile.ts';
import { packageRoot } from '../rig/app.ts';

/** Runbooks bound to the built-in example company, which has every kind of row. */

let catalog: Catalog;
let bindings: Bindings;
beforeAll(async () => {
  catalog = await catalogReader(packageRoot, systemFiles(), () => '2026-11-20')(null);
  bindings = await bindingsOf(definitionsOf(freezeCatalog(catalog, null, []), connectors));
});

const common = {
  id: 'one',
  title: 'Stop it',
  why: 'It leaks.',
  role: 'responder',
  minutes: 5,
  verify: 'It is off.',
  fallback: 'By hand.',
  serves: ['gdpr:32'],
} as const;
const runbook = (...steps: readonly StepSource[]): RunbookSource => ({
  title: 'A runbook',
  version: '1.0.0',
  summary: 'For a test.',
  severity: 'high',
  words: ['test'],
  duties: [],
  reviewed: '2026-11-01',
  phases: [{ id: 'contain', title: 'Contain', goal: 'Stopped', steps: [...steps] }],
});

type Act = Extract<PlannedStep, { kind: 'act' }>;
const planned = (action: string, targets: Targets, more: Partial<StepSource> = {}): Act => {
  const step = { ...common, ...more, act: { action, targets } } as StepSource;
  const [only] = stepsOf(compilePlan('test', runbook(step), bindings));
  if (only?.kind !== 'act') throw new Error('it is a step that acts');
  return only;
};
const items = ({ targets }: Act): readonly string[] => targets.map(({ item }) => item);

describe('targets', () => {
  test('named outright are bound in the order of the inventory, whether the action reaches them or not', () => {
    const step = planned('meta.stop-webhooks', { items: ['site-csp', 'wa-webhooks'] });
    expect(step.targets).toEqual([
      { item: 'wa-webhooks', instance: 'meta-lrh', connector: 'meta', action: 'meta.stop-webhooks' },
      { item: 'site-csp', instance: 'site', connector: 'http', action: null },
    ]);
  });

  test('named outright and narrowed are both', () => {
    expect(
      items(planned('meta.stop-webhooks', { items: ['wa-webhooks', 'lrh-prod-su'], kind: 'credential' })),
    ).toEqual(['lrh-prod-su']);
  });

  test('chosen by tag are those that the action reaches', () => {
    expect(items(planned('meta.stop-webhooks', { tag: 'whatsapp' }))).toEqual([
      'wa-webhooks',
      'wa-number-callback',
      'lrh-prod-su',
      'lrh-legacy-su',
    ]);
    expect(items(planned('parlo.remove-widget', { tag: 'chat-script' }))).toEqual(['widget-published']);
  });

  test('chosen by several keys satisfy all of them', () => {
    expect(items(planned('meta.revoke-token', { kind: 'credential', tag: 'chat-token' }))).toEqual([
      'lrh-prod-su',
      'lrh-legacy-su',
    ]);
    expect(items(planned('parlo.revoke-api-token', { kind: 'credential', channel: 'parlo-inbox' }))).toEqual([
      'parlo-inbox-token',
    ]);
    expect(items(planned('meta.stop-page-webhooks', { kind: 'integration', channel: 'instagram' }))).toEqual([
      'ig-page-webhooks',
    ]);
  });

  test('chosen by connector go by the name of the kind or of the recipe', () => {
    const byKind = items(planned('parlo.pause-integration', { kind: 'integration', connector: 'http' }));
    const byRecipe = items(planned('parlo.pause-integration', { kind: 'integration', connector: 'parlo' }));
    expect(byKind).toEqual(byRecipe);
    expect(byRecipe).toContain('reelreply');
  });

  test('chosen by a fact are all candidates until the fact is known, those by hand included', () => {
    const step = planned('meta.revoke-token', { kind: 'credential', fact: 'leaked-token' });
    expect(step.from_fact).toBe('leaked-token');
    expect(items(step)).toEqual(catalog.inventory.value.credentials.map(({ id }) => id));
    expect(step.targets.find(({ item }) => item === 'parlo-inbox-token')?.action).toBeNull();
  });

  test('of a row that has no connector are there, for a person', () => {
    const step = planned('meta.stop-webhooks', { items: ['web-chat'] });
    expect(step.targets).toEqual([{ item: 'web-chat', instance: null, connector: null, action: null }]);
  });

  test('an id that is nowhere binds to nothing', () => {
    expect(items(planned('meta.stop-webhooks', { items: ['nowhere'] }))).toEqual([]);
  });
});

describe('"pause it, whatever it is"', () => {
  test('takes the own action of each row', () => {
    const step = planned('item.pause', { kind: 'integration', tag: 'crm' });
    expect(step.targets.map(({ item, action }) => [item, action])).toEqual([
      ['parlo-kestrel-sync', 'kestrel.pause-sync'],
      ['kestrel-refund-rule', 'kestrel.disable-automation'],
      ['kestrel-exports', 'kestrel.stop-exports'],
    ]);
  });

  test('leaves a row without such an action to a person', () => {
    expect(planned('item.pause', { items: ['slack-workspace'] }).targets[0]?.action).toBeNull();
    expect(planned('item.revoke', { items: ['wa-webhooks'] }).targets[0]?.action).toBeNull();
  });

  test('is judged by the worst of the actions it takes', () => {
    const alone = planned('item.revoke', { items: ['parlo-inbox-token'] });
    const mixed = planned('item.revoke', { items: ['parlo-inbox-token', 'lrh-prod-su'] });
    expect(effects.indexOf(mixed.effect)).toBeGreaterThanOrEqual(effects.indexOf(alone.effect));
    expect(mixed).toMatchObject({ confidence: 'unconfirmed', reversible: false, friction: 'type-target' });
  });

  test('works for one row without any runbook', () => {
    expect(planForItem('reelreply', 'pause', bindings)).toMatchObject({
      target: { item: 'reelreply', instance: 'parlo', action: 'parlo.pause-integration' },
      facts: { effect: 'reversible', reversible: true },
    });
    expect(planForItem('slack-workspace', 'pause', bindings)).toEqual({
      target: { item: 'slack-workspace', instance: 'slack-lrh', connector: 'slack', action: null },
      facts: null,
    });
    expect(planForItem('nowhere', 'pause', bindings)).toBeNull();
  });
});

describe('friction', () => {
  const order = ['enter', 'yes', 'type-target'] as const;
  const least = {
    reads: 'enter',
    reversible: 'yes',
    irreversible: 'type-target',
    'destroys-evidence': 'type-target',
  } as const;

  test('is never below what the effect deserves, and never below what the runbook asks for', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...effects),
        fc.option(fc.constantFrom(...order), { nil: undefined }),
        (effect, asked) => {
          const found = order.indexOf(frictionOf(effect, asked));
          expect(found).toBe(Math.max(order.indexOf(least[effect]), order.indexOf(asked ?? 'enter')));
        },
      ),
    );
  });

  test('of a step can be raised by its runbook, not lowered', () => {
    expect(planned('meta.stop-webhooks', { tag: 'whatsapp-feed' }, { confirm: 'enter' }).friction).toBe(
      'yes',
    );
    expect(planned('meta.stop-webhooks', { tag: 'whatsapp-feed' }, { confirm: 'type-target' }).friction).toBe(
      'type-target',
    );
  });

  test('holds for every step of every runbook that ships', () => {
    const acts = [...catalog.runbooks].flatMap(([id, { value }]) =>
      stepsOf(compilePlan(id, value, bindings)).filter((step) => step.kind === 'act'),
    );
    expect(acts.length).toBeGreaterThan(10);
    expect(
      acts
        .filter((step) => order.indexOf(step.friction) < order.indexOf(least[step.effect]))
        .map(({ id }) => id),
    ).toEqual([]);
  });
});

describe('the hash of a plan', () => {
  const shipped = (): readonly Plan[] =>
    [...catalog.runbooks].map(([id, { value }]) => compilePlan(id, value, bindings));
  const reversed = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(reversed);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value as JsonObject)
        .toReversed()
        .map(([key, one]) => [key, reversed(one)]),
    );
  };

  test('does not depend on the order in which anything was written', () => {
    for (const plan of shipped()) {
      expect(planSha256(reversed(plan as unknown as Json) as unknown as Plan)).toBe(planSha256(plan));
      expect(planSha256(JSON.parse(planText(plan)) as Plan)).toBe(planSha256(plan));
    }
  });

  test('changes when any target of any step is left out, exchanged or sent elsewhere', () => {
    for (const plan of shipped()) {
      const hash = planSha256(plan);
      const seen = new Set([hash]);
      const acts = stepsOf(plan).filter(
        (step): step is Act => step.kind === 'act' && step.targets.length > 0,
      );
      for (const step of acts) {
        for (const [i, target] of step.targets.entries()) {
          const others = [
            [],
            [{ ...target, item: `${target.item}x` }],
            [{ ...target, action: null }],
            [{ ...target, instance: 'another' }],
          ];
          for (const instead of others) {
            const targets = step.targets.toSpliced(i, 1, ...instead);
            const changed: Plan = {
              ...plan,
              phases: plan.phases.map((phase) => ({
                ...phase,
                steps: phase.steps.map((one) => (one.id === step.id ? { ...step, targets } : one)),
              })),
            };
            if (JSON.stringify(targets) !== JSON.stringify(step.targets)) seen.add(planSha256(changed));
          }
        }
      }
      const changes = acts.flatMap(({ targets }) =>
        targets.flatMap(({ action }) => (action === null ? [1, 2, 3] : [1, 2, 3, 4])),
      ).length;
      expect(seen.size).toBe(changes + 1);
    }
  });

  test('is the same for the same runbook and inventory, and another for another inventory', () => {
    const { value } = catalog.runbooks.get('leaked-whatsapp-token') ?? expect.fail('it ships');
    const again = compilePlan('leaked-whatsapp-token', value, bindings);
    expect(planSha256(compilePlan('leaked-whatsapp-token', value, bindings))).toBe(planSha256(again));
    const { inventory } = bindings;
    const less = { ...bindings, inventory: { ...inventory, credentials: inventory.credentials.slice(1) } };
    expect(planSha256(compilePlan('leaked-whatsapp-token', value, less))).not.toBe(planSha256(again));
  });
});

test('nothing of the runbook is left out of its plan', () => {
  for (const [id, { value }] of catalog.runbooks) {
    const steps = value.phases.flatMap((phase) => phase.steps);
    expect(
      stepsOf(compilePlan(id, value, bindings)).map((step) => [step.id, step.title, step.serves]),
    ).toEqual(steps.map((step) => [step.id, step.title, step.serves]));
  }
});

test('every row of the inventory has one place and its own id', () => {
  const rows = rowsOf(bindings.inventory).map(({ id }) => id);
  expect(new Set(rows).size).toBe(rows.length);
});
