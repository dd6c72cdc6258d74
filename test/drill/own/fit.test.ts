import { beforeAll, describe, expect, test } from 'vitest';
import type { Catalog } from '../../../src/catalog/catalog.ts';
import { catalogReader } from '../../../src/app/wire.ts';
import { connectors } from '../../../src/connectors/index.ts';
import type { Connector } from '../../../src/connectors/connector.ts';
import { fit } from '../../../src/drill/own/fit.ts';
import { measurable, writtenOut } from '../../../src/drill/own/measurable.ts';
import type { Staging } from '../../../src/drill/own/measurable.ts';
import { over } from '../../../src/drill/own/furnish.ts';
import { ourCondition, ourRequest, ourSeed } from '../../../src/drill/own/names.ts';
import type { Names } from '../../../src/drill/own/names.ts';
import { systemFiles } from '../../../src/io/files.ts';
import type { DrillSource } from '../../../src/model/drill.ts';
import { packageRoot } from '../../rig/app.ts';
import { runbooks } from '../../rig/runbooks.ts';

let example: Catalog;
let staging: Staging;
beforeAll(async () => {
  example = await catalogReader(packageRoot, systemFiles(), () => '2026-11-20')(null);
  const loaded = await Promise.all(
    Object.entries(connectors).map(async ([kind, entry]): Promise<[string, Connector]> => [
      kind,
      await entry.load(),
    ]),
  );
  staging = {
    company: example.company.value,
    connectors: new Map(loaded),
    scripts: example.simulatorScripts,
  };
});

const drillOf = (runbook: string): DrillSource => {
  const found = example.drills.get(runbook);
  if (found === undefined) throw new Error(`${runbook} has no drill`);
  return found.value;
};

const fitted = (runbook: string, map = {}) => {
  const source = example.runbooks.get(runbook)?.value;
  if (source === undefined) throw new Error(`there is no ${runbook}`);
  const company = { company: example.company.value, inventory: example.inventory.value };
  return fit({
    drill: writtenOut(drillOf(runbook), staging),
    runbook: source,
    example: company,
    own: company,
    map,
    simulated: new Set(Object.keys(example.company.value.connectors)),
    idle: new Set(),
  });
};

describe('every scenario', () => {
  test.each(runbooks)('%s is itself in the company that it was written for', (runbook) => {
    const written = writtenOut(drillOf(runbook), staging);
    const { drill, left, cannot, rows, systems } = fitted(runbook);
    expect({ left, cannot }).toEqual({ left: [], cannot: [] });
    for (const { from, to } of [...rows, ...systems]) expect(to).toBe(from);
    for (const key of ['systems', 'moves', 'secrets', 'end', 'faults'] as const)
      expect(drill[key] ?? null).toEqual(written[key] ?? (key === 'faults' ? [] : {}));
    expect(drill.attacker ?? []).toEqual(
      (written.attacker ?? []).map((one) => ({ ...one, headers: one.headers ?? {} })),
    );
    expect((drill.traps ?? []).map(({ id }) => id)).toEqual((written.traps ?? []).map(({ id }) => id));
    expect(measurable(written, staging, drill, staging).left).toEqual([]);
  });
});

test('a check that would hold for nothing is not measured', () => {
  const written = writtenOut(drillOf('leaked-whatsapp-token'), staging);
  const ours = { ...written, systems: { ...written.systems, 'meta-lrh': { tokens: [] } } };
  const { drill, left } = measurable(written, staging, ours, staging);
  expect(left).toContain('the check tokens-dead: in your inventory it would say nothing');
  expect(drill.end.map(({ id }) => id)).not.toContain('tokens-dead');
  expect(drill.end.map(({ id }) => id)).toContain('people-told');
});

const names: Names = {
  ids: new Map([
    ['wh_theirs', 'wh_ours'],
    ['77', '88'],
  ]),
  gone: new Set(['wh_gone', '99']),
  systems: new Map([['chat-theirs', 'chat-ours']]),
  secrets: new Map([
    ['leaked', 'our-leaked'],
    ['lost', null],
  ]),
  words: [['inbox-theirs', 'inbox-ours']],
};

describe('names', () => {
  test('rows of what the team has not are left out as a whole, keys and values are renamed', () => {
    const seed = {
      hooks: { wh_theirs: { id: 'wh_theirs', on: true }, wh_gone: { id: 'wh_gone' } },
      rows: [{ id: '77', key: '$secret:leaked' }, { id: '1', key: '$secret:lost' }, { id: '99' }],
      own: '$secret:chat-theirs.token',
    };
    expect(ourSeed(seed, names)).toEqual({
      hooks: { wh_ours: { id: 'wh_ours', on: true } },
      rows: [{ id: '88', key: '$secret:our-leaked' }],
      own: '$secret:chat-ours.token',
    });
  });

  test('conditions ask of our systems, or say what they lack', () => {
    expect(ourCondition('sim.chat_theirs.hooks.wh_theirs.on == false', names)).toEqual({
      ok: true,
      text: 'sim.chat_ours.hooks["wh_ours"].on == false',
    });
    expect(ourCondition('acted.exists(a, a == "chat.pause:inbox-theirs")', names)).toEqual({
      ok: true,
      text: 'acted.exists(a, a == "chat.pause:inbox-ours")',
    });
    expect(ourCondition('sim.other.x == 1', names)).toMatchObject({ ok: false });
    expect(ourCondition('sim.chat_theirs.hooks["wh_gone"].on', names)).toMatchObject({ ok: false });
  });

  test('requests hold an id as a word, never inside another', () => {
    expect(ourRequest('/v1/77/x7799', names)).toBe('/v1/88/x7799');
    expect(typeof ourRequest('/v1/99', names)).toBe('symbol');
    expect(typeof ourRequest('Bearer $secret:lost', names)).toBe('symbol');
    expect(ourRequest('Bearer $secret:leaked', names)).toBe('Bearer $secret:our-leaked');
  });

  test('what the scenario says of a thing goes over what the inventory furnishes, each thing once', () => {
    const furnished = {
      keys: [
        { id: '1', on: true },
        { id: '2', on: true },
      ],
      token: 'a',
      more: { x: 1 },
    };
    expect(over(furnished, { keys: [{ id: '2', on: false }], token: 'b' })).toEqual({
      keys: [
        { id: '2', on: false },
        { id: '1', on: true },
      ],
      token: 'b',
      more: { x: 1 },
    });
  });
});
