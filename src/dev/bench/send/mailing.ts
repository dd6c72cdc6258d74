import { cpSync, createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { free, mergedList, released, withApprovers } from './steps.ts';
import { openApp } from '../../../app/wire.ts';
import type { App } from '../../../app/contract.ts';

/** A data folder in which a file of so many letters may leave, all rules kept. */
export type Mailing = Readonly<{ home: string; incident: string; file: string }>;

export const CONNECTIONS = 4;

export const openHome = async (home: string): Promise<App> =>
  await openApp({
    packageRoot: join(import.meta.dirname, '../../../..'),
    env: { PATH: process.env['PATH'] ?? '', HOME: home, FIREBREAK_HOME: home },
    cwd: home,
    as: 'ada',
    zone: null,
    definitions: 'now',
  });

const list = async (path: string, letters: number): Promise<void> => {
  const out = createWriteStream(path);
  out.write('address,name\n');
  for (let i = 0; i < letters; i += 1)
    if (!out.write(`person${i}@example.org,Reader ${i}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
};

const PACE = 'pace: { at_once: 4, per_minute: 6000 }';
const SERVER = 'smtps://mail.notices.lrh.example:465';

export const mailingOf = async (folder: string, letters: number, port: number): Promise<Mailing> => {
  const home = join(folder, 'home');
  // Inside the data folder, so that it is trusted as it is.
  const workspace = join(home, 'workspace');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  cpSync(join(import.meta.dirname, '../../../../runbooks/_company'), workspace, { recursive: true });
  withApprovers(workspace);
  const path = join(workspace, 'firebreak.yaml');
  const text = readFileSync(path, 'utf8');
  for (const needed of [PACE, SERVER])
    if (!text.includes(needed)) throw new Error(`the example company has no ${needed}`);
  writeFileSync(
    path,
    text.replace(PACE, `pace: { at_once: ${CONNECTIONS} }`).replace(SERVER, `smtp://127.0.0.1:${port}`),
  );
  const app = await openHome(home);
  try {
    const incident = await released(app);
    await list(join(folder, 'people.csv'), letters);
    const file = await mergedList(incident, folder, 'people');
    await free(incident, folder, file);
    return { home, incident: incident.id, file };
  } finally {
    await app.close();
  }
};
