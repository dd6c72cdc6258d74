import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inventoryFile } from '../../src/cli/commands/init/inventory.ts';
import { bare, load, printed } from './rig.ts';

const inventory = (more: string): string => `channels: []
integrations:
  - { id: sync, title: Sync, connector: meta-main, stops: it, owner: A${more} }
credentials: []
`;

test('an integration that can be stopped from here and that no runbook finds is told', async () => {
  const found = async (more: string): Promise<readonly string[]> =>
    printed((await load(bare({ '/tool/runbooks/_company/inventory.yaml': inventory(more) }))).issues).filter(
      (line) => line.includes('FB072'),
    );
  expect(await found(', pause: meta.stop-webhooks')).toEqual([
    expect.stringMatching(/inventory\.yaml:3:\d+  FB072  warning  no built-in runbook finds this row/),
  ]);
  expect(await found(', pause: meta.stop-webhooks, tags: [crm-sync]')).toEqual([]);
  expect(await found('')).toEqual([]);
});

test('the inventory that init writes explains every tag by which a built-in runbook finds a row', () => {
  const runbooks = join(process.cwd(), 'runbooks');
  const used = readdirSync(runbooks)
    .filter((name) => !name.startsWith('_') && !name.includes('.'))
    .flatMap((name) => [
      ...readFileSync(join(runbooks, name, 'runbook.yaml'), 'utf8').matchAll(
        /targets: \{[^}]*\btag: ([\w-]+)/g,
      ),
    ])
    .map(([, tag]) => tag ?? '');
  expect(used.length).toBeGreaterThan(20);
  const words = new Set(
    inventoryFile
      .match(/^#   .*$/gm)
      ?.join(' ')
      .match(/[\w-]+/g),
  );
  expect([...new Set(used)].filter((tag) => !words.has(tag))).toEqual([]);
});
