import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { incidentFolder } from '../../src/app/base.ts';
import type { App, OpenIncident } from '../../src/app/contract.ts';
import { openSqlite } from '../../src/io/sqlite.ts';
import { makeTsa } from '../rig/tsa.ts';
import { company, folder, type Company } from './company.ts';

const never = (): never => {
  throw new Error('the chat is there');
};

type Message = Readonly<{ ts: string; text: string }>;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A team whose checkpoints go to its chat, to an authority and into a folder. */
const team = async (anchors: (shares: string) => string) => {
  const team = await company();
  const shares = folder();
  appendFileSync(join(team.workspace, 'firebreak.yaml'), `\nanchors:\n${anchors(shares)}`);
  return { ...team, shares };
};
const declared = async (app: App): Promise<OpenIncident> =>
  await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Token in a notebook' });
const journalOf = ({ home }: Company, id: string): string =>
  join(incidentFolder(home, id, false), 'journal.sqlite');

test('the checkpoint stands in the channel, at the authority and in the folder before the incident is left', async () => {
  const tsa = await makeTsa();
  closing.push(tsa.close);
  const here = await team(
    (shares) =>
      `  room: { slack: slack-lrh, channel: "#war-room" }\n  tsa: { timestamp: "${tsa.url}", ca: "${tsa.caPath}" }\n  share: { folder: "${shares}" }\n`,
  );
  here.systems.get('slack-lrh')?.change((state) => ({
    ...(state as object),
    channels: [{ id: 'C0000000099', name: 'war-room', members: ['U0FIREBREAK'] }],
  }));
  const app = await here.app();
  const incident = await declared(app);
  expect(incident.view().anchors).toMatchObject({ size: 0, urgent: false });
  const { sent, anchors } = await incident.anchors.send();
  expect(anchors.failing).toEqual([]);
  expect(sent).toBe(true);
  expect(anchors).toMatchObject({ behind: 0, alarms: [] });
  const said = (): readonly Message[] =>
    (here.systems.get('slack-lrh')?.state() as unknown as { messages: readonly Message[] } | undefined)
      ?.messages ?? never();
  const inFolder = (): readonly string[] =>
    readdirSync(here.shares).map((file) => readFileSync(join(here.shares, file), 'utf8'));
  // What goes out by itself may be on its way to one of the places with a later one.
  await expect
    .poll(() => inFolder().some((note) => said().some(({ text }) => text === `\`\`\`\n${note}\`\`\``)), {
      timeout: 20_000,
    })
    .toBe(true);
  const messages = said();
  // Found edited when it is looked at again.
  here.systems.get('slack-lrh')?.change((state) => ({
    ...(state as object),
    messages: messages.map((one) => ({ ...one, text: 'nothing happened' })),
  }));
  const again = await incident.anchors.send();
  expect(again.anchors.alarms).toMatchObject([{ is: 'changed', anchor: 'room' }]);
  await incident.leave();
  expect(await app.verify(incident.id)).toMatchObject({ ok: true, unseen: [] });
  // A receipt that an entry names is demanded.
  const db = openSqlite(journalOf(here, incident.id), { mode: 'write' });
  db.exec(`DELETE FROM anchor WHERE kind = 'timestamp:tsa'`);
  db.close();
  expect((await app.verify(incident.id)).findings[0]).toMatchObject({ kind: 'anchor' });
});

test('an older copy that is put back is told at once, never locks anybody out, and never verifies again', async () => {
  const here = await team((shares) => `  share: { folder: "${shares}" }\n`);
  const app = await here.app();
  const incident = await declared(app);
  const place = incidentFolder(here.home, incident.id, false);
  await incident.leave();
  const copy = folder();
  cpSync(place, copy, { recursive: true });
  const later = await app.open(incident.id);
  await later.act({ do: 'note', text: 'Called the bank' });
  await later.leave();
  expect((await app.verify(incident.id)).ok).toBe(true);
  rmSync(place, { recursive: true });
  cpSync(copy, place, { recursive: true });
  expect((await app.verify(incident.id)).findings.map(({ kind }) => kind)).toEqual(['shortened']);

  const reading = await app.open(incident.id, { readOnly: true });
  expect(reading.view().anchors.alarms).toMatchObject([{ is: 'shorter', n: null }]);
  await reading.leave();
  const back = await app.open(incident.id);
  expect(back.view().anchors.alarms).toMatchObject([{ is: 'shorter' }]);
  await back.act({ do: 'note', text: 'Went on all the same' });
  await back.act({ do: 'note', text: 'And on' });
  await back.leave();
  const told = await app.verify(incident.id);
  expect(told.ok).toBe(false);
  expect(told.problems.join('\n')).toContain('two stories');
  const twice = await app.open(incident.id);
  expect(twice.view().anchors.alarms.map(({ is }) => is)).toEqual(['shorter', 'other']);
  await twice.leave();
  // Without the marks of this machine, what lies in the folder still shows it.
  rmSync(join(here.home, 'marks'), { recursive: true });
  expect((await app.verify(incident.id)).ok).toBe(false);
});

test('checkpoints that a person brings are held against it, those of other journals passed over', async () => {
  const here = await company();
  const app = await here.app();
  const [first, second] = [await declared(app), await declared(app)];
  const brought = folder();
  mkdirSync(join(brought, 'old'));
  writeFileSync(join(brought, 'first.note'), first.anchors.checkpoint(0).note);
  writeFileSync(join(brought, 'readme.txt'), 'not a note');
  await first.leave();
  expect(await app.verify(second.id, { anchors: [brought] })).toMatchObject({ ok: true });
  const held = await app.verify(first.id, { anchors: [brought] });
  expect(held.ok).toBe(true);
  expect(held.known).toBeGreaterThan(0);
  await expect(app.verify(first.id, { anchors: [join(brought, 'readme.txt')] })).rejects.toMatchObject({
    code: 'usage',
  });
  await expect(app.verify(first.id, { anchors: ['/no/where'] })).rejects.toMatchObject({ code: 'not-found' });
});

test('a second responder vouches for what only grew, and the line is kept and demanded', async () => {
  const other = await company();
  const witness = (await other.app()).witness;
  const here = await team(() => `  second: { cosigner: "${witness.key()}" }\n`);
  const app = await here.app();
  const incident = await declared(app);
  const { request, vkey, size } = incident.anchors.checkpoint(0);
  expect(() => witness.cosign(request, null)).toThrow('usage');
  const { line } = witness.cosign(request, vkey);
  expect(await incident.anchors.cosigned(line)).toEqual({ anchor: 'second', size });
  expect(incident.view().anchors.size).toBe(size);
  expect(() => witness.cosign(incident.anchors.checkpoint(0).request, null)).toThrow('must start from');
  expect(witness.cosign(incident.anchors.checkpoint(size).request, null).size).toBe(size + 1);
  await expect(incident.anchors.cosigned(line.replace(/.{9}\n$/, 'AAAAAAAA\n'))).rejects.toMatchObject({
    code: 'not-authorised',
  });
  await incident.leave();
  expect((await app.verify(incident.id)).ok).toBe(true);
});

test('nothing is sent to an address in a workspace that nobody has trusted', async () => {
  const here = await team((shares) => `  share: { folder: "${shares}" }\n`);
  const untrusted = { ...here.world, trusts: () => Promise.resolve(false) };
  const { rigApp } = await import('../rig/app.ts');
  const app = await rigApp({ home: here.home, workspace: here.workspace, live: untrusted });
  const incident = await declared(app);
  expect(await incident.anchors.send()).toMatchObject({
    sent: false,
    anchors: { failing: [{ name: 'share', fault: 'not-configured' }] },
  });
  expect(readdirSync(here.shares)).toEqual([]);
  await app.close();
}, 60_000);
