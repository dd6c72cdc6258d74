import { describe, expect, test } from 'vitest';
import { Problem } from '../../src/base/problem.ts';
import { StorageError } from '../../src/io/storage.ts';
import { clock, fakeApp, fakeDrill, fakeIncident, report, view } from './fake-app.ts';
import { firebreak, type Asked } from './rig.ts';

const opening = (more: Parameters<typeof fakeIncident>[0]): Asked => {
  const incident = fakeIncident(more);
  return {
    app: fakeApp({
      open: async () => await Promise.resolve(incident),
      contain: async () => await Promise.resolve(incident),
    }),
  };
};
const ending = (...given: Parameters<typeof report>): Asked =>
  opening({ run: async () => await Promise.resolve(report(...given)) });
const failing = (error: Error): Asked => ({
  app: fakeApp({ open: async () => await Promise.reject(error) }),
});
const late = (context: boolean): Asked =>
  opening({ view: () => view({ clocks: [clock({ standing: 'overdue', context })] }) });
const unanswered = (overdue: boolean): Asked => {
  const awaiting = { since: clock().startedAt ?? view().now, ageMs: 3_600_000, due: null, overdue };
  return opening({ view: () => view({ clocks: [clock({ standing: 'met', awaiting })] }) });
};
const drill = (passed: boolean): Asked => ({
  app: fakeApp({ drill: async () => await Promise.resolve(fakeDrill(passed)) }),
});
const issue = { rule: 'FB001', severity: 'error', file: 'a.yaml', line: 1, col: 2, message: 'no' } as const;
const CONFIRMED = ['run', 'revoke-token', '--confirm=wa-token'];

const CONSENT = ['drill', 'consent', 'leaked-token', '--by', 'priya', '--until', '2026-12-31'];
const UNANNOUNCED = ['drill', 'run', 'leaked-token', '--unannounced'];
const unconsented: Asked = {
  app: fakeApp({
    unannounced: async () =>
      await Promise.reject(new Problem('not-authorised', { why: 'nobody has consented' })),
  }),
};

type Case = readonly [code: number, name: string, argv: readonly string[], asked?: Asked];
const cases: readonly Case[] = [
  [0, 'help', ['--help']],
  [0, 'help of a command', ['drill', 'run', '--help']],
  [0, 'status without a terminal, when nothing is named', []],
  [0, 'a list', ['list']],
  [0, 'an action that was proved', CONFIRMED],
  [0, 'a dry run', ['run', 'revoke-token', '--dry-run']],
  [0, 'clocks that are late, without --check', ['clocks'], late(false)],
  [0, 'a clock that another party owes', ['clocks', '--check'], late(true)],
  [0, 'an acknowledgement that nobody owes by a time', ['clocks', '--check'], unanswered(false)],
  [0, 'a drill that was passed', ['drill', 'run', 'leaked-token'], drill(true)],
  [0, 'a drill that was left for something real', ['drill', 'stop', '--real-event']],
  [0, 'a consent to an unannounced drill', CONSENT],
  [0, 'an unannounced drill that somebody took over', UNANNOUNCED],
  [2, 'a consent without a last day', CONSENT.slice(0, 5)],
  [2, 'a consent until no day', [...CONSENT.slice(0, 6), '2026-02-30']],
  [2, 'a drill to be left, and no word why', ['drill', 'stop']],
  [1, 'something nobody foresaw', ['next'], failing(new TypeError('x is not a function'))],
  [2, 'an unknown command', ['lst']],
  [2, 'a group without its command', ['drill']],
  [2, 'an unknown option', ['list', '--colour']],
  [2, 'a missing argument', ['run']],
  [2, 'too many arguments', ['list', 'a']],
  [2, 'a number that is none', ['drill', 'run', 'x', '--seed', 'many']],
  [2, 'a step that a person does, run', ['run', 'ring-dpo']],
  [2, 'a decision, ticked off', ['done', 'decide-risk']],
  [2, 'several incidents', ['next'], failing(new Problem('several-incidents', { ids: 'inc-1, inc-2' }))],
  [2, 'a wrong phrase', ['run', 'revoke-token', '--confirm=all']],
  [2, 'a secret as an argument', ['done', 'count-people', '--answer', 'some']],
  [3, 'faults of definitions', ['runbook', 'lint'], { app: fakeApp({ issues: () => [issue] }) }],
  [
    3,
    'findings of doctor',
    ['doctor'],
    {
      app: fakeApp({
        doctor: async () =>
          await Promise.resolve([{ what: 'a', state: 'broken', detail: '', fix: '' } as const]),
      }),
    },
  ],
  [
    3,
    'a step that is not ready',
    CONFIRMED,
    opening({
      prepare: async () => await Promise.reject(new Problem('step-not-ready', { step: 'revoke-token' })),
    }),
  ],
  [
    4,
    'a missing secret',
    CONFIRMED,
    opening({
      prepare: async () => await Promise.reject(new Problem('missing-secret', { name: 'meta.token' })),
    }),
  ],
  [
    4,
    'a step left to a person',
    CONFIRMED,
    opening({ run: async () => await Promise.resolve({ state: 'by-hand', lines: [] }) }),
  ],
  [4, 'an unannounced drill without a consent', UNANNOUNCED, unconsented],
  [4, 'acting under --read-only', [...CONFIRMED, '--read-only']],
  [4, 'declaring under --read-only', ['declare', 'x', '--title', 'y', '--read-only']],
  [5, 'a refusal that changed nothing', CONFIRMED, ending('failed', 'failed')],
  [6, 'a failure after something was changed', CONFIRMED, ending('failed', 'done')],
  [6, 'an unknown outcome', CONFIRMED, ending('unsure', 'unknown')],
  [6, 'an unproved outcome', CONFIRMED, ending('unproved')],
  [
    6,
    'a recheck that is not proved',
    ['status', '--recheck'],
    opening({ recheck: async () => await Promise.resolve(report('failed')) }),
  ],
  [7, 'consent that is missing', ['run', 'revoke-token']],
  [7, '--yes for what cannot be undone', ['run', 'revoke-token', '--yes']],
  [7, 'a pause without --yes', ['pause', 'wa-token']],
  [7, 'a skip without a reason', ['skip', 'revoke-token']],
  [7, 'a declaration without a title', ['declare', 'leaked-token']],
  [8, 'an acknowledgement that is late by the rule', ['clocks', '--check'], unanswered(true)],
  [8, 'a clock of ours that is late', ['clocks', '--check'], late(false)],
  [
    9,
    'a journal that does not verify',
    ['verify', 'inc-1'],
    {
      app: fakeApp({
        verify: async () =>
          await Promise.resolve({
            ok: false,
            entries: 3,
            root: '',
            origin: 'd',
            vkey: '',
            pinned: true,
            known: 0,
            unseen: [],
            remarks: [],
            problems: ['entry #2'],
            findings: [],
          }),
      }),
    },
  ],
  [9, 'a damaged database', ['next'], failing(new StorageError('corrupt', '/j', 'entry #2 is damaged'))],
  [10, 'no incident', ['next'], failing(new Problem('no-incident'))],
  [10, 'an unknown step', ['run', 'revoke']],
  [10, 'an unknown format', ['export', '--format', 'docx']],
  [10, 'a file of cases that is not there', ['clocks', 'compute', '--vectors', '/nowhere/at/all.json']],
  [
    11,
    'a plan that changed',
    CONFIRMED,
    opening({ run: async () => await Promise.reject(new Problem('plan-changed')) }),
  ],
  [12, 'a drill that was not passed', ['drill', 'run', 'leaked-token', '--auto'], drill(false)],
  [13, 'a full disk', ['note', 'x'], failing(new StorageError('full', '/j', 'no space'))],
  [13, 'an incident held by another process', ['next'], failing(new Problem('engine-held'))],
];

test.each(cases.map(([code, name, argv, asked = {}]) => ({ code, name, argv, asked })))(
  '$code: $name',
  async ({ code, argv, asked }) => {
    expect((await firebreak(argv, asked)).code).toBe(code);
  },
);

describe('a drill without a terminal', () => {
  test('ends with one line on stdout under --json, and tells its steps on stderr', async () => {
    const { stdout, stderr } = await firebreak([
      'drill',
      'run',
      'leaked-token',
      '--auto',
      '--json',
      '--seed',
      '7',
    ]);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'firebreak.drill/v1',
      incident: 'drill-1',
      runbook: 'leaked-token',
      passed: true,
      seed: 7,
      exports: ['/exports/md', '/exports/brief', '/exports/csv', '/exports/jsonl'],
      scorecard: { ends: [{ id: 'dead' }] },
    });
    expect(stderr).toContain('DONE revoke-token');
  });

  test('tells its steps on stdout otherwise', async () => {
    const { stdout } = await firebreak(['drill', 'run', 'leaked-token']);
    expect(stdout).toContain('DONE revoke-token');
    expect(stdout.trimEnd()).toMatch(/PASSED$/);
  });

  test('is scored and exported even when the responder got stuck, and is not passed', async () => {
    const stuck = fakeDrill(true, {
      auto: async () =>
        await Promise.reject(new Problem('drill-not-passed', { step: 'name-tokens', why: 'no answer' })),
    });
    const { code, stdout } = await firebreak(['drill', 'run', 'leaked-token'], {
      app: fakeApp({ drill: async () => await Promise.resolve(stuck) }),
    });
    expect(code).toBe(12);
    expect(stdout).toContain('STUCK name-tokens: no answer');
    expect(stdout).toContain('/exports/md');
  });

  test('opens an app in which no live part exists', async () => {
    const { opened } = await firebreak(['drill', 'run', 'leaked-token']);
    expect(opened.map(({ drillOnly }) => drillOnly)).toEqual([true]);
  });
});

test('output that did not all arrive is told in a sentence with exit 13, and another failure keeps its own code', async () => {
  const lost = await firebreak(['list'], { lost: 'the disk is full' });
  expect([lost.code, lost.stderr]).toEqual([
    13,
    expect.stringContaining('what was to be shown could not be written: the disk is full') as string,
  ]);
  expect((await firebreak(['nonsense'], { lost: 'the disk is full' })).code).toBe(2);
  expect((await firebreak(['list'])).code).toBe(0);
});

test.each([
  [['who', '--log', 'x'], 'firebreak who --help'],
  [['keys', 'add', 'foo'], 'firebreak keys add --help'],
  [['note', 'hi', '--at', 'nonsense'], 'firebreak note --help'],
])('%j: what was asked wrongly is explained on the page of that command', async (argv, page) => {
  const { code, stderr } = await firebreak(argv);
  expect(code).toBe(2);
  expect(stderr).toContain(`Next: ${page}`);
});

test('under --read-only nobody is told to ask somebody else', async () => {
  const { stderr } = await firebreak(['note', 'hi', '--read-only']);
  expect(stderr).toContain('Next: leave out --read-only to act or write');
  expect(stderr).not.toContain('ask the person');
});
