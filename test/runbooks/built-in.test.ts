import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { definitionsOf, bindingsOf } from '../../src/app/definitions.ts';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { loadCatalog } from '../../src/catalog/catalog.ts';
import { connectors } from '../../src/connectors/index.ts';
import { madeSecret, withSecrets } from '../../src/drill/secrets.ts';
import { systemFiles } from '../../src/io/files.ts';
import { adviceOn } from '../../src/incident/assessment/known.ts';
import { phaseIds } from '../../src/model/names.ts';
import { stepsOf } from '../../src/model/plan.ts';
import type { Plan } from '../../src/model/plan.ts';
import { compilePlan } from '../../src/plan/compile.ts';
import { regulations } from '../../src/regulations/index.ts';
import { printed } from '../catalog/rig.ts';

// What is shipped, against everything it refers to. A change of the inventory shows here before it shows in a drill.

const ids = [
  'bot-answers-with-other-transcript',
  'card-numbers-in-chat',
  'leaked-whatsapp-token',
  'malicious-instagram-integration',
  'off-channel-archive',
  'unknown-chat-breach',
  'widget-card-skimming',
];
const law = {
  duties: new Set(Object.values(regulations).flatMap((one) => one.obligations.map(({ id }) => id))),
  items: new Set(Object.values(regulations).flatMap((one) => one.items.map(({ id }) => id))),
};
let catalog: Catalog;
const plans = new Map<string, Plan>();

beforeAll(async () => {
  const packageRoot = join(import.meta.dirname, '../..');
  catalog = await loadCatalog({
    files: systemFiles(),
    packageRoot,
    workspace: null,
    connectors,
    today: '2026-11-20',
    law,
  });
  const frozen = {
    company: catalog.company.value,
    inventory: catalog.inventory.value,
    recipes: Object.fromEntries(catalog.recipes),
  };
  const bindings = await bindingsOf(definitionsOf(frozen, connectors));
  for (const [id, runbook] of catalog.runbooks) plans.set(id, compilePlan(id, runbook.value, bindings));
});

test('every definition that is shipped lints clean, warnings included', () => {
  expect(printed(catalog.issues)).toEqual([]);
  expect(catalog.broken).toEqual([]);
  expect([...catalog.runbooks.keys()]).toEqual(ids);
  expect([...catalog.drills.keys()]).toEqual(ids);
});

test.each(ids)('%s has all seven phases, and every step explains itself', (id) => {
  const runbook = catalog.runbooks.get(id)?.value;
  expect(runbook?.phases.map((phase) => phase.id)).toEqual(phaseIds);
  const titles = runbook?.phases.flatMap(({ steps }) => steps.map(({ title }) => title)) ?? [];
  expect(titles.filter((title) => title.length > 60 || !/^[A-Z]/.test(title))).toEqual([]);
});

test.each(ids)(
  '%s finds a target for every action, and a connector for every target chosen by rule',
  (id) => {
    const plan = plans.get(id);
    const acts = plan === undefined ? [] : stepsOf(plan).filter((step) => step.kind === 'act');
    expect(acts.length).toBeGreaterThan(3);
    expect(acts.filter(({ targets }) => targets.length === 0).map(({ id: step }) => step)).toEqual([]);
    const byRule = acts.filter(({ from_fact: fact }) => fact === null).flatMap(({ targets }) => targets);
    expect(byRule.filter(({ action }) => action === null)).toEqual([]);
  },
);

test.each(ids)('%s is played with seeds that its simulators accept', async (id) => {
  const drill = catalog.drills.get(id)?.value;
  if (drill === undefined) throw new Error('it was loaded');
  const made = madeSecret(1, drill);
  for (const [name, seed] of Object.entries(drill.systems)) {
    const uses = catalog.company.value.connectors[name]?.uses as keyof typeof connectors;
    const { simulator } = await connectors[uses].load();
    expect(simulator?.state.safeParse(withSecrets(seed, made))).toMatchObject({ success: true });
  }
});

test.each(ids)('the leaked secrets of the drill of %s are credentials of the inventory', (id) => {
  const known = catalog.inventory.value.credentials.map((one) => one.id);
  const drill = catalog.drills.get(id)?.value;
  // What only the attacker holds is nobody's row: it ends with the plug-in, not as a credential.
  const attackers = JSON.stringify(drill?.attacker ?? []);
  const given = JSON.stringify(drill?.moves ?? {});
  const strangers = Object.keys(drill?.secrets ?? {}).filter((name) => !known.includes(name));
  expect(strangers.filter((name) => !attackers.includes(`$secret:${name}`))).toEqual([]);
  expect(strangers.filter((name) => given.includes(`"${name}"`))).toEqual([]);
});

test.each(ids)('the drill of %s breaks something during containment', (id) => {
  expect(catalog.drills.get(id)?.value.faults?.length).toBeGreaterThan(0);
});

test('a leaked token is dead and the data protection officer is rung within the first six steps', () => {
  const plan = plans.get('leaked-whatsapp-token');
  const first =
    plan === undefined
      ? []
      : stepsOf(plan)
          .slice(0, 6)
          .map(({ id }) => id);
  expect(first).toContain('revoke-token');
  expect(first).toContain('call-dpo');
});

test('together the runbooks serve the articles and requirements they are shipped for', () => {
  const served = new Set(
    [...plans.values()].flatMap((plan) => stepsOf(plan).flatMap(({ serves }) => serves)),
  );
  for (const item of [
    'gdpr:33.1',
    'gdpr:33.3',
    'gdpr:33.4',
    'gdpr:33.5',
    'gdpr:34.1',
    'gdpr:34.2',
    'gdpr:34.3',
    'pci:6.4.3',
    'pci:11.6.1',
    'pci:12.8',
    'pci:12.10.1',
    'pci:12.10.5',
    'pci:12.10.6',
    'pci:12.10.7',
  ]) {
    expect([...served]).toContain(item);
  }
});

test('the skimming runbook forbids what destroys the investigation, and re-examines SAQ A', () => {
  const plan = plans.get('widget-card-skimming');
  expect(plan?.never.join(' ')).toMatch(/power off.*log in/);
  expect(plan === undefined ? [] : stepsOf(plan).map(({ id }) => id)).toContain('reexamine-saq-a');
});

test('asks the notification rules with factors that they know, wherever a notification is decided', () => {
  const asked = [...plans.values()].flatMap((plan) =>
    stepsOf(plan).filter(
      (step) => step.kind === 'decide' && ['risk-unlikely', 'high-risk'].includes(step.fact),
    ),
  );
  expect(asked).toHaveLength(2 * ids.length);
  for (const step of asked) expect(adviceOn(step, { facts: new Map() })).toMatchObject({ warnings: [] });
});
