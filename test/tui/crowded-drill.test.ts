import { expect, test } from 'vitest';
import type { Catalog } from '../../src/catalog/catalog.ts';
import type { DrillSource } from '../../src/model/drill.ts';
import { openStore } from '../../src/tui/shell/store.ts';
import { systemFiles } from '../../src/io/files.ts';
import { catalogReader } from '../../src/app/wire.ts';
import { folder } from '../app/company.ts';
import { packageRoot, rigApp } from '../rig/app.ts';

/** A drill with two hundred messages and attackers that never rest: the screen must not notice. */

const RUNBOOK = 'unknown-chat-breach';

/** Nine attackers come to more than ten thousand calls, which takes half a minute; two show the same screen. */
const ATTACKERS = Number(process.env['FIREBREAK_ATTACKERS'] ?? 2);
const CALLS_EACH = 1000;

const crowded = (drill: DrillSource): DrillSource => {
  const [attacker] = drill.attacker ?? [];
  if (attacker === undefined) throw new Error('the scenario has no attacker to multiply');
  return {
    ...drill,
    injects: [
      ...drill.injects,
      ...Array.from({ length: 200 }, (_, i) => ({
        id: `crowd-${i}`,
        at: Math.floor(i / 4),
        channel: 'chat' as const,
        from: 'Somebody',
        to: 'responder' as const,
        body: `Message ${i}: ${'what do you know, and since when? '.repeat(4)}`,
      })),
    ],
    attacker: Array.from({ length: ATTACKERS }, (_, i) => ({
      ...attacker,
      id: `thief-${i}`,
      every_seconds: 5,
      refused_every_seconds: 5,
    })),
  };
};

const readCrowded = async (workspace: string | null): Promise<Catalog> => {
  const read = catalogReader(packageRoot, systemFiles(), () => '2026-11-20');
  const catalog = await read(workspace);
  const drill = catalog.drills.get(RUNBOOK);
  if (drill === undefined) throw new Error('the scenario is gone');
  return {
    ...catalog,
    drills: new Map([...catalog.drills, [RUNBOOK, { ...drill, value: crowded(drill.value) }]]),
  };
};

const look = { color: true, ascii: false, screenReader: false };
const size = { columns: 80, rows: 24 };

test('two hundred messages and thousands of calls of simulators leave the screen under 16 ms of processor an update', async () => {
  const app = await rigApp({ home: folder(), readCatalog: readCrowded });
  const drill = await app.drill(RUNBOOK, { auto: true, seed: 3 });
  await drill.auto(() => undefined);
  expect(drill.injects().length).toBeGreaterThan(200);
  const store = openStore(app, { screen: 'drill', drill }, look, size);
  const times: number[] = [];
  for (let i = 0; i < 20; i += 1) {
    // Every update begins with a change of the journal, so that nothing of the last one is left to draw from.
    await drill.act({ do: 'note', text: `Note ${i}` });
    const begun = process.cpuUsage();
    store.lines(size);
    const { user, system } = process.cpuUsage(begun);
    times.push((user + system) / 1000);
  }
  // The middle of them: now and then the collector comes by.
  expect(times.toSorted((a, b) => a - b)[10]).toBeLessThan(16);
  const card = await drill.finish();
  const calls = card.attacks.reduce((sum, { tries }) => sum + tries, 0);
  expect(calls).toBeGreaterThan(CALLS_EACH * ATTACKERS);
  await drill.leave();
  await app.close();
}, 120_000);
