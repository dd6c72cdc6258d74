import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { company, confirmed, withToken } from './company.ts';
import type { Company } from './company.ts';

/** Two processes on one journal. */

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const another = ({ home, workspace }: Company, id: string) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'other.ts'), home, workspace, id], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const hears = async (): Promise<unknown> => JSON.parse(String((await lines.next()).value));
  return {
    hears,
    does: async (wanted: string): Promise<unknown> => {
      child.stdin.write(`${wanted}\n`);
      return await hears();
    },
  };
};

test('the second may read and note, is kept from acting, and takes over when told to, which is written down', async () => {
  const all = await company();
  const incident = await withToken(await all.app(), all);
  await incident.act({ do: 'skip', step: 'copy-token-record', reason: 'No time' });
  const ben = another(all, incident.id);
  expect(await ben.hears()).toEqual({ readOnly: true });
  expect(await ben.does('note')).toEqual({ did: 'note', readOnly: true });
  expect(await ben.does('run')).toMatchObject({ refused: expect.stringMatching(/engine-held/) as string });

  // The first sees what the second corrected, before it sends anything.
  const prepared = await incident.prepare('revoke-token');
  expect(await ben.does('correct')).toMatchObject({ did: 'correct' });
  await expect(confirmed(incident, prepared)).rejects.toThrow(/plan-changed/);

  expect(await ben.does('take')).toEqual({ did: 'take', readOnly: false });
  await expect(confirmed(incident, await incident.prepare('stop-webhooks'))).rejects.toThrow(/engine-held/);
  await expect(incident.recheck()).rejects.toThrow(/engine-held/);
  await incident.act({ do: 'note', text: 'Handed over' });
  const rows = incident.timeline().map(({ kind, actor }) => `${kind} ${actor}`);
  expect(rows).toContain('note.added ben');
  expect(rows).toContain('engine.taken_over ben');
  expect(incident.view().state.acts.size).toBe(0);
  expect((await (await all.app()).verify(incident.id)).problems).toEqual([]);
});

test('one that was killed holds nothing: the next goes on by itself', async () => {
  const all = await company();
  const first = await withToken(await all.app(), all);
  await first.leave();
  const ben = another(all, first.id);
  expect(await ben.hears()).toEqual({ readOnly: false });
  const app = await all.app();
  expect(app.incidents()[0]?.held).toBe(true);
  const looking = await app.open(first.id, { readOnly: true });
  expect(looking.view()).toMatchObject({ readOnly: true, engine: 'elsewhere' });
  expect((await app.open(first.id)).view().readOnly).toBe(true);
  const child = children.at(-1);
  const over = new Promise((done) => child?.once('close', done));
  child?.kill('SIGKILL');
  await over;
  expect(app.incidents()[0]?.held).toBe(false);
  expect(looking.view().engine).toBe('none');
  expect((await app.open(first.id)).view()).toMatchObject({ readOnly: false, engine: 'here' });
});
