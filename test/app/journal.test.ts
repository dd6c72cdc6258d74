import { createServer } from 'node:http';
import { cpSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { OpenIncident } from '../../src/app/contract.ts';
import { ALL_ROWS } from '../../src/projections/choice.ts';
import { systemProcesses } from '../../src/io/process.ts';
import { rigApp } from '../rig/app.ts';
import { company, confirmed, folder, withToken } from './company.ts';

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const journalFolder = (home: string, { id }: Pick<OpenIncident, 'id'>): string => join(home, 'incidents', id);

describe('evidence', () => {
  test('keeps bytes with their hash, from a file, a page, a program and a paste, with where from and by whom', async () => {
    const all = await company({ processes: systemProcesses({ PATH: process.env['PATH'] }) });
    const incident = await withToken(await all.app(), all);
    const path = join(folder(), 'access.log');
    const bytes = Buffer.from([0x00, 0xff, 0x1b, 0x5b, 0x33, 0x31, 0x6d, 0x0a]);
    writeFileSync(path, bytes);
    const server = createServer((_ask, answer) => {
      answer.writeHead(404, { 'x-served-by': 'edge-7' });
      answer.end('gone');
    });
    await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/notebook`;
    const ids = [
      await incident.addEvidence(
        { from: 'file', path },
        { note: 'with EAAabcdefghijklmnop1234', step: 'copy-token-record' },
      ),
      await incident.addEvidence({ from: 'url', url }, { note: '' }),
      await incident.addEvidence(
        {
          from: 'command',
          argv: [process.execPath, '-e', 'console.log("42"); console.error("late"); process.exit(3)'],
        },
        { note: '' },
      ),
      await incident.addEvidence({ from: 'text', text: 'pasted', name: 'chat' }, { note: '' }),
    ];
    server.close();
    const kept = incident.view().state.evidence;
    expect(kept.map(({ id }) => id)).toEqual(ids);
    expect(kept.map((one) => [one.method, one.sha256, one.size])).toEqual([
      ['file', sha256(bytes), 8],
      ['url', sha256('gone'), 4],
      ['command', sha256('42\n'), 3],
      ['note', sha256('pasted'), 6],
    ]);
    const told = (i: number, name: string): string | null => incident.reveal({ n: kept[i]?.n ?? 0, name });
    expect([told(0, 'source'), told(0, 'collector'), told(0, 'note')]).toEqual([
      'access.log',
      'ada',
      'with [token EAA…]',
    ]);
    expect(told(1, 'headers')).toMatch(/^HTTP 404\n[^]*x-served-by: edge-7/);
    expect(told(2, 'headers')).toBe('exit 3\nlate');
    expect(told(3, 'content')).toBe('pasted');
  });

  test('that cannot be had is said, and nothing is written', async () => {
    const all = await company();
    const incident = await withToken(await all.app(), all);
    const size = incident.view().state.size;
    await expect(
      incident.addEvidence({ from: 'url', url: 'http://127.0.0.1:9/' }, { note: '' }),
    ).rejects.toThrow(/remote-failed/);
    await expect(
      incident.addEvidence({ from: 'command', argv: ['no-such-program'] }, { note: '' }),
    ).rejects.toThrow(/remote-failed/);
    await expect(incident.addEvidence({ from: 'file', path: '/no/such/file' }, { note: '' })).rejects.toThrow(
      /missing/,
    );
    expect(incident.view().state.size).toBe(size);
  });
});

describe('an export', () => {
  test('is for its owner alone, is named after the codename, and is written down with its hash', async () => {
    const all = await company();
    const app = await all.app();
    const incident = await withToken(app, all);
    const out = folder();
    for (const { id, extensions } of app.formats()) {
      const paths = [
        ...(await incident.export(id, null)),
        ...(await incident.export(id, out)),
        ...(await incident.export(id, join(out, `${id}.${extensions[0] ?? ''}`))),
      ];
      for (const path of paths) {
        const stat = statSync(path);
        expect(stat.mode & 0o777, `of ${path}`).toBe(stat.isDirectory() ? 0o700 : 0o600);
      }
      expect(paths[0]).toContain(join(all.home, 'exports', incident.id, incident.view().state.codename));
      const row = incident.timeline({ newestFirst: true, limit: 1 })[0];
      expect([row?.kind, incident.reveal({ n: row?.n ?? 0, name: 'path' })]).toEqual([
        'export.written',
        paths.at(-1),
      ]);
    }
    expect(readdirSync(join(all.home, 'exports', incident.id)).some((name) => name.startsWith('DRILL'))).toBe(
      false,
    );
    await expect(incident.export('docx', null)).rejects.toThrow(/not-found: what=export format/);
  });
});

test('an export without the key is made in every form, and written down but for where it lies', async () => {
  const all = await company();
  const first = await all.app();
  const { id } = await withToken(first, all);
  await first.close();
  rmSync(join(all.home, 'keys', 'data.key'));
  const app = await all.app();
  const incident = await app.open(id);
  const place = folder();
  const paths = await incident.export('regulator-pack', place);
  expect(paths.map((path) => path.split('.').at(-1))).toEqual(['md', 'json', 'docx']);
  expect(readFileSync(paths[0] ?? '', 'utf8')).toContain('sealed');
  const rows = incident.timeline({ newestFirst: true, limit: 3 });
  expect(rows.map(({ kind }) => kind)).toEqual(Array.from({ length: 3 }, () => 'export.written'));
  expect(incident.reveal({ n: rows[0]?.n ?? 0, name: 'path' })).toBeNull();
  await app.close();
});

describe('the place of an export', () => {
  test('is a folder for all forms, made where its name ends in a slash, or a file that says which', async () => {
    const all = await company();
    const app = await all.app();
    const incident = await withToken(app, all);
    const place = folder();
    const [made = ''] = await incident.export('md', `${join(place, 'new')}/`);
    expect(readdirSync(join(place, 'new'))).toEqual([basename(made)]);
    expect(statSync(join(place, 'new')).mode & 0o777).toBe(0o700);
    expect(await incident.export('md', join(place, 'Timeline.MD'))).toEqual([join(place, 'Timeline.MD')]);
    for (const name of ['timeline.docx', 'timeline'])
      await expect(incident.export('md', join(place, name))).rejects.toThrow(/md is written as \.md, and/);
    await expect(incident.export('md', join(place, 'none', 'a.md'))).rejects.toThrow(/missing/);
    expect(readdirSync(place).toSorted()).toEqual(['Timeline.MD', 'new']);
    await app.close();
  });

  test('is written with the rows that are chosen, and what is not made of rows refuses a choice', async () => {
    const all = await company();
    const app = await all.app();
    const incident = await withToken(app, all);
    const starred = incident.timeline({ starred: true });
    const { length } = incident.timeline();
    const choice = { ...ALL_ROWS, starred: true };
    const [path = ''] = await incident.export('md', null, { choice });
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(`${starred.length} of ${length} rows are shown`);
    expect(text.match(/^\| \d+/gm)).toEqual(starred.map(({ n }) => `| ${n}`));
    await expect(incident.export('brief', null, { choice })).rejects.toThrow(/not made of rows/);
    await expect(incident.export('bundle', null, { choice })).rejects.toThrow(/not made of rows/);
    await app.close();
  });
});

describe('verifying', () => {
  test('finds one byte that was changed, and names the entry', async () => {
    const all = await company();
    const app = await all.app();
    const incident = await withToken(app, all);
    await incident.act({ do: 'call', contact: 'dpo', outcome: 'no-answer' });
    const row = incident.timeline({ newestFirst: true, limit: 1 })[0];
    await incident.leave();
    expect(await app.verify(incident.id)).toMatchObject({ ok: true, pinned: true, problems: [] });
    const path = join(journalFolder(all.home, incident), 'journal.sqlite');
    const bytes = readFileSync(path);
    const at = bytes.indexOf('no-answer');
    expect(at).toBeGreaterThan(0);
    bytes[at] = 'N'.charCodeAt(0);
    writeFileSync(path, bytes);
    const found = await app.verify(incident.id);
    expect(found.ok).toBe(false);
    expect(found.problems.join('\n')).toMatch(new RegExp(`#${row?.n ?? -1}\\b`));
  });

  test('finds a journal that somebody else signed', async () => {
    const all = await company();
    const app = await all.app();
    const incident = await withToken(app, all);
    await incident.leave();
    rmSync(join(all.home, 'keys', 'device.pem'));
    expect((await app.verify(incident.id)).ok).toBe(false);
  });
});

describe('closing', () => {
  const deks = (home: string, incident: OpenIncident): readonly (Buffer | null)[] => {
    const db = new Database(join(journalFolder(home, incident), 'journal.sqlite'), { readonly: true });
    const rows = db.prepare(`SELECT wrapped FROM dek WHERE class = 'secrets-seen'`).all() as readonly {
      wrapped: Buffer | null;
    }[];
    db.close();
    return rows.map(({ wrapped }) => wrapped);
  };
  const bytesOf = (home: string, incident: OpenIncident): Buffer => {
    const at = journalFolder(home, incident);
    return Buffer.concat(
      readdirSync(at)
        .filter((name) => name.startsWith('journal.sqlite'))
        .map((name) => readFileSync(join(at, name))),
    );
  };

  test('destroys the leaked credentials, key and blob, and the proof of the past stays', async () => {
    const all = await company();
    const app = await all.app();
    const incident = await withToken(app, all);
    await incident.act({ do: 'skip', step: 'copy-token-record', reason: 'No time' });
    await confirmed(incident, await incident.prepare('revoke-token'));
    const n = incident.view().state.credentials.get('lrh-prod-su')?.[0]?.n ?? 0;
    expect(incident.reveal({ n, name: 'secret' })).toBe(all.made('lrh-prod-su'));
    const [wrapped] = deks(all.home, incident);
    expect(bytesOf(all.home, incident).includes(wrapped ?? 'none')).toBe(true);
    await incident.act({ do: 'close', outcome: 'resolved', summary: 'The token is dead' });

    const token = all.made('lrh-prod-su');
    const bytes = bytesOf(all.home, incident);
    for (const form of [
      token,
      Buffer.from(token).toString('base64').replace(/=+$/, ''),
      Buffer.from(token).toString('hex'),
      wrapped ?? 'none',
    ]) {
      expect(bytes.includes(form)).toBe(false);
    }
    expect(deks(all.home, incident)).toEqual([null]);
    expect(incident.reveal({ n, name: 'secret' })).toBeNull();
    await incident.leave();
    const again = await app.open(incident.id);
    expect([...again.view().state.acts.values()].map(({ proof }) => proof)).toEqual(['proved']);
    expect(again.view().containment.targets.find(({ item }) => item === 'lrh-prod-su')?.hold).toBe('proved');
    expect((await app.verify(incident.id)).problems).toEqual([]);
    await again.act({ do: 'note', text: 'Counsel wrote' });
  });

  test('destroys them too when the tool died right after the entry', async () => {
    const all = await company();
    const dying = await all.app({
      hooks: {
        after: (written) => {
          if (written.some(({ kind }) => kind === 'incident.closed')) throw new Error('the tool died');
        },
      },
    });
    const incident = await withToken(dying, all);
    await expect(
      incident.act({ do: 'close', outcome: 'not-an-incident', summary: 'A test token' }),
    ).rejects.toThrow('the tool died');
    await incident.leave();
    expect(deks(all.home, incident)[0]).not.toBeNull();
    await (await all.app()).open(incident.id);
    expect(deks(all.home, incident)).toEqual([null]);
  });
});

test('without its key an incident is still listed, shown and told, with [sealed] where words were', async () => {
  const all = await company();
  const incident = await withToken(await all.app(), all);
  await incident.act({ do: 'note', text: 'Only for us' });
  await confirmed(incident, await incident.prepare('stop-webhooks'));
  const before = incident.view();
  const told = incident.timeline().map(({ n }) => n);
  await incident.leave();
  const copy = folder();
  cpSync(all.home, copy, { recursive: true });
  rmSync(join(copy, 'keys', 'data.key'));

  const app = await rigApp({ home: copy, workspace: all.workspace, live: all.world });
  expect(app.incidents()).toMatchObject([
    {
      id: incident.id,
      title: '[sealed]',
      runbook: 'leaked-whatsapp-token',
      done: before.progress.done,
      total: before.progress.total,
    },
  ]);
  const again = await app.open(incident.id);
  const view = again.view();
  expect(view).toMatchObject({ title: '[sealed]', contacts: [] });
  expect(view.progress.steps.map(({ status }) => status)).toEqual(
    before.progress.steps.map(({ status }) => status),
  );
  // Who the organisation is stands in the sealed part: without it no duty is left out that could apply.
  const due = new Map(view.clocks.map((clock) => [clock.duty, [clock.standing, clock.due]]));
  for (const clock of before.clocks)
    expect(due.get(clock.duty), `of ${clock.duty}`).toEqual([clock.standing, clock.due]);
  const rows = again.timeline();
  expect(rows.map(({ n }) => n)).toEqual(told);
  expect(JSON.stringify(rows)).toContain('[sealed]');
  expect(JSON.stringify([rows, view])).not.toContain('Only for us');
  // What needs no key goes on: starting a step, calling somebody.
  await again.act({ do: 'start', step: 'record-report' });
  await again.act({ do: 'call', contact: 'dpo', outcome: 'reached' });
  expect((await app.verify(incident.id)).problems).toEqual([]);
  await app.close();
});
