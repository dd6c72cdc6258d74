import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../../../src/app/contract.ts';
import { catalogReader } from '../../../src/app/wire.ts';
import { systemFiles } from '../../../src/io/files.ts';
import { newHome, packageRoot, rigApp } from '../../rig/app.ts';

/**
 * The workspace of a team that could work in earnest: addresses outside, secrets by every kind of reference, one of them a program
 * that leaves a mark when it is run.
 */
export type Team = Readonly<{ folder: string; home: string; marker: string; program: string }>;

export const team = (change: (file: string, text: string) => string = (_file, text) => text): Team => {
  const home = newHome();
  const folder = join(home, 'team');
  const [marker, program] = [join(home, 'marker'), join(home, 'secret-tool')];
  mkdirSync(join(folder, 'connectors'), { recursive: true });
  writeFileSync(program, `#!/bin/sh\necho run >>'${marker}'\necho the-live-secret\n`);
  chmodSync(program, 0o700);
  for (const name of ['firebreak.yaml', 'inventory.yaml', 'contacts.yaml']) {
    const text = readFileSync(join(packageRoot, 'test/fixtures/team', name), 'utf8');
    writeFileSync(join(folder, name), change(name, text.replaceAll('MARKER', JSON.stringify(program))));
  }
  cpSync(join(packageRoot, 'runbooks/_recipes/vault.yaml'), join(folder, 'connectors/vault.yaml'));
  return { folder, home: join(home, 'data'), marker, program };
};

export const appOf = async ({ folder, home }: Team): Promise<App> =>
  await rigApp({
    home,
    workspace: folder,
    readCatalog: catalogReader(packageRoot, systemFiles(), () => '2026-11-20'),
  });
