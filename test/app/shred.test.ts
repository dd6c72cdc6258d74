import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { hkdfSync } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { App, OpenIncident } from '../../src/app/contract.ts';
import { HOUR } from '../../src/base/duration.ts';
import { unwrapDek } from '../../src/journal/seal.ts';
import type { Company } from './company.ts';
import { sign, team } from './forgetting.ts';

/** Content is destroyed by policy, after two others have signed, never under a hold; every proof stays. */

const DAY = 24 * HOUR;
const SECRET = 'Maria Muster of 12 Example Street rang about her transcript';

const closedIncident = async (app: App): Promise<OpenIncident> => {
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Token in a notebook' });
  await incident.act({ do: 'note', text: SECRET });
  await incident.addEvidence(
    { from: 'text', text: `${SECRET} (evidence)`, name: 'call' },
    { note: 'a call' },
  );
  await incident.act({ do: 'close', outcome: 'not-an-incident', summary: 'Nothing was read' });
  return incident;
};

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((one) =>
    one.isFile() ? [join(one.parentPath, one.name)] : [],
  );

/** Files of the data folder in which one of these byte strings is found, raw, in hex or in base64. */
const found = ({ home }: Company, needles: readonly Uint8Array[]): readonly string[] => {
  const forms = needles.flatMap((bytes) => {
    const raw = Buffer.from(bytes);
    return [raw, Buffer.from(raw.toString('hex')), Buffer.from(raw.toString('base64').replace(/=+$/, ''))];
  });
  return filesUnder(home).filter((path) => {
    const text = readFileSync(path);
    return forms.some((form) => text.includes(form));
  });
};

/** Everything by which one class of this incident could be opened or guessed at: data key, wrapped key, blobs, `cs` of each. */
const material = (all: Company, id: string, dataClass: string) => {
  const db = new Database(join(all.home, 'incidents', id, 'journal.sqlite'), { readonly: true });
  const kek = Buffer.from(readFileSync(join(all.home, 'keys', 'data.key'), 'utf8').trim(), 'hex');
  const row = db
    .prepare("SELECT id, wrapped FROM dek WHERE class = ? AND state = 'active'")
    .get(dataClass) as {
    id: string;
    wrapped: Buffer;
  };
  const blobs = db.prepare('SELECT data FROM blob WHERE dek = ?').all(row.id) as readonly { data: Buffer }[];
  db.close();
  const dek = unwrapDek(kek, id, row.id, row.wrapped) ?? Buffer.alloc(0);
  const secrets = blobs.map(({ data }) =>
    Buffer.from(hkdfSync('sha256', dek, data.subarray(1, 33), 'firebreak/rec/v1', 64)),
  );
  return {
    dek,
    stored: [row.wrapped, ...blobs.map(({ data }) => data.subarray(45))],
    derived: secrets.flatMap((okm) => [okm.subarray(0, 32), okm.subarray(32)]),
  };
};

describe('content that has served its time', () => {
  test('is gone from every file after a shred, and every proof still verifies', async () => {
    const all = await team();
    const app = await all.app();
    const incident = await closedIncident(app);
    const [exported = ''] = await incident.export('md', null);
    all.later(31 * DAY);
    const parts = ['staff', 'evidence'].map((name) => material(all, incident.id, name));
    const stored = parts.flatMap((one) => one.stored);
    const plain = [Buffer.from(SECRET)];
    // The controls: what is looked for afterwards is found before, the key material in the journal and the words in an export.
    expect(found(all, stored).some((path) => /journal\.sqlite/.test(path))).toBe(true);
    expect(found(all, plain)).toEqual([exported]);
    writeFileSync(join(all.home, 'control'), parts[0]?.dek ?? '');
    expect(
      found(
        all,
        parts.map(({ dek }) => dek),
      ),
    ).toEqual([join(all.home, 'control')]);
    writeFileSync(join(all.home, 'control'), '');

    const asked = (await incident.askToDestroy(null, 'The days are over')).asked ?? 0;
    await sign(incident, asked, 'ben', 'cleo');
    const checkpoint = (await app.verify(incident.id)).root;
    const done = await incident.destroy(null);
    expect(done).toMatchObject({ classes: ['staff', 'evidence'], wiped: true, exports: [exported] });
    const [again = ''] = await incident.export('jsonl', null);
    const text = readFileSync(again, 'utf8');
    expect(text).toMatch(/\[content destroyed on \d{4}-\d\d-\d\d under staff: 30 days\]/);
    for (const dataClass of done.classes) expect(text).toContain(`Destroyed content: ${dataClass}`);
    expect(
      incident
        .timeline()
        .map(({ what }) => what)
        .join('\n'),
    ).toMatch(/\[content destroyed on \d{4}-\d\d-\d\d under staff: 30 days\]/);
    for (const needles of [stored, plain, parts.map(({ dek }) => dek), parts.flatMap((one) => one.derived)])
      expect(found(all, needles)).toEqual([]);
    await incident.leave();
    expect(found(all, [...stored, ...plain])).toEqual([]);
    const verified = await app.verify(incident.id);
    expect([verified.problems, verified.root === checkpoint]).toEqual([[], false]);
  });

  test('stays while one approval is missing, is the own one, or is for another request', async () => {
    const all = await team();
    const app = await all.app({ actor: 'ben' });
    const incident = await closedIncident(app);
    all.later(31 * DAY);
    const asked = (await incident.askToDestroy('evidence', 'The days are over')).asked ?? 0;
    const refused = { code: 'not-authorised' };
    await expect(sign(incident, asked, 'ben')).rejects.toMatchObject(refused);
    await sign(incident, asked, 'cleo');
    await expect(incident.destroy('evidence')).rejects.toMatchObject(refused);
    await expect(incident.destroy(null)).rejects.toMatchObject(refused);
    expect(incident.reveal({ n: asked, name: 'title' })).toBe('The days are over');
    all.later(15 * DAY);
    expect((await incident.destruction('evidence')).asked).toBeNull();
  });

  test('stays under a legal hold whatever the days are, until it is lifted', async () => {
    const all = await team();
    const app = await all.app();
    const incident = await closedIncident(app);
    all.later(31 * DAY);
    await incident.act({ do: 'hold', classes: ['evidence'], reason: 'A court has asked' });
    const hold = [...incident.view().state.holds.keys()][0] ?? 0;
    expect((await incident.destruction(null)).ready).toEqual(['staff']);
    await expect(incident.askToDestroy('evidence', 'x')).rejects.toThrow(/legal hold keeps it/);
    await incident.act({ do: 'hold', classes: [], reason: 'All of it' });
    expect((await incident.destruction(null)).ready).toEqual([]);
    for (const n of incident.view().state.holds.keys())
      await incident.act({ do: 'lift', hold: n, reason: 'Over' });
    expect((await incident.destruction(null)).ready).toEqual(['staff', 'evidence']);
    await expect(incident.act({ do: 'lift', hold, reason: 'Twice' })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(incident.timeline().map(({ what }) => what)).toContain('Legal hold on evidence');
  });

  test('stays under a hold that another process lays on it while it is being destroyed', async () => {
    const all = await team();
    const incident = await closedIncident(await all.app());
    all.later(31 * DAY);
    const asked = (await incident.askToDestroy(null, 'The days are over')).asked ?? 0;
    await sign(incident, asked, 'ben', 'cleo');
    const other = await (await all.app({ actor: 'dora' })).open(incident.id);
    const holding = other.act({ do: 'hold', classes: ['staff', 'evidence'], reason: 'A court has asked' });
    await expect(incident.destroy(null)).rejects.toThrow(/legal hold keeps it/);
    await holding;
    expect(incident.timeline().map(({ what }) => what)).toContain('Legal hold on staff, evidence');
    expect(incident.reveal({ n: asked, name: 'title' })).toBe('The days are over');
  });

  test('is kept as long as an archive duty asks, and while the incident is open', async () => {
    const all = await team('keeps: [mifid2.16-7]\ndays: { evidence: 30, staff: 30 }');
    const app = await all.app();
    const open = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Still open' });
    expect((await open.destruction(null)).classes.map(({ state }) => state)).not.toContain('due');
    await open.leave();
    const incident = await closedIncident(app);
    all.later(31 * DAY);
    const { classes, ready } = await incident.destruction(null);
    expect(ready).toEqual(['staff']);
    expect(classes.find((one) => one.class === 'evidence')).toMatchObject({
      state: 'not-yet',
      policy: 'evidence: 1830 days (mifid2.16-7)',
    });
  });

  test('is told not to be wiped while another process reads the journal', async () => {
    const all = await team();
    const app = await all.app();
    const incident = await closedIncident(app);
    all.later(31 * DAY);
    const asked = (await incident.askToDestroy('evidence', 'The days are over')).asked ?? 0;
    await sign(incident, asked, 'ben', 'cleo');
    const db = new Database(join(all.home, 'incidents', incident.id, 'journal.sqlite'), { readonly: true });
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM dek').get();
    expect(await incident.destroy('evidence')).toMatchObject({ wiped: false });
    db.close();
  });
});
