import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newHome, rigApp } from '../../rig/app.ts';
import { runbooks } from '../../rig/runbooks.ts';
import { appOf, team } from './team.ts';

/** A new scenario is complete as it is written: its faults would be the first thing that an author meets. */

describe('drill new', () => {
  test('writes for every runbook a kit that has no fault', async () => {
    const own = team();
    const app = await appOf(own);
    for (const id of runbooks) {
      const { files, untested } = await app.newScenario(id);
      expect(files.filter((path) => path.includes(`/${id}/`))).toHaveLength(4);
      expect(untested).toHaveLength(2);
      const text = readFileSync(join(own.folder, 'runbooks', id, 'drill.yaml'), 'utf8');
      expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/drill\.schema\.json\n/);
    }
    const schema = JSON.parse(readFileSync(join(own.folder, 'runbooks/drill.schema.json'), 'utf8')) as object;
    expect(schema).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#' });
    const again = await appOf(own);
    const about = again.issues().filter(({ file }) => file.includes('runbooks/'));
    expect(about.filter(({ file }) => file.endsWith('drill.yaml'))).toEqual([]);
    for (const id of runbooks) expect((await again.drillPlace(id)).stands).toEqual([]);
  });

  test('which plays as it was written, as expected and into its trap', async () => {
    const own = team();
    for (const id of PLAYED) await (await appOf(own)).newScenario(id);
    const app = await appOf(own);
    const lines: string[] = [];
    for (const id of PLAYED) {
      const { passed, scenarios } = await app.selftest(id, 1, (line) => lines.push(line));
      expect({ id, passed, lines }).toMatchObject({ passed: true });
      expect(scenarios[0]?.runs.map(({ run }) => run)).toEqual(['expected', 'trap:left-out']);
    }
  }, 60_000);

  test('overwrites nothing', async () => {
    const own = team();
    const app = await appOf(own);
    await app.newScenario('leaked-whatsapp-token');
    const path = join(own.folder, 'runbooks/leaked-whatsapp-token/drill.yaml');
    writeFileSync(path, '# mine\n');
    await expect(app.newScenario('leaked-whatsapp-token')).rejects.toMatchObject({
      code: 'usage',
      facts: { why: expect.stringContaining('nothing is overwritten') as string },
    });
    expect(readFileSync(path, 'utf8')).toBe('# mine\n');
  });

  test('needs a workspace and a runbook', async () => {
    await expect(
      (await rigApp({ home: newHome() })).newScenario('leaked-whatsapp-token'),
    ).rejects.toMatchObject({ code: 'usage' });
    const own = team();
    await expect((await appOf(own)).newScenario('leaked-whatsap')).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(existsSync(join(own.folder, 'runbooks'))).toBe(false);
  });
});

/** One with its systems in the inventory, one with nothing of it there. */
const PLAYED = ['leaked-whatsapp-token', 'off-channel-archive'];
