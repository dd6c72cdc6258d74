import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { App, OpenIncident } from '../../src/app/contract.ts';
import { scriptedServer, type Answers, type ScriptedServer } from '../rig/mail-server.ts';
import { released, withApprovers } from '../../src/dev/bench/send/steps.ts';
import { company, folder, type Company } from './company.ts';

/** A company whose letters are ready to leave, and a mail server that answers as it is told. */

const office = async (mail: () => string): Promise<Company> => {
  const all = await company({ mail });
  withApprovers(all.workspace);
  return all;
};

const servers: ScriptedServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(async (one) => one.close()));
});

export type Scene = Readonly<{
  app: App;
  incident: OpenIncident;
  server: ScriptedServer;
  box: string;
  later: Company['later'];
}>;

export const ROW =
  '  - { id: notices, title: Notices, channel: email-support, connector: mail-notices, stops: notices, owner: Legal }\n';

export const scene = async (
  answers: Answers = {},
  inventory: (text: string) => string = (text) => text,
): Promise<Scene> => {
  const server = await scriptedServer(answers);
  servers.push(server);
  const all = await office(() => `smtp://127.0.0.1:${server.port}`);
  const path = join(all.workspace, 'inventory.yaml');
  writeFileSync(path, inventory(readFileSync(path, 'utf8')));
  const app = await all.app();
  const incident = await released(app);
  return { app, incident, server, box: folder(), later: all.later };
};

export const people = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `p${i}@example.org`);
export const readers = ({ letters }: ScriptedServer): readonly string[] =>
  letters.flatMap((one) => /^To: .*?<?([^\s<>]+@[^\s<>]+)>?\r?$/m.exec(one)?.[1] ?? []);
