import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { App } from '../../src/app/contract.ts';
import { instant } from '../../src/base/instant.ts';
import { firebreak } from '../cli/rig.ts';
import { company } from './company.ts';

/** The start of a clock is moved by a person with a reason, or not at all. */

const say = async (app: App, ...argv: readonly string[]) =>
  await firebreak(argv, { app: { ...app, close: async () => {} } });
const due = (app: { view: () => { clocks: readonly { duty: string; dueUtc: string | null }[] } }): string =>
  app.view().clocks.find(({ duty }) => duty === 'gdpr.33-1')?.dueUtc ?? 'none';

test('a start fact is corrected with a reason alone; old and new stay in sight, and the clock moves', async () => {
  const app = await (await company()).app();
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Token in a notebook' });
  expect((await say(app, 'fact', 'aware', '2026-03-02T10:00:00+01:00')).code).toBe(0);
  expect(due(await app.open(incident.id))).toBe('2026-03-05T09:00:00.000Z');
  const again = await say(app, 'fact', 'aware', '2026-03-02T08:00:00+01:00');
  expect(again.code).toBe(2);
  expect(again.stderr).toContain('already recorded');
  const bare = await say(app, 'fact', 'aware', '2026-03-02T08:00:00+01:00', '--correct');
  expect(bare.code).not.toBe(0);
  expect(due(await app.open(incident.id))).toBe('2026-03-05T09:00:00.000Z');
  const why = 'the mailbox shows it came in at eight';
  const moved = await say(app, 'fact', 'aware', '2026-03-02T08:00:00+01:00', '--correct', '--why', why);
  expect(moved.code).toBe(0);
  const after = await app.open(incident.id);
  expect(due(after)).toBe('2026-03-05T07:00:00.000Z');
  const rows = after.timeline().filter(({ kind }) => kind === 'fact.learned' || kind === 'fact.corrected');
  const [old, fresh] = rows.slice(-2);
  expect(fresh).toMatchObject({ kind: 'fact.corrected', corrects: old?.n, why });
  expect(old?.what).not.toBe(fresh?.what);
});

test('a year that was mistyped leaves the board standing, and the clock says what is wrong', async () => {
  const app = await (await company()).app();
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Token in a notebook' });
  const at = instant(Date.UTC(9999, 11, 31, 22));
  await incident.act({ do: 'learn', fact: 'aware', answer: { is: 'time', at } });
  const clock = incident.view().clocks.find(({ duty }) => duty === 'gdpr.33-1');
  expect(clock).toMatchObject({ due: null, leftMs: null });
  expect(clock?.startedBecause).toContain('outside the years 0000 to 9999: correct it');
});

test('a duty of a team’s own that is owed to one person each is opened, made longer and met like one of the law', async () => {
  const all = await company();
  writeFileSync(
    join(all.workspace, 'obligations.yaml'),
    `obligations:
  - id: member-copy
    title: Give a member a copy of their file
    to: the member who asked
    starts: member-copy-asked
    per_person: { extension: 1 }
    period: { kind: months, months: 1 }
    source: Statutes, section 12
`,
  );
  appendFileSync(join(all.workspace, 'firebreak.yaml'), '\n');
  const app = await all.app();
  const received = ['--received', '2026-02-27T09:00:00+01:00', '--ref', 'M-7'];
  expect((await say(app, 'clocks', 'open', 'own.member-copy', ...received)).code).toBe(0);
  const list = await app.requests();
  expect(list.view().clocks).toMatchObject([{ duty: 'own.member-copy:1', about: 'M-7' }]);
  expect(list.view().clocks[0]?.dueUtc?.slice(0, 10)).toBe('2026-03-27');
  const told = ['--told', '2026-03-01T09:00:00+01:00', '--why', 'the file is on paper'];
  expect((await say(app, 'clocks', 'extend', 'M-7', ...told)).code).toBe(0);
  expect((await app.requests()).view().clocks[0]?.dueUtc?.slice(0, 10)).toBe('2026-04-27');
  const breach = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Token' });
  expect(breach.view().clocks.map(({ duty }) => duty)).not.toContain('own.member-copy');
});
