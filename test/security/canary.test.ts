import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { OpenIncident } from '../../src/app/contract.ts';
import type { World } from '../../src/engine/world.ts';
import { systemSecrets } from '../../src/io/secrets.ts';
import { listen } from '../../src/io/server.ts';
import type { Server } from '../../src/io/server.ts';
import { company, confirmed, folder } from '../app/company.ts';
import { firebreak } from '../cli/rig.ts';
import { rigApp } from '../rig/app.ts';
import { keys, openScreen } from '../rig/screen.ts';
import { canaries, filesUnder, forms, foundIn, held, pasted } from './canaries.ts';

const halves = (text: string): string => `${text.slice(0, text.length / 2)}\n${text.slice(text.length / 2)}`;

/** A vendor that quotes back, in every form, everything it was ever sent. */
const quoting = async (): Promise<Server> => {
  const all = Object.values(held).flatMap((secret) => [...forms(secret), halves(secret)]);
  const body = JSON.stringify({ error: { code: 190, message: `No: ${all.join(' | ')}` } });
  return await listen(() => ({ status: 400, body }));
};

const speak = async (incident: OpenIncident): Promise<void> => {
  const text = pasted.join(' ; ');
  await incident.act({ do: 'note', text });
  await incident.act({ do: 'role', role: 'scribe', person: text });
  await incident.act({
    do: 'decide',
    step: null,
    question: text,
    option: text,
    rationale: text,
    decider: text,
  });
  await incident.act({ do: 'learn', fact: 'x', answer: { is: 'text', text }, reason: text });
  await incident.act({ do: 'override', step: 'revoke-token', what: text, reason: text });
  await incident.addEvidence({ from: 'text', text, name: text }, { note: text });
};

test(`${canaries.length} canaries in eight forms reach no file, no line and no screen`, async () => {
  expect(canaries.length).toBeGreaterThanOrEqual(40);
  const one = await company();
  const secretFile = join(folder(), 'canary');
  writeFileSync(secretFile, held.file, { mode: 0o600 });
  const config = join(one.workspace, 'firebreak.yaml');
  writeFileSync(
    config,
    readFileSync(config, 'utf8')
      .replace('env: FIREBREAK_META_APP_SECRET', `file: ${secretFile}`)
      .replace('env: FIREBREAK_META_VERIFY_TOKEN', 'keychain: canary')
      .replace(
        'env: FIREBREAK_META_PAGE_TOKEN',
        `command: [printf, '%s', '${held.command.replaceAll("'", "''")}']`,
      ),
  );
  const keychain = {
    read: async () => await Promise.resolve(held.keychain),
    write: async () => await Promise.resolve(),
    remove: async () => await Promise.resolve(),
  };
  const secrets = systemSecrets({ FIREBREAK_META_TOKEN: held.env }, keychain);
  const vendor = await quoting();
  let quotes = false;
  const live: World = {
    ...one.world,
    secrets,
    baseUrl: (instance, fallback) => (quotes ? vendor.url : one.world.baseUrl(instance, fallback)),
  };
  const app = await rigApp({ home: one.home, workspace: one.workspace, live });
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: pasted.join(' ; ') });
  await incident.act({
    do: 'answer',
    step: 'give-token',
    answer: { is: 'secret', credentials: [{ item: 'lrh-prod-su', value: held.leaked }] },
  });
  await speak(incident);
  const refs = [
    { env: 'FIREBREAK_META_TOKEN' },
    { file: secretFile },
    { keychain: 'canary' },
    { command: ['printf', '%s', held.command] },
  ];
  for (const ref of refs) await secrets.resolve(ref, 'canary');
  // All of them are read, so all of them can come back.
  expect([...secrets.known()].toSorted()).toEqual(Object.values(held).toSorted());
  quotes = true;
  const shown: unknown[] = [];
  for (const step of ['revoke-token', 'stop-webhooks', 'pause-webhooks']) {
    const prepared = await incident.prepare(step).catch((error: unknown) => error);
    shown.push(prepared);
    if (prepared instanceof Error) continue;
    shown.push(await confirmed(incident, prepared as never).catch((error: unknown) => String(error)));
  }
  shown.push(await incident.recheck().catch((error: unknown) => String(error)));
  shown.push(incident.timeline(), [...incident.view().state.acts.values()]);
  for (const { id } of app.formats()) shown.push(await incident.export(id, null).catch(String));
  quotes = false;
  await vendor.close();
  // The vendor was heard: otherwise nothing could have come back.
  expect(JSON.stringify(shown)).toContain('No: [secret]');

  const lines: string[] = [];
  for (const argv of [
    ['status'],
    ['next'],
    ['clocks'],
    ['evidence', 'list'],
    ['status', '--json'],
    ['list', '--json'],
  ]) {
    const { stdout, stderr } = await firebreak(argv, { app });
    lines.push(stdout, stderr);
  }
  const crash = {
    ...app,
    doctor: async () => await Promise.reject(new Error(`died of ${canaries.join(' ')}`)),
  };
  const died = await firebreak(['doctor'], { app: crash, env: { FIREBREAK_HOME: one.home } });
  lines.push(died.stdout, died.stderr);
  await incident.leave();
  const screen = openScreen(app, { start: { screen: 'home' } });
  await screen.still();
  await screen.type(keys.enter, 't');
  const seen = screen.bytes();
  await screen.type(keys.ctrlC, keys.ctrlC);

  const found = [
    ...foundIn('what is shown', JSON.stringify(shown)),
    ...foundIn('lines', lines.join('\n')),
    ...foundIn('screen', seen),
    ...filesUnder(one.home)
      .filter((path) => !path.startsWith(join(one.home, 'systems')))
      .flatMap((path) => foundIn(path.slice(one.home.length), readFileSync(path).toString('latin1'))),
  ];
  expect(found).toEqual([]);
  await app.close();
}, 180_000);

test('each form of each canary would be found: in a file, on a line, in a frame', () => {
  for (const secret of canaries)
    for (const form of forms(secret)) expect(foundIn('x', `before ${form} after`).length).toBeGreaterThan(0);
});
