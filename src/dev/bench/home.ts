import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openApp } from '../../app/wire.ts';

/** A data folder with one live incident of about a hundred entries. */
export type Home = Readonly<{
  incident: string;
  entries: number;
  env: Readonly<Record<string, string>>;
}>;

const ENTRIES = 100;

/** Everything a benchmarked command sees lies below `folder`: also its HOME, with the cache of compiled code. */
export function homeIn(folder: string): Home['env'] {
  mkdirSync(join(folder, 'home'), { recursive: true });
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: join(folder, 'home'),
    FIREBREAK_HOME: join(folder, 'data'),
    FIREBREAK_ACTOR: 'ana',
    TERM: 'xterm-256color',
  };
}

export async function makeHome(packageRoot: string, folder: string): Promise<Home> {
  const env = homeIn(folder);
  const app = await openApp({ packageRoot, env, cwd: folder, as: 'ana', zone: null, definitions: 'now' });
  const incident = await app.declare({
    runbook: 'leaked-whatsapp-token',
    title: 'Token of the WhatsApp account in a public repository',
  });
  const { id } = incident;
  for (let n = incident.timeline({}).length; n < ENTRIES; n += 1) {
    await incident.act({
      do: 'note',
      text: `Note ${n}: what the duty desk said about conversation ${n * 37}`,
    });
  }
  await app.close();
  const { entries } = await app.verify(id);
  return { incident: id, entries, env };
}
