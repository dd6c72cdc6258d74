import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { company, folder } from './company.ts';

const live = async () => {
  const all = await company();
  const app = await all.app();
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'A secret title' });
  return { all, app, incident, door: await app.journals() };
};
const note = async (incident: { act: (command: never) => Promise<void> }, text: string): Promise<void> => {
  await incident.act({ do: 'note', text } as never);
};

describe('a copy of a journal', () => {
  test('is of one moment while others write, verifies, is put back and written on', async () => {
    const { all, app, incident, door } = await live();
    const out = folder();
    const writing = Promise.all(Array.from({ length: 30 }, (_, i) => note(incident, `note ${i}`)));
    const [made] = door.backup(incident.id, out);
    await writing;
    const path = made?.path ?? '';
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(existsSync(`${path}-wal`)).toBe(false);
    expect(await app.verify(path)).toMatchObject({ ok: true, entries: made?.entries });
    expect(() => door.restore(path)).toThrow(/is here already/);
    await incident.leave();

    const [latest] = door.backup(incident.id, join(folder(), 'latest.sqlite'));
    renameSync(join(all.home, 'incidents', incident.id), join(folder(), 'aside'));
    expect(door.restore(latest?.path ?? '')).toEqual({
      incident: incident.id,
      path: join(all.home, 'incidents', incident.id, 'journal.sqlite'),
      entries: latest?.entries,
    });
    const again = await (await all.app()).open(incident.id);
    expect(again.view().title).toBe('A secret title');
    await note(again, 'after the restore');
    await again.leave();
    expect(await app.verify(incident.id)).toMatchObject({ ok: true, pinned: true });
  });

  test('that is older than what this machine has seen is put back, and is broken until somebody stands for it', async () => {
    const { all, app, incident, door } = await live();
    const [older] = door.backup(incident.id, folder());
    await note(incident, 'written after the copy');
    const elsewhere = join(folder(), 'newest');
    writeFileSync(elsewhere, incident.anchors.checkpoint(0).note);
    await incident.leave();
    renameSync(join(all.home, 'incidents', incident.id), join(folder(), 'aside'));
    door.restore(older?.path ?? '');
    const again = await (await all.app()).open(incident.id);
    expect(again.view().title).toBe('A secret title');
    expect(again.timeline({}).some(({ kind }) => kind === 'journal.contradicted')).toBe(true);
    await note(again, 'written before anybody stood for it');
    await again.leave();
    const found = await app.verify(incident.id);
    expect(found.ok).toBe(false);
    expect(found.problems.join()).toMatch(/checkpoint from outside/);

    const later = await (await all.app({ actor: 'ben' })).open(incident.id);
    const why = 'the disk died, this was the newest backup';
    expect(await later.anchors.acknowledge(why)).toMatchObject({
      remembered: [expect.any(Number)],
      lost: [],
    });
    expect(await later.anchors.acknowledge('twice')).toEqual({ remembered: [], lost: [] });
    const said = later.timeline({}).find(({ kind }) => kind === 'journal.acknowledged');
    expect(said).toMatchObject({
      actor: 'ben',
      why: 'the disk died, this was the newest backup',
      star: true,
    });
    await later.leave();
    const told = await app.verify(incident.id);
    expect(told).toMatchObject({ ok: true, problems: [] });
    expect(told.remarks.join()).toMatch(/of another state .* ben stands for it/);
    // What somebody else holds is not this machine's to explain away.
    expect(await app.verify(incident.id, { anchors: [elsewhere] })).toMatchObject({ ok: false });
  });

  test('from before the keys of the journal changed is written on, and one word stands for both', async () => {
    const { all, app, incident, door } = await live();
    const [older] = door.backup(incident.id, folder());
    await Promise.all(Array.from({ length: 260 }, (_, i) => note(incident, `note ${i}`)));
    await note(incident, 'the first of another epoch');
    await incident.leave();
    expect([...door.show(incident.id, 0)].some(({ entry }) => entry.kind === 'key.rotate')).toBe(true);
    renameSync(join(all.home, 'incidents', incident.id), join(folder(), 'aside'));
    door.restore(older?.path ?? '');
    const again = await (await all.app({ actor: 'ben' })).open(incident.id);
    await note(again, 'nobody was locked out');
    const alarms = again.view().anchors.alarms.map(({ is }) => is);
    expect(alarms).toEqual(expect.arrayContaining(['shorter', 'key-lost']));
    expect((await app.verify(incident.id)).ok).toBe(false);
    const stood = await again.anchors.acknowledge('the disk died');
    expect([stood.remembered.length, stood.lost.length]).toEqual([1, 1]);
    await again.leave();
    const told = await app.verify(incident.id);
    expect(told).toMatchObject({ ok: true, problems: [] });
    expect(told.remarks.join('\n')).toMatch(
      /the key that signed until entry #\d+ was gone there[^]* ben stands for it/,
    );
    expect(told.remarks.join('\n')).toMatch(/of another state/);
  });

  test('is neither made nor put back when it does not verify, nor over anything', async () => {
    const { all, incident, door } = await live();
    const out = join(folder(), 'copy.sqlite');
    door.backup(incident.id, out);
    expect(() => door.backup(incident.id, out)).toThrow(/already/);
    await incident.leave();
    const db = new Database(out);
    db.exec(
      `DROP TRIGGER entry_is_never_changed; UPDATE entry SET leaf = CAST(CAST(leaf AS TEXT) || ' ' AS BLOB) WHERE n = 3`,
    );
    db.close();
    renameSync(join(all.home, 'incidents', incident.id), join(folder(), 'aside'));
    expect(() => door.restore(out)).toThrow(/journal-broken/);
    expect(existsSync(join(all.home, 'incidents', incident.id, 'journal.sqlite'))).toBe(false);
  });

  test('shows the public part of entries, from the start, the end, or one', async () => {
    const { incident, door } = await live();
    const all = [...door.show(incident.id, 0)];
    expect(all.map(({ entry }) => entry.n)).toEqual(all.map((_, i) => i));
    expect([...door.show(incident.id, -3)]).toEqual(all.slice(-3));
    expect(JSON.stringify(all)).not.toContain('A secret title');
  });
});

const tools = ['openssl', 'jq', 'xxd'].every((tool) => spawnSync(tool, ['--version']).error === undefined);

describe('one entry, disclosed', () => {
  test.skipIf(!tools)('is checked by the commands it brings along, and refused once changed', async () => {
    const { incident, door } = await live();
    const at = [...door.show(incident.id, 0)].find(({ entry }) =>
      entry.priv.some(({ name }) => name === 'title'),
    );
    const path = join(folder(), 'entry.json');
    await incident.disclose(at?.entry.n ?? 0, ['title'], path);
    const text = readFileSync(path, 'utf8');
    const script = (JSON.parse(text) as { check: string[] }).check.join('\n');
    const check = (change: string): number | null => {
      writeFileSync(path, change);
      return spawnSync('sh', ['-eu', '-c', script, 'check', path]).status;
    };
    expect(check(text)).toBe(0);
    const field = Buffer.from('A secret title').toString('base64');
    expect(text).toContain(field);
    expect(check(text.replace(field, Buffer.from('Another title.').toString('base64')))).not.toBe(0);
    expect(
      check(text.replace(/"secret": "(.)/, (_, c: string) => `"secret": "${c === '0' ? '1' : '0'}`)),
    ).not.toBe(0);
    expect(check(text.replace('incident.opened', 'incident.closed'))).not.toBe(0);
    expect(check(text.replace(/index [0-9]+/, 'index 0'))).not.toBe(0);
    await expect(incident.disclose(0, [], path)).rejects.toThrow(/already/);
    await expect(incident.disclose(0, ['nothing'], join(folder(), 'x'))).rejects.toThrow(/not-found/);
  });
});
