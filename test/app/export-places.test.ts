import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { OpenIncident } from '../../src/app/contract.ts';
import { newHome } from '../rig/app.ts';
import { company, folder } from './company.ts';

// Where an export goes: nothing that somebody has is written over, and where it cannot be written nothing is left behind.

/** The first of them waits for the definitions, beside other suites. */
const SLOW = { timeout: 60_000 };

const opened = async (title = 'Odd mail'): Promise<OpenIncident> =>
  await (await (await company()).app()).declare({ runbook: 'leaked-whatsapp-token', title });

const written = (incident: OpenIncident): number =>
  incident.timeline().filter(({ kind }) => kind === 'export.written').length;

test(
  'a file that is there stays as it is, and neither a file nor an entry is left of the try',
  SLOW,
  async () => {
    const incident = await opened();
    const place = folder();
    const out = join(place, 'brief.md');
    writeFileSync(out, 'the board has read this one');
    await expect(incident.export('brief', out)).rejects.toThrow(
      /already a .*brief\.md: nothing is overwritten/,
    );
    expect(readFileSync(out, 'utf8')).toBe('the board has read this one');
    expect(readdirSync(place)).toEqual(['brief.md']);
    expect(written(incident)).toBe(0);
  },
);

test('asked to replace it, it is replaced whole', SLOW, async () => {
  const incident = await opened();
  const out = join(folder(), 'brief.md');
  writeFileSync(out, 'old');
  expect(await incident.export('brief', out, { force: true })).toEqual([out]);
  expect(readFileSync(out, 'utf8')).toContain('Odd mail');
  expect(written(incident)).toBe(1);
});

test('the list of what was withheld is written over no other list', SLOW, async () => {
  const incident = await opened();
  const out = join(folder(), 'board.md');
  writeFileSync(`${out}.withheld.jsonl`, 'of another copy');
  await expect(incident.export('md', out, { audience: 'board' })).rejects.toThrow('nothing is overwritten');
  expect(readFileSync(`${out}.withheld.jsonl`, 'utf8')).toBe('of another copy');
});

test('two of one minute have two names in a folder', SLOW, async () => {
  const incident = await opened();
  const place = join(folder(), 'with spaces and ö');
  mkdirSync(place);
  const [first = ''] = await incident.export('md', place);
  await incident.act({ do: 'note', text: 'Between the two' });
  const [second = ''] = await incident.export('md', place);
  expect(second).not.toBe(first);
  expect(readFileSync(first, 'utf8')).not.toContain('Between the two');
  expect(readFileSync(second, 'utf8')).toContain('Between the two');
});

test('a bundle is never written over, and says so', SLOW, async () => {
  const incident = await opened();
  const out = join(folder(), 'case.zip');
  await expect(incident.export('bundle', out, { force: true })).rejects.toThrow(/never written over/);
});

test('the form of the app hears of it before anything is written', SLOW, async () => {
  const incident = await opened();
  const out = join(folder(), 'brief.md');
  expect(incident.previewExport('brief', {}, out).filter(({ tone }) => tone === 'bad')).toEqual([]);
  writeFileSync(out, 'old');
  expect(incident.previewExport('brief', {}, out).at(-1)?.says).toMatch(/already a .*nothing is overwritten/);
});

/** Root may write into any folder but those of the kernel. */
const closed = (): string => {
  if (process.getuid?.() === 0) return '/sys';
  const made = join(folder(), 'closed');
  mkdirSync(made, { mode: 0o500 });
  return made;
};

test('where nobody may write it is said, and the journal says of no copy', SLOW, async () => {
  const incident = await opened();
  const place = closed();
  const before = readdirSync(place);
  await expect(incident.export('brief', join(place, 'brief.md'))).rejects.toThrow(
    /permission|not permitted/i,
  );
  expect(readdirSync(place)).toEqual(before);
  expect(written(incident)).toBe(0);
});

const disk = newHome();
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=700', 'tmpfs', disk]).status === 0;
afterAll(() => {
  if (mounted) spawnSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
});

test.runIf(mounted)('on a full disk no half file is left, and what was there stays', SLOW, async () => {
  const incident = await opened();
  for (let i = 0; i < 20; i += 1) await incident.act({ do: 'note', text: `${i} ${'words '.repeat(700)}` });
  const old = join(disk, 'old.txt');
  writeFileSync(old, 'x'.repeat(40_000));
  for (const name of ['timeline.md', 'timeline.csv', 'events.jsonl']) {
    const format = name.split('.').at(-1) ?? '';
    const failed = incident.export(format, join(disk, name));
    await expect(failed).rejects.toMatchObject({ code: 'full' });
    expect(readdirSync(disk)).toEqual(['old.txt']);
  }
  // A copy with its list: neither without the other.
  const more = join(disk, 'more.txt');
  writeFileSync(more, 'x'.repeat(20_000));
  const failed = incident.export('md', join(disk, 'board.md'), { audience: 'board' });
  await expect(failed).rejects.toMatchObject({ code: 'full' });
  expect(readdirSync(disk)).toEqual(['more.txt', 'old.txt']);
  expect(statSync(old).size).toBe(40_000);
  expect(written(incident)).toBe(0);
});
