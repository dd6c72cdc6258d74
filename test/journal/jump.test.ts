import { describe, expect, test } from 'vitest';
import { verifyJournal } from '../../src/journal/check.ts';
import { makeFindings } from '../../src/journal/findings.ts';
import { clockRemarks, makeClocks } from '../../src/journal/jump.ts';
import type { Entry } from '../../src/journal/entry.ts';
import type { Journal } from '../../src/journal/store.ts';
import { fakeClock } from '../fakes/clock.ts';
import { newJournal, note, reopen } from './journals.ts';

const kinds = (journal: Journal): readonly string[] => [...journal.entries()].map(({ kind }) => kind);
const jumps = (journal: Journal): readonly Entry[] =>
  [...journal.entries()].filter(({ kind }) => kind === 'clock.jump');

describe('a clock that is set between two entries', () => {
  test.each([
    ['back', '2026-03-01T06:05:00Z', -3 * 3_600_000],
    ['forward', '2026-03-02T09:05:00Z', 24 * 3_600_000],
  ])('%s is written down in front of the next one, once', async (_way, wall, difference) => {
    const clock = fakeClock();
    const journal = newJournal({ clock });
    await journal.append([note(1)]);
    clock.advance('5m');
    clock.set(wall);
    const [written] = await journal.append([note(2), note(3)]);
    await journal.append([note(4)]);
    expect(kinds(journal)).toEqual(['log.open', 'note', 'clock.jump', 'note', 'note', 'note']);
    expect(written).toMatchObject({ n: 3, pub: { i: 2 } });
    expect(jumps(journal)[0]).toMatchObject({
      actor: 'firebreak',
      pub: { before: Date.parse('2026-03-01T09:05:00Z'), after: Date.parse(wall), difference_ms: difference },
    });
    const report = verifyJournal(journal.path);
    expect([report.ok, report.clock]).toEqual([true, { said: 1, unsaid: [] }]);
    journal.close();
  });

  test('is seen by whatever process writes next, and by a start of the machine where it went back', async () => {
    const clock = fakeClock();
    const journal = newJournal({ clock });
    await journal.append([note(1)]);
    journal.close();
    const later = reopen(journal.path, { clock: fakeClock('2026-03-01T08:00:00Z', 'c0ffee02') });
    expect(later.jumped()).toMatchObject({ difference: -3_600_000, restarted: true });
    expect([later.noteJump(), later.noteJump(), kinds(later).at(-1)]).toEqual([true, false, 'clock.jump']);
    expect(verifyJournal(journal.path).ok).toBe(true);
    later.close();
  });

  test('is held against the newest entry, whoever wrote it', async () => {
    const here = newJournal({ clock: fakeClock() });
    await here.append([note(1)]);
    const other = reopen(here.path, { clock: fakeClock('2026-03-01T10:00:00Z', 'c0ffee02') });
    await other.append([note(2)]);
    await here.append([note(3)]);
    expect(kinds(here)).toEqual(['log.open', 'note', 'note', 'clock.jump', 'note']);
    const report = verifyJournal(here.path);
    expect([report.ok, report.clock]).toEqual([true, { said: 1, unsaid: [] }]);
    other.close();
    here.close();
  });

  test('leaves a batch of rows alone, and numbers what begins a batch after it', async () => {
    const clock = fakeClock();
    const journal = newJournal({ clock });
    clock.set('2026-03-01T03:00:00Z');
    const plan = { item: 0, kind: 'plan', pub: { target: 'a' } } as const;
    const [batch] = await journal.append([
      { kind: 'batch.intent', actor: 'ana', pub: { targets: ['a'] }, begins: [plan] },
    ]);
    clock.set('2026-03-01T02:00:00Z');
    await journal.appendRows({ batch: batch?.n ?? -1, rows: [{ item: 0, kind: 'intent', pub: {} }] });
    expect(kinds(journal)).toEqual(['log.open', 'clock.jump', 'batch.intent']);
    expect(journal.items(batch?.n ?? -1)).toHaveLength(2);
    journal.close();
  });

  const heldAgainst = (entries: readonly Entry[]) => {
    const findings = makeFindings();
    const clocks = makeClocks(findings);
    for (const entry of entries) clocks.check(entry.n, entry);
    return {
      ...clocks.report(),
      findings: findings.report().findings.map(({ kind, says }) => `${kind}: ${says}`),
    };
  };
  const setBack = async (): Promise<readonly Entry[]> => {
    const clock = fakeClock();
    const journal = newJournal({ clock });
    await journal.append([note(1)]);
    clock.set('2026-03-01T06:00:00Z');
    await journal.append([note(2)]);
    const entries = [...journal.entries()];
    journal.close();
    return entries;
  };

  test('is no damage where nobody wrote it down, as in older versions, and is remarked on', async () => {
    const found = heldAgainst((await setBack()).filter(({ kind }) => kind !== 'clock.jump'));
    expect(found).toEqual({ said: 0, unsaid: [3], findings: [] });
    expect(clockRemarks(found).join()).toMatch(/set once and no entry says so, first in front of entry #3/);
  });

  test('is a finding where an entry says so and the times do not', async () => {
    const entries = await setBack();
    expect(heldAgainst(entries)).toEqual({ said: 1, unsaid: [], findings: [] });
    const shorter = entries.map((entry) =>
      entry.kind === 'clock.jump' ? { ...entry, pub: { ...entry.pub, difference_ms: -60_000 } } : entry,
    );
    expect(heldAgainst(shorter).findings).toEqual([
      'clock: entry #2 says that the clock was set, and its times do not',
    ]);
  });
});
