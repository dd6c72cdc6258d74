import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/base/canonical.ts';
import type { App, OpenIncident, RunReport } from '../../src/app/contract.ts';
import { RELEASE } from '../../src/incident/release.ts';
import { systemProcesses } from '../../src/io/process.ts';
import type { Fresh } from '../../src/model/event.ts';
import { limits } from '../../src/model/limits.ts';
import { company, confirmed, folder, meta } from './company.ts';
import type { Company } from './company.ts';

/** Letting go of what an incident holds: real journals, real signatures, vendors that answer as the real ones do. */

type Team = Company & Readonly<{ key: string }>;

/** Priya has a key, so that somebody else can agree. */
const team = async (): Promise<Team> => {
  const all = await company({ processes: systemProcesses({ PATH: process.env['PATH'], HOME: folder() }) });
  const key = join(folder(), 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', key]);
  const path = join(all.workspace, 'firebreak.yaml');
  const line = readFileSync(`${key}.pub`, 'utf8').trim();
  const roles = 'roles: [manager, commander]';
  writeFileSync(path, readFileSync(path, 'utf8').replace(`${roles} }`, `${roles}, keys: ['${line}'] }`));
  return { ...all, key };
};

const contained = async (app: App): Promise<OpenIncident> => {
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Token in a notebook' });
  expect((await confirmed(incident, await incident.prepare('stop-webhooks'))).state).toBe('proved');
  expect((await confirmed(incident, await incident.prepareItem('parlo-inbox', 'pause'))).state).toBe(
    'proved',
  );
  return incident;
};

const approve = async (incident: OpenIncident, { key }: Team): Promise<number> => {
  await incident.act({ do: 'ask-approval', step: RELEASE });
  const asked = incident.view().people.approvals.find(({ step }) => step === RELEASE)?.approval.asked ?? -1;
  const signature = await incident.sign(asked, 'priya', { with: 'key', path: key, agent: null });
  await incident.act({ do: 'approve', asked, person: 'priya', signature });
  return asked;
};

const release = async (incident: OpenIncident): Promise<RunReport> =>
  await confirmed(incident, await incident.prepareRelease());

const said = ({ lines }: RunReport): Readonly<Record<string, string>> =>
  Object.fromEntries(
    lines.map((line) => [
      'target' in line ? line.target : '',
      line.is === 'outcome' ? `${line.outcome.result}: ${line.outcome.detail}` : line.is,
    ]),
  );

const items = (prepared: Readonly<{ targets: readonly Readonly<{ target: { item: string } }>[] }>) =>
  prepared.targets.map(({ target }) => target.item);

const on = (all: Company): boolean => meta(all).subscribed_apps.every(({ active }) => active);

const dies = (isLast: (events: readonly Fresh[]) => boolean) => {
  let dead = false;
  return {
    before: (events: readonly Fresh[]) => {
      if (dead || isLast(events)) {
        dead = true;
        throw new Error('the tool died');
      }
    },
  };
};

describe('a release', () => {
  test('wants somebody else, takes no reason instead, and says how to ask', async () => {
    const all = await team();
    const incident = await contained(await all.app());
    const prepared = await incident.prepareRelease();
    expect(prepared).toMatchObject({ friction: 'type-target', phrase: 'release', needsReason: null });
    expect(prepared.approval).toMatchObject({ strict: true, need: 1, enough: false, could: ['priya'] });
    await expect(incident.run(prepared, { typed: 'release', reason: 'Alone on call' })).rejects.toThrow(
      /needs-approval/,
    );
    expect(on(all)).toBe(false);
    expect(incident.timeline().map(({ kind }) => kind)).toContain('command.refused');
    expect(incident.timeline().map(({ kind }) => kind)).not.toContain('override.taken');
  });

  test('restores what receives before what sends to it, each from its receipt and proved to be on', async () => {
    const all = await team();
    const app = await all.app();
    const incident = await contained(app);
    const asked = await approve(incident, all);
    const prepared = await incident.prepareRelease();
    expect(items(prepared).indexOf('parlo-inbox')).toBeLessThan(items(prepared).indexOf('wa-webhooks'));
    expect(prepared.approval).toMatchObject({ enough: true, asked });
    await expect(incident.run(prepared, { yes: true })).rejects.toThrow(/needs-confirmation/);
    const report = await confirmed(incident, prepared);
    expect([report.state, said(report)]).toMatchObject(['restored', {}]);
    expect(said(report)['wa-webhooks']).toMatch(/^done: .*the system confirms it/);
    expect(on(all)).toBe(true);
    const { containment, progress } = incident.view();
    expect(containment.targets.find(({ item }) => item === 'wa-webhooks')).toMatchObject({
      hold: 'taken-back',
      drift: false,
    });
    // What was done at the time stays done: nobody is sent back to it.
    expect(progress.steps.find(({ step }) => step.id === 'stop-webhooks')?.status).toBe('done');
    await expect(incident.prepareRelease()).rejects.toThrow(/step-not-ready/);
    expect(await app.verify(incident.id)).toMatchObject({ ok: true });
  });

  test('leaves what somebody else changed since, holds back what depends on it, and ends in part', async () => {
    const all = await team();
    const incident = await contained(await all.app());
    await approve(incident, all);
    const parlo = all.systems.get('parlo');
    const before = JSON.stringify(parlo?.state());
    parlo?.change((state) => meddled(state));
    expect(JSON.stringify(parlo?.state())).not.toBe(before);
    const report = await release(incident);
    expect(report.state).toBe('unrestored');
    expect(said(report)['parlo-inbox']).toMatch(/^failed: somebody else/);
    expect(said(report)['wa-webhooks']).toMatch(/^failed: not begun: parlo-inbox must be on/);
    expect(on(all)).toBe(false);
    // Set right again at the vendor, the same approval goes on with what is left.
    parlo?.change(() => JSON.parse(before) as Json);
    expect((await release(incident)).state).toBe('restored');
    expect(on(all)).toBe(true);
  });

  test('goes on after a crash between two items, under the same approval, and repeats nothing', async () => {
    const all = await team();
    const first = await all.app();
    const incident = await contained(first);
    await approve(incident, all);
    const { id } = incident;
    await first.close();
    let undos = 0;
    const dying = await all.app({
      hooks: dies((events) =>
        events.some((one) => one.kind === 'act.intent' && one.pub.direction === 'undo' && (undos += 1) === 2),
      ),
    });
    const again = await dying.open(id);
    await expect(release(again)).rejects.toThrow(/the tool died/);
    expect(on(all)).toBe(false);
    await dying.close();
    const seen = all.systems
      .get('parlo')
      ?.seen()
      .filter(({ method }) => method !== 'GET').length;
    const after = await (await all.app()).open(id);
    expect(items(await after.prepareRelease())).not.toContain('parlo-inbox');
    expect((await release(after)).state).toBe('restored');
    expect(on(all)).toBe(true);
    expect(
      all.systems
        .get('parlo')
        ?.seen()
        .filter(({ method }) => method !== 'GET').length,
    ).toBe(seen);
  });

  test('asks about an undo that was cut off in the middle, and does not send it again', async () => {
    const all = await team();
    const first = await all.app();
    const incident = await contained(first);
    await approve(incident, all);
    const { id } = incident;
    await first.close();
    let outcomes = 0;
    const dying = await all.app({
      hooks: dies((events) => events.some(({ kind }) => kind === 'act.outcome' && (outcomes += 1) === 1)),
    });
    await expect(release(await dying.open(id))).rejects.toThrow(/the tool died/);
    await dying.close();
    const writes = () =>
      all.systems
        .get('parlo')
        ?.seen()
        .filter(({ method }) => method !== 'GET').length;
    const sent = writes();
    const report = await release(await (await all.app()).open(id));
    expect(report.state).toBe('restored');
    expect(said(report)['parlo-inbox']).toMatch(/^done: switched on before the tool was cut off/);
    expect(writes()).toBe(sent);
  });

  test('does not cover what was stopped after somebody agreed', async () => {
    const all = await team();
    const incident = await contained(await all.app());
    await approve(incident, all);
    await confirmed(incident, await incident.prepareUndo('stop-webhooks'));
    await confirmed(incident, await incident.prepare('stop-webhooks'));
    const prepared = await incident.prepareRelease();
    expect(prepared.approval).toMatchObject({ enough: false, asked: null });
    await expect(confirmed(incident, prepared)).rejects.toThrow(/needs-approval/);
  });

  test('does not hold for ever, and says so', async () => {
    const all = await team();
    const incident = await contained(await all.app());
    await approve(incident, all);
    all.later(limits.approvalMs + 1000);
    const prepared = await incident.prepareRelease();
    expect(prepared.approval).toMatchObject({ enough: false, expired: true });
    await expect(confirmed(incident, prepared)).rejects.toThrow(/release --ask/);
    // The newest request counts: the one that ran out stands in the way of nothing.
    const asked = await approve(incident, all);
    expect((await incident.prepareRelease()).approval).toMatchObject({ asked, enough: true, expired: false });
    expect((await release(incident)).state).toBe('restored');
  });

  test('shows the page of what a person stopped, and writes down once the system says that it is on', async () => {
    const all = await team();
    const incident = await all
      .app()
      .then(async (app) => await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Token' }));
    const turn = (active: boolean): void => {
      all.systems.get('meta-lrh')?.change((state) => ({
        ...(state as Readonly<Record<string, Json>>),
        subscribed_apps: meta(all).subscribed_apps.map((one) => ({ ...one, active })),
      }));
    };
    turn(false);
    await incident.act({ do: 'tick', step: 'stop-webhooks', result: 'In the console' });
    const prepared = await incident.prepareRelease();
    expect(prepared.targets.find(({ target }) => target.item === 'wa-webhooks')?.byHand).toMatchObject({
      why: 'a person stopped it by hand',
    });
    expect((await confirmed(incident, prepared)).state).toBe('by-hand');
    turn(true);
    expect((await release(incident)).state).toBe('restored');
    const { containment } = incident.view();
    expect(containment.targets.find(({ item }) => item === 'wa-webhooks')).toMatchObject({
      hold: 'taken-back',
      drift: false,
    });
    await expect(incident.prepareRelease()).rejects.toThrow(/step-not-ready/);
  });

  test('leaves off what was off before us, and shows a page for what cannot come back', async () => {
    const all = await team();
    const incident = await all.app().then(async (app) => {
      const one = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Token in a notebook' });
      all.systems.get('meta-lrh')?.change((state) => ({
        ...(state as Readonly<Record<string, Json>>),
        subscribed_apps: meta(all).subscribed_apps.map((app_) => ({ ...app_, active: false })),
      }));
      await confirmed(one, await one.prepare('stop-webhooks'));
      await one.act({
        do: 'answer',
        step: 'give-token',
        answer: { is: 'secret', credentials: [{ item: 'lrh-prod-su', value: all.made('lrh-prod-su') }] },
      });
      await one.act({ do: 'skip', step: 'copy-token-record', reason: 'No time' });
      await confirmed(one, await one.prepare('revoke-token'));
      return one;
    });
    const prepared = await incident.prepareRelease();
    // The tool would switch nothing on, so nobody is asked.
    expect(prepared.approval).toBeNull();
    const gone = prepared.targets.find(({ target }) => target.item === 'lrh-prod-su');
    expect(gone?.byHand?.why).toMatch(/cannot come back/);
    expect(gone?.byHand?.manual.steps.join(' ')).toMatch(/Make a new one/);
    const report = await confirmed(incident, prepared);
    expect(report.state).toBe('restored');
    expect(said(report)['wa-webhooks']).toMatch(/^already: it was off before us/);
    expect(on(all)).toBe(false);
    expect(incident.view().containment.targets.find(({ item }) => item === 'wa-webhooks')?.hold).toBe(
      'proved',
    );
  });
});

/** Somebody edits in the console of the chat platform what the tool had switched off. */
const meddled = (state: Json): Json =>
  JSON.parse(JSON.stringify(state).replace('"incident_team"', '"leads"')) as Json;
