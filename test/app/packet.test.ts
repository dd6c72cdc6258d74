import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { App, OpenIncident } from '../../src/app/contract.ts';
import { isProblem } from '../../src/base/problem.ts';
import { describe as failure } from '../../src/cli/failure.ts';
import { rigApp } from '../rig/app.ts';
import { company, confirmed, folder, withToken, type Company } from './company.ts';

// An incident goes from one laptop to another: whole, signed, for one machine alone, and never at two places at once.

type Desk = Readonly<{ home: string; app: App }>;

const desk = async (all: Company, actor: string): Promise<Desk> => {
  const home = folder();
  return { home, app: await rigApp({ home, workspace: all.workspace, live: all.world, actor }) };
};

const refused = async (work: () => unknown): Promise<Readonly<{ exit: number; says: string }>> => {
  try {
    await work();
  } catch (error) {
    const told = failure(error);
    return { exit: told?.exit ?? 0, says: `${told?.failed ?? ''} ${told?.next.join(' ') ?? ''}` };
  }
  return { exit: 0, says: '' };
};

const handOver = async (incident: OpenIncident, to: App, more = 'p') => {
  const path = join(folder(), `${more}.packet`);
  const { line, check } = (await to.packets()).receiver();
  return { check, ...(await incident.packet(line, path)) };
};

/** Ana has an incident with a private note and a revoked token, and hands it to Ben. */
const night = async () => {
  const all = await company();
  const ana = { home: all.home, app: await all.app({ actor: 'ana' }) };
  const ben = await desk(all, 'ben');
  const incident = await withToken(ana.app, all);
  await incident.act({ do: 'note', text: 'The token was in a notebook' });
  await incident.act({ do: 'skip', step: 'copy-token-record', reason: 'No time' });
  await confirmed(incident, await incident.prepare('revoke-token'));
  const made = await handOver(incident, ben.app);
  await incident.leave();
  return { all, ana, ben, id: incident.id, made };
};

const left = (home: string): readonly string[] => readdirSync(join(home, 'incidents'));

test('goes on at the other machine: nothing renumbered, all of it readable, both parts verified', async () => {
  const { ana, ben, id, made } = await night();
  expect(statSync(made.path).mode & 0o777).toBe(0o600);
  const packet = await (await ben.app.packets()).open(made.path);
  expect(packet.about).toMatchObject({
    incident: id,
    size: made.size,
    root: made.root,
    by: 'ana',
    replaces: null,
  });
  expect(ben.app.incidents('live')).toEqual([]);
  const taken = await packet.take();
  expect(taken).toMatchObject({ incident: id, entry: made.size, missing: [] });
  const there = await ben.app.open(id);
  expect(there.view()).toMatchObject({ readOnly: false, title: 'Token in a notebook' });
  expect(JSON.stringify(there.timeline())).toContain('The token was in a notebook');
  await there.act({ do: 'note', text: 'Good morning' });
  expect(await there.recheck()).toMatchObject({ state: 'proved' });
  const verified = await ben.app.verify(id);
  expect(verified).toMatchObject({ ok: true, pinned: true, problems: [] });
  expect(verified.remarks.join('\n')).toContain(`#0 to #${made.size - 1}`);
  expect((await ana.app.verify(id)).ok).toBe(true);
  const held = await ben.app.verify(id, { against: join(ana.home, 'incidents', id) });
  expect(held).toMatchObject({ ok: true });
  expect(held.remarks.join('\n')).toMatch(/alike in .* more here/);
  await there.leave();
  expect(left(ben.home)).toEqual([id]);
}, 60_000);

test('the one who handed it over writes nothing more, until they say why; then there are two stories, and they are told', async () => {
  const { ana, ben, id, made, all } = await night();
  const old = await ana.app.open(id);
  expect(old.view()).toMatchObject({ readOnly: true, state: { handed: { by: 'ana', to: made.check } } });
  for (const work of [
    () => old.act({ do: 'note', text: 'One more thing' }),
    async () => confirmed(old, await old.prepareItem('lrh-prod-su', 'revoke')),
    () => old.recheck(),
    () => old.askToDestroy(null, 'Too old'),
    () => old.addEvidence({ from: 'text', text: 'x', name: 'x.txt' }, { note: 'x' }),
  ]) {
    const { exit, says } = await refused(work);
    expect(says).toContain('HANDED OVER');
    expect(exit).toBe(13);
  }
  await old.leave();
  expect((await ana.app.verify(id)).entries).toBe(made.size);
  const again = await ana.app.open(id);
  await again.act({ do: 'keep-journal', reason: 'The courier never came' });
  await again.leave();
  const kept = await ana.app.open(id);
  expect(kept.view().readOnly).toBe(false);
  await kept.act({ do: 'note', text: 'On it again' });
  await kept.leave();
  await (await (await ben.app.packets()).open(made.path)).take();
  const mine = join(ana.home, 'incidents', id);
  const told = await ben.app.verify(id, { against: mine });
  expect(told.ok).toBe(false);
  expect(told.problems.join('\n')).toContain(`two stories: alike up to entry #${made.size - 1}`);
  // Bringing Ben's back to Ana is refused in the same words.
  const there = await ben.app.open(id);
  const back = await handOver(there, ana.app, 'back');
  await there.leave();
  const { exit, says } = await refused(async () => (await ana.app.packets()).open(back.path));
  expect(exit).toBe(9);
  expect(says).toContain(`alike up to entry #${made.size - 1}`);
  expect(left(ana.home)).toEqual([id]);
  void all;
}, 60_000);

test('what was put aside for one moment comes back after a crash in it, and is not swept away', async () => {
  const { ana, ben, id, made } = await night();
  const incidents = join(ana.home, 'incidents');
  const dead = `.packet-${2 ** 22}-0a1b2c3d4e5f`;
  // Ana's copy was about to be replaced by a later one: it is out of the way, and the other is not yet there.
  renameSync(join(incidents, id), join(incidents, `${dead}-before-live-${id}`));
  mkdirSync(join(incidents, dead));
  const bogus = join(folder(), 'no.packet');
  writeFileSync(bogus, 'no packet');
  (await ana.app.packets()).receiver();
  expect((await refused(async () => (await ana.app.packets()).open(bogus))).exit).not.toBe(0);
  expect(left(ana.home)).toEqual([id]);
  expect((await ana.app.verify(id)).entries).toBe(made.size);
  void ben;
}, 60_000);

test('comes back to the first machine, and goes on there behind what the second one wrote', async () => {
  const { ana, ben, id, made } = await night();
  await (await (await ben.app.packets()).open(made.path)).take();
  const there = await ben.app.open(id);
  await there.act({ do: 'note', text: 'By day' });
  const back = await handOver(there, ana.app, 'back');
  await there.leave();
  const packet = await (await ana.app.packets()).open(back.path);
  expect(packet.about.replaces).toBe(made.size);
  await packet.take();
  const here = await ana.app.open(id);
  expect(here.view().readOnly).toBe(false);
  await here.act({ do: 'note', text: 'By night' });
  expect(JSON.stringify(here.timeline())).toMatch(/By day.*By night/);
  await here.leave();
  expect(await ana.app.verify(id)).toMatchObject({ ok: true, problems: [] });
  expect(left(ana.home)).toEqual([id]);
}, 60_000);

test('a packet is for one machine, once, and for the newest state alone', async () => {
  const { all, ana, ben, id, made } = await night();
  const eve = await desk(all, 'eve');
  expect(await refused(async () => (await eve.app.packets()).open(made.path))).toMatchObject({ exit: 4 });
  (await eve.app.packets()).receiver();
  const wrong = await refused(async () => (await eve.app.packets()).open(made.path));
  expect(wrong).toMatchObject({ exit: 4 });
  expect(wrong.says).toContain('for another machine');
  const none = join(folder(), 'letter.txt');
  writeFileSync(none, 'Dear customer');
  expect(await refused(async () => (await ben.app.packets()).open(none))).toMatchObject({ exit: 2 });
  expect(await refused(async () => (await ben.app.packets()).open('/nowhere'))).toMatchObject({ exit: 10 });
  // Lost on its way, it is made again for the same machine, and is the same story.
  const old = await ana.app.open(id);
  const again = await handOver(old, ben.app, 'again');
  expect(again).toMatchObject({ size: made.size, root: made.root });
  expect((await refused(async () => handOver(old, eve.app))).says).toContain('HANDED OVER');
  await old.leave();
  await (await (await ben.app.packets()).open(again.path)).take();
  const twice = await refused(async () => (await ben.app.packets()).open(made.path));
  expect(twice).toMatchObject({ exit: 2 });
  expect(twice.says).toContain('is here already');
  // Ben has seen more by now: without his copy, the older packet is told as older.
  const there = await ben.app.open(id);
  await there.act({ do: 'note', text: 'More' });
  const back = await handOver(there, ana.app, 'back');
  await there.leave();
  await (await (await ana.app.packets()).open(back.path)).take();
  expect(left(ben.home)).toEqual([id]);
  for (const home of [eve.home]) expect(left(home)).toEqual([]);
}, 60_000);

test('an older packet is told by what this machine has seen of the journal', async () => {
  const { ana, ben, id, made } = await night();
  const kept = await ana.app.open(id);
  await kept.act({ do: 'keep-journal', reason: 'Not yet' });
  await kept.leave();
  const more = await ana.app.open(id);
  await more.act({ do: 'note', text: 'Later' });
  await more.leave();
  const last = await ana.app.open(id);
  const newer = await handOver(last, ben.app, 'newer');
  await last.leave();
  expect(newer.size).toBeGreaterThan(made.size);
  const marks = join(ana.home, 'marks');
  mkdirSync(join(ben.home, 'marks'), { mode: 0o700, recursive: true });
  for (const name of readdirSync(marks)) copyFileSync(join(marks, name), join(ben.home, 'marks', name));
  const older = await refused(async () => (await ben.app.packets()).open(made.path));
  expect(older).toMatchObject({ exit: 9 });
  expect(older.says).toContain('an older one');
  await (await (await ben.app.packets()).open(newer.path)).take();
  expect(await ben.app.verify(id)).toMatchObject({ ok: true });
}, 60_000);

test('a byte changed anywhere, or an end cut off, is refused and leaves nothing behind', async () => {
  const { ben, made } = await night();
  const whole = readFileSync(made.path);
  const packets = await ben.app.packets();
  const head = whole.indexOf('\n---') + 4;
  const places = [
    22,
    30,
    60,
    90,
    head,
    head + 20,
    head + 60,
    head + 70,
    head + 300,
    ...Array.from({ length: 12 }, (_, i) => Math.floor(((i + 1) * (whole.length - 1)) / 12)),
  ];
  const spoiled = join(folder(), 'spoiled.packet');
  for (const at of places) {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(spoiled, bytes);
    const { exit } = await refused(async () => packets.open(spoiled));
    expect([2, 4, 9], `byte ${at}`).toContain(exit);
    // Behind the stanza, which says for whom it is, nothing but 9 is possible.
    if (at > head) expect(exit, `byte ${at}`).toBe(9);
  }
  for (const length of [100, head + 40, 70_000, whole.length - 1, whole.length - (whole.length % 65_552)]) {
    writeFileSync(spoiled, whole.subarray(0, length));
    expect(await refused(async () => packets.open(spoiled)), `cut to ${length}`).toMatchObject({ exit: 9 });
  }
  writeFileSync(spoiled, Buffer.concat([whole, Buffer.from('x')]));
  expect(await refused(async () => packets.open(spoiled))).toMatchObject({ exit: 9 });
  expect(left(ben.home)).toEqual([]);
  // Control: as it was made, it opens; put aside again, it leaves nothing either.
  const packet = await packets.open(made.path);
  expect(left(ben.home)).toHaveLength(1);
  packet.drop();
  expect(left(ben.home)).toEqual([]);
}, 120_000);

test('what a dying process left is no incident, and is gone with the next packet', async () => {
  const { ben, made } = await night();
  const gone = join(ben.home, 'incidents', '.packet-999999999-0a0b0c0d0e0f');
  mkdirSync(gone, { mode: 0o700 });
  writeFileSync(join(gone, 'journal.sqlite'), 'half');
  expect(ben.app.incidents('live')).toEqual([]);
  const packet = await (await ben.app.packets()).open(made.path);
  expect(existsSync(gone)).toBe(false);
  packet.drop();
}, 60_000);

test('the line must be whole, of another machine, and no bare age key; and nothing is handed over in vain', async () => {
  const { all, ana } = await night();
  const incident = await ana.app.declare({ runbook: 'leaked-whatsapp-token', title: 'Another' });
  const { line } = (await ana.app.packets()).receiver();
  const out = join(folder(), 'x.packet');
  const broken = line.replace(/.$/, (letter) => (letter === 'q' ? 'p' : 'q'));
  for (const [given, words] of [
    [line, 'this machine itself'],
    [broken, 'a letter is wrong'],
    ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p', 'who may go on'],
  ] as const)
    expect((await refused(async () => incident.packet(given, out))).says).toContain(words);
  const ben = await desk(all, 'ben');
  const to = (await ben.app.packets()).receiver().line;
  expect((await refused(async () => incident.packet(to, '/nowhere/x.packet'))).exit).toBe(10);
  writeFileSync(out, 'mine');
  expect((await refused(async () => incident.packet(to, out))).exit).toBe(2);
  expect(readFileSync(out, 'utf8')).toBe('mine');
  expect(incident.view().state.handed).toBeNull();
  await incident.act({ do: 'note', text: 'Still here' });
  await incident.leave();
  expect(isProblem(null)).toBe(false);
}, 60_000);

test('a drill stays a drill: its systems go along as they are, its keys are thrown away', async () => {
  const [home, there] = [folder(), folder()];
  const [ana, ben] = [await rigApp({ home, actor: 'ana' }), await rigApp({ home: there, actor: 'ben' })];
  const drill = await ana.drill('leaked-whatsapp-token', { seed: 7 });
  const made = await handOver(drill, ben);
  const systems = readFileSync(join(home, 'drills', drill.id, 'systems', 'slack-lrh.json'), 'utf8');
  await drill.leave();
  const packet = await (await ben.packets()).open(made.path);
  expect(packet.about).toMatchObject({ drill: true, incident: drill.id });
  await packet.take();
  expect(left(there)).toEqual([]);
  const folderThere = join(there, 'drills', drill.id);
  expect(readFileSync(join(folderThere, 'systems', 'slack-lrh.json'), 'utf8')).toBe(systems);
  const keys = (of: string): string => readFileSync(join(of, 'device.pem'), 'utf8');
  expect(keys(join(folderThere, 'keys'))).not.toBe(keys(join(home, 'drills', drill.id, 'keys')));
  expect(keys(join(folderThere, 'keys'))).not.toBe(keys(join(there, 'keys')));
  const again = await ben.open(drill.id);
  expect(again.view()).toMatchObject({ readOnly: false, state: { drill: true, handed: null } });
  await again.act({ do: 'note', text: 'By Ben' });
  expect(again.view().now).toBeLessThan(Date.parse('2026-11-28'));
  await again.leave();
  expect(await ben.verify(drill.id)).toMatchObject({ ok: true, pinned: true, problems: [] });
  await ana.close();
  await ben.close();
}, 60_000);
