import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HOUR } from '../../src/base/duration.ts';
import { rigApp } from '../rig/app.ts';
import { company } from './company.ts';

// The quarterly audit against simulators: what it finds, what it keeps, and when it falls due.

type Company = Awaited<ReturnType<typeof company>>;
const doorOf = async (all: Company) => await (await all.app()).audits();
const fileOf = ({ home }: Company): string => {
  const [name = ''] = readdirSync(join(home, 'audit'));
  return join(home, 'audit', name);
};

test('it finds what the drill has planted, asks what no system tells, and says what it could not see', async () => {
  const all = await company();
  const { findings, questions, blindSpots, lines } = await (await doorOf(all)).audit({ keep: false });
  const has = (rule: string, subject: string): boolean =>
    findings.some((one) => one.rule === rule && one.subject === subject);
  expect(has('not-in-inventory', 'parlo:wh_cdn')).toBe(true);
  expect(has('scopes-grown', 'reelreply')).toBe(true);
  expect(has('no-owner', 'kestrel-refund-rule')).toBe(true);
  expect(has('one-key-many-channels', 'lrh-prod-su')).toBe(false);
  expect(questions.map(({ question }) => question.id)).toContain('mfa:meta-lrh');
  expect(blindSpots.join()).toContain('github-lrh was not asked');
  expect(
    readFileSync(join(all.workspace, 'inventory.yaml'), 'utf8').split('\n')[(lines['reelreply'] ?? 0) - 1],
  ).toContain('reelreply');
  // Only looked at: nothing was kept.
  expect(readdirSync(all.home)).not.toContain('audit');
}, 30_000);

test('what was found is kept, compared next quarter, and answers are asked again when they are old', async () => {
  const all = await company();
  const door = await doorOf(all);
  const first = await door.audit({ keep: true });
  expect(first.since.date).toBeNull();
  expect(statSync(fileOf(all)).mode & 0o777).toBe(0o600);
  // Two systems were not asked, so it was no whole audit: it stays due.
  expect(await door.due()).toMatchObject({ overdue: true, last: null });
  await door.answer('mfa:meta-lrh', 'no', 'token ghp_1234567890abcdefghijklmnopqrstuvwxyz12');
  expect(readFileSync(fileOf(all), 'utf8')).not.toContain('ghp_1234567890');
  await expect(door.answer('nonsense', 'yes', '')).rejects.toThrow(/not-found/);
  const kept = JSON.parse(readFileSync(fileOf(all), 'utf8')) as {
    past: { notAsked: string[]; date: string }[];
  };
  for (const one of kept.past) one.notAsked = [];
  writeFileSync(fileOf(all), JSON.stringify(kept));
  expect(await door.due()).toMatchObject({ overdue: false, daysLeft: 91 });
  all.later(92 * 24 * HOUR);
  const later = await doorOf(all);
  expect(await later.due()).toMatchObject({ overdue: true, daysLeft: -1 });
  const second = await later.audit({ keep: true });
  expect(second.since).toMatchObject({ date: kept.past[0]?.date });
  expect(second.since.fresh.map(({ rule, subject }) => `${rule} ${subject}`)).toContain(
    'answer-bad mfa:meta-lrh',
  );
  expect(second.since.still.length).toBeGreaterThan(3);
  expect(second.questions.map(({ question }) => question.id)).not.toContain('mfa:meta-lrh');
  all.later(100 * 24 * HOUR);
  const third = await (await doorOf(all)).audit({ keep: false });
  expect(third.questions.find(({ question }) => question.id === 'mfa:meta-lrh')).toMatchObject({
    due: 'answered too long ago',
  });
}, 60_000);

test('a history that is damaged is never taken for none', async () => {
  const all = await company();
  const door = await doorOf(all);
  await door.audit({ keep: true });
  writeFileSync(fileOf(all), '{"past":');
  await expect(door.audit({ keep: true })).rejects.toThrow(/invalid-file/);
  expect(readFileSync(fileOf(all), 'utf8')).toBe('{"past":');
}, 30_000);

test('where no system is configured nobody was asked, and no audit is kept', async () => {
  const { home, world } = await company();
  const app = await rigApp({ home, live: world });
  const door = await app.audits();
  const report = await door.audit({ keep: true });
  expect(report.systems).toEqual([]);
  expect(readdirSync(home)).not.toContain('audit');
  expect(await door.due()).toMatchObject({ last: null, overdue: true });
  await app.close();
});

test('each question is heard as it begins and ends, and of an audit that is stopped nothing is kept', async () => {
  const all = await company();
  const door = await doorOf(all);
  const heard: string[] = [];
  await door.audit({ keep: false, heard: (what, at) => void heard.push(`${at} ${what}`) });
  for (const what of ['what exists at parlo', 'what firebreak may do at parlo'])
    expect(heard.filter((one) => one.endsWith(what)).map((one) => one.split(' ')[0])).toEqual([
      'begun',
      'ended',
    ]);
  const stopped = AbortSignal.abort(new Error('stopped by a person'));
  await expect(door.audit({ keep: true, stop: stopped })).rejects.toThrow('stopped by a person');
  await expect(door.sync({ stop: stopped })).rejects.toThrow('stopped by a person');
  expect(readdirSync(all.home)).not.toContain('audit');
}, 30_000);

test('a report is written as the command prints it, for its owner alone, over nothing', async () => {
  const all = await company();
  const door = await doorOf(all);
  const report = await door.audit({ keep: false });
  const { path } = door.save(report, 'json', null);
  expect(path.startsWith(join(all.home, 'exports', 'audit-'))).toBe(true);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
    schema: 'firebreak.audit/v1',
    ...(JSON.parse(JSON.stringify(report)) as object),
  });
  expect(() => door.save(report, 'json', path)).toThrow(/usage/);
  const named = door.save(report, 'sarif', join(all.home, 'audit.sarif'));
  const said = JSON.parse(readFileSync(named.path, 'utf8')) as { runs: { results: unknown[] }[] };
  expect(said.runs[0]?.results).toHaveLength(report.findings.length);
}, 30_000);
