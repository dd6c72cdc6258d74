import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeApp } from '../../src/app/app.ts';
import { readKnowledge } from '../../src/app/shelf.ts';
import type { Base } from '../../src/app/base.ts';
import { paths } from '../../src/app/base.ts';
import type { App } from '../../src/app/contract.ts';
import type { Keyring } from '../../src/app/keyring.ts';
import type { LedgerHooks } from '../../src/app/ledger.ts';
import { catalogReader } from '../../src/app/wire.ts';
import { connectors } from '../../src/connectors/index.ts';
import type { World } from '../../src/engine/world.ts';
import { systemClock } from '../../src/io/clock.ts';
import { systemFiles } from '../../src/io/files.ts';
import { systemRandom } from '../../src/io/random.ts';
import { fontFolder, systemTypesetter } from '../../src/io/typeset.ts';

/** The real app over real files, with hooks to let it die and, where wanted, a live world of the test's own. */

export const packageRoot = join(import.meta.dirname, '../..');

/** Memory where there is some: what these tests ask is order and content, and the disk has tests of its own. */
export const newHome = (): string =>
  mkdtempSync(join(process.env['FIREBREAK_TEST_HOMES'] ?? tmpdir(), 'firebreak-test-'));

const files = systemFiles();
const readOnce = catalogReader(packageRoot, files, () => '2026-11-20');

/**
 * The channels that a drill left in its Slack. Making one is the effect of these drills that a repeat would double; the others
 * ask for a state, and asking twice is asking once.
 */
export const roomsOf = (home: string, drill: string): readonly string[] => {
  const path = join(home, 'drills', drill, 'systems', 'slack-lrh.json');
  const { channels } = JSON.parse(readFileSync(path, 'utf8')) as { channels: readonly { name: string }[] };
  return channels.map(({ name }) => name);
};

export type RigOptions = Readonly<{
  home: string;
  hooks?: LedgerHooks;
  workspace?: string;
  live?: World;
  actor?: string;
  keyring?: Keyring;
  /** Definitions are read once for all tests of a file, unless one changes them on the way. */
  readCatalog?: Base['readCatalog'];
}>;

export const rigApp = async (options: RigOptions): Promise<App> => {
  const { home, hooks, workspace, live, actor, keyring, readCatalog = readOnce } = options;
  for (const folder of [home, paths(home).incidents, paths(home).drills]) files.privateDir(folder);
  const base: Base = {
    packageRoot,
    home,
    workspace: workspace ?? null,
    actor: actor ?? 'ada',
    zone: null,
    files,
    clock: systemClock(),
    random: systemRandom(),
    connectors,
    readCatalog,
    live: live ?? null,
    typesetter: () => systemTypesetter(fontFolder(packageRoot)),
    tool: 'firebreak/test',
    ...(hooks === undefined ? {} : { hooks }),
    ...(keyring === undefined ? {} : { keyring }),
  };
  return makeApp(base, await readKnowledge(base, base.workspace));
};
