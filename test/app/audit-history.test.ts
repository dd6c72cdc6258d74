import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { keepHistory, readHistory, type History } from '../../src/app/audit-history.ts';
import type { Base } from '../../src/app/base.ts';
import { systemFiles } from '../../src/io/files.ts';
import { limits } from '../../src/model/limits.ts';
import { newHome } from '../rig/app.ts';

// What is kept of audits can always be read again: a file that is too large for that would end all further audits.

const audit = (date: string, findings: number): History['past'][number] => ({
  date,
  by: 'ada',
  notAsked: [],
  findings: Array.from({ length: findings }, (_, i) => ({
    rule: 'unknown-thing',
    subject: `crowd:Ünknown ${i}`,
    found: `nobody has written down what ${i} is for, and it was made by somebody who has left`,
    severity: 'high',
  })),
});

test('audits of a crowd push out the oldest, and the newest is there to compare with', () => {
  const home = newHome();
  const base = { home, workspace: '/team', files: systemFiles() } as Base;
  try {
    let history = readHistory(base);
    const dates = ['2026-01-01', '2026-04-01', '2026-07-01', '2026-10-01'];
    for (const date of dates) {
      keepHistory(base, { ...history, past: [...history.past, audit(date, 60_000)] });
      history = readHistory(base);
      expect(history.past.at(-1)).toEqual(audit(date, 60_000));
    }
    expect(history.past.map(({ date }) => date)).toEqual(dates.slice(-history.past.length));
    expect(history.past.length).toBeLessThan(dates.length);
    expect(JSON.stringify(history).length).toBeLessThan(limits.auditBytesMax);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});

test('of small ones as many are kept as there are quarters in ten years', () => {
  const home = newHome();
  const base = { home, workspace: '/team', files: systemFiles() } as Base;
  try {
    const past = Array.from({ length: limits.auditsKept + 3 }, (_, i) => audit(`20${10 + i}-01-01`, 2));
    keepHistory(base, { past, answers: [] });
    expect(readHistory(base).past).toEqual(past.slice(3));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
