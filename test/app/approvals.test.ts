import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { maskSecrets } from '../../src/base/mask.ts';
import type { App, OpenIncident } from '../../src/app/contract.ts';
import { passphraseKey } from '../../src/app/approvals.ts';
import { openJournal } from '../../src/journal/store.ts';
import { loadOrCreateKeys } from '../../src/journal/keys.ts';
import { systemClock } from '../../src/io/clock.ts';
import { systemFiles } from '../../src/io/files.ts';
import { systemProcesses } from '../../src/io/process.ts';
import { systemRandom } from '../../src/io/random.ts';
import { limits } from '../../src/model/limits.ts';
import { packageRoot } from '../rig/app.ts';
import { company, confirmed, folder, meta } from './company.ts';
import type { Company } from './company.ts';

/** Real journals, real keys: those of OpenSSH are made and used by the real ssh-keygen. */

const RUNBOOK = 'leaked-whatsapp-token';
const passphrase = 'orange lamp under water';
/** Made once: its key is slow to make on purpose. */
const typedLine = passphraseKey(passphrase, (length) => new Uint8Array(length).fill(5));

const newKey = (kind = 'ed25519', ...more: readonly string[]): string => {
  const key = join(folder(), 'key');
  execFileSync('ssh-keygen', ['-q', '-t', kind, ...more, '-N', '', '-C', '', '-f', key]);
  return key;
};

/** The exponent of an RSA key reads like the beginning of a vendor's token; in most keys enough of the same follows. */
const looksLikeAToken = (): string => {
  for (;;) {
    const key = newKey('rsa', '-b', '2048');
    const args = ['-Y', 'sign', '-q', '-n', 'firebreak-approval', '-f', key];
    const signature = execFileSync('ssh-keygen', args, { input: 'any text', stdio: 'pipe' }).toString();
    if (maskSecrets(signature).masked.length > 0) return key;
  }
};

/** Two of the team's people get keys, and the step that stops webhooks wants the approval of one. */
const team = async (make = newKey): Promise<Company & Readonly<{ key: string }>> => {
  const all = await company({ processes: systemProcesses({ PATH: process.env['PATH'], HOME: folder() }) });
  const key = make();
  const path = join(all.workspace, 'firebreak.yaml');
  const line = readFileSync(`${key}.pub`, 'utf8').trim();
  const before = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    before
      .replace('roles: [manager, commander] }', `roles: [manager, commander], keys: ['${line}'] }`)
      .replace('roles: [legal] }', `roles: [legal], keys: ['${typedLine}'] }`),
  );
  const own = join(all.workspace, 'runbooks', RUNBOOK);
  cpSync(join(packageRoot, 'runbooks', RUNBOOK), own, { recursive: true });
  const steps = join(own, 'runbook.yaml');
  const text = readFileSync(steps, 'utf8');
  writeFileSync(steps, text.replace('- id: stop-webhooks\n', '- id: stop-webhooks\n        approvals: 1\n'));
  return { ...all, key };
};

const declared = async (app: App): Promise<OpenIncident> =>
  await app.declare({ runbook: RUNBOOK, title: 'Token in a notebook' });

const ask = async (incident: OpenIncident, step: string): Promise<number> => {
  await incident.act({ do: 'ask-approval', step });
  return incident.view().people.approvals.find((one) => one.step === step)?.approval.asked ?? -1;
};
const kinds = (incident: OpenIncident): readonly string[] => incident.timeline().map(({ kind }) => kind);
const refusals = (incident: OpenIncident): readonly string[] =>
  incident.timeline().flatMap(({ kind, what }) => (kind === 'command.refused' ? [what] : []));

beforeAll(() => {
  if (spawnSync('ssh-keygen', ['-?']).error !== undefined)
    throw new Error('ssh-keygen is not installed: apt-get install openssh-client');
});

describe('an act that wants a second person', () => {
  test('runs under the signature of their OpenSSH key, and the journal shows and verifies it', async () => {
    const all = await team();
    const app = await all.app();
    const incident = await declared(app);
    expect((await incident.prepare('stop-webhooks')).needsReason).toMatch(/OVERRIDE/);
    const asked = await ask(incident, 'stop-webhooks');
    const signature = await incident.sign(asked, 'priya', { with: 'key', path: all.key, agent: null });
    await incident.act({ do: 'approve', asked, person: 'priya', signature });

    const prepared = await incident.prepare('stop-webhooks');
    expect(prepared).toMatchObject({
      needsReason: null,
      approval: { enough: true, given: [{ person: 'priya' }] },
    });
    expect((await incident.run(prepared, { yes: true })).state).toBe('proved');
    expect(meta(all).subscribed_apps.some(({ active }) => active)).toBe(false);
    const written = kinds(incident);
    expect(written.indexOf('approval.used')).toBeLessThan(written.indexOf('act.intent'));
    expect(written).not.toContain('override.taken');
    expect(await app.verify(incident.id)).toMatchObject({ ok: true, problems: [] });

    // The same check without this program: the text, the signature and the key are all in the journal.
    const place = folder();
    writeFileSync(join(place, 'allowed'), `priya ${readFileSync(`${all.key}.pub`, 'utf8')}`);
    writeFileSync(join(place, 'sig'), signature);
    const args = [
      '-Y',
      'verify',
      '-f',
      join(place, 'allowed'),
      '-I',
      'priya',
      '-n',
      'firebreak-approval',
      '-s',
      join(place, 'sig'),
    ];
    const { text } = incident.toSign(asked);
    expect(spawnSync('ssh-keygen', args, { input: text }).status).toBe(0);
    expect(spawnSync('ssh-keygen', args, { input: text.toUpperCase() }).status).not.toBe(0);
  });

  test('runs under a passphrase key typed at this keyboard; another passphrase approves nothing', async () => {
    const all = await team();
    const incident = await declared(await all.app());
    const asked = await ask(incident, 'stop-webhooks');
    await expect(
      incident.sign(asked, 'jonas', { with: 'passphrase', passphrase: `${passphrase}!` }),
    ).rejects.toThrow(/wrong-passphrase/);
    await expect(incident.sign(asked, 'priya', { with: 'passphrase', passphrase })).rejects.toThrow(
      /no key that a passphrase/,
    );
    const signature = await incident.sign(asked, 'jonas', { with: 'passphrase', passphrase });
    await incident.act({ do: 'approve', asked, person: 'jonas', signature });
    expect((await incident.run(await incident.prepare('stop-webhooks'), { yes: true })).state).toBe('proved');
  });

  test('without it runs with a typed reason: an override that waits for its review', async () => {
    const all = await team();
    const incident = await declared(await all.app());
    const prepared = await incident.prepare('stop-webhooks');
    await expect(incident.run(prepared, { yes: true })).rejects.toThrow(/needs-confirmation/);
    expect((await confirmed(incident, prepared)).state).toBe('proved');
    const [review] = incident.view().people.reviews;
    expect(review).toMatchObject({ step: 'stop-webhooks', by: 'ada', could: ['priya', 'jonas'] });
    expect(incident.view().people.nags[0]).toMatch(/review of the override/);
    all.later(limits.overrideReviewMs + 60_000);
    expect(incident.view().people.nags[0]).toMatch(/REVIEW LATE by 1 min/);
    const n = review?.n ?? 0;
    const signature = await incident.sign(n, 'priya', { with: 'key', path: all.key, agent: null });
    await incident.act({
      do: 'review',
      override: n,
      person: 'priya',
      agrees: true,
      comment: 'Right',
      signature,
    });
    expect(incident.view().people.reviews).toEqual([]);
  });

  test('whose approval expires between preview and run is stopped before anything is sent', async () => {
    const all = await team();
    const incident = await declared(await all.app());
    const asked = await ask(incident, 'stop-webhooks');
    const signature = await incident.sign(asked, 'jonas', { with: 'passphrase', passphrase });
    await incident.act({ do: 'approve', asked, person: 'jonas', signature });
    all.later(limits.approvalMs - 60_000);
    const prepared = await incident.prepare('stop-webhooks');
    all.later(61_000);
    await expect(incident.run(prepared, { yes: true })).rejects.toThrow(/needs-confirmation.*expired/);
    expect(kinds(incident)).not.toContain('act.intent');
  });
});

test('an RSA signature, part of which looks like a token, is taken as it is', async () => {
  const all = await team(looksLikeAToken);
  const incident = await declared(await all.app());
  const asked = await ask(incident, 'stop-webhooks');
  const signature = await incident.sign(asked, 'priya', { with: 'key', path: all.key, agent: null });
  expect(maskSecrets(signature).masked).not.toEqual([]);
  await incident.act({ do: 'approve', asked, person: 'priya', signature });
  expect((await incident.prepare('stop-webhooks')).approval?.enough).toBe(true);
});

describe('what is refused', () => {
  test('is written down: an own approval, a key of nobody, a letter that nobody approved, a role of somebody else', async () => {
    const all = await team();
    const incident = await declared(await all.app());
    const asked = await ask(incident, 'stop-webhooks');
    const stranger = join(folder(), 'stranger');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', stranger]);
    const signature = await incident.sign(asked, 'priya', { with: 'key', path: stranger, agent: null });
    await expect(incident.act({ do: 'approve', asked, person: 'ada', signature })).rejects.toThrow(
      /own-approval/,
    );
    await expect(incident.act({ do: 'approve', asked, person: 'priya', signature })).rejects.toThrow(
      /unknown-key/,
    );
    await expect(incident.act({ do: 'tick', step: 'send-art34', result: 'Sent' })).rejects.toThrow(
      /needs-approval/,
    );
    await incident.act({ do: 'role', role: 'responder', person: 'tomasz' });
    await incident.act({ do: 'role', role: 'manager', person: 'ada' });
    await expect(confirmed(incident, await incident.prepare('stop-webhooks'))).rejects.toThrow(/rule=role/);
    await incident.act({ do: 'note', text: 'A note is always taken' });
    expect(refusals(incident)).toEqual([
      expect.stringContaining('own approval'),
      expect.stringContaining('unknown key'),
      expect.stringContaining('needs approval'),
      expect.stringContaining('(role)'),
    ]);
    expect(kinds(incident)).not.toContain('act.intent');
  });

  test('and written into the journal behind the back of the tool all the same is named by verify', async () => {
    const all = await team();
    const app = await all.app();
    const incident = await declared(app);
    const asked = await ask(incident, 'stop-webhooks');
    const forged = [
      { kind: 'approval.given', actor: 'ada', pub: { asked, person: 'priya', signature: 'trust me' } },
      { kind: 'approval.used', actor: 'ada', pub: { asked, given: [asked + 1] } },
    ];
    await incident.leave();
    const files = systemFiles();
    const journal = openJournal({
      path: join(all.home, 'incidents', incident.id, 'journal.sqlite'),
      clock: systemClock(),
      random: systemRandom(),
      keys: loadOrCreateKeys(join(all.home, 'keys'), files, systemRandom()),
    });
    await journal.append(forged);
    journal.close();
    const { ok, problems } = await app.verify(incident.id);
    expect(ok).toBe(false);
    expect(problems).toEqual([
      expect.stringMatching(new RegExp(`#${asked + 1} is no approval of #${asked}`)),
      expect.stringMatching(
        new RegExp(`#${asked + 2} says that it was approved in #${asked}, which it was not`),
      ),
    ]);
    // Nor does the incident take it for one.
    const again = await app.open(incident.id);
    expect((await again.prepare('stop-webhooks')).approval).toMatchObject({ enough: false, given: [] });
  });
});
