import { instant, type Instant } from '../../src/base/instant.ts';
import type { App, AuditDoor, Command, Confirmation, Keymap, Prepared } from '../../src/app/contract.ts';
import { nextClock } from '../../src/projections/countdowns.ts';

import { fakeKey, fakeKeyDesk } from '../cli/fake-keys.ts';
import { inventory, runbooks, START, ZONE } from './company.ts';
import { someAudits } from './audits.ts';
import { fakeDrafts } from './drafts.ts';
import { fakeSeat } from './seat.ts';
import { fakeIncident, type FakeIncident, type FakeOptions as IncidentOptions } from './incident.ts';

export { START } from './company.ts';
export type { FakeIncident } from './incident.ts';

/** `opens`: what opens the lock; null is the key file or the keychain. */
export type FakeOptions = IncidentOptions &
  Readonly<{
    drillNotice?: string;
    lockMinutes?: number;
    audits?: AuditDoor;
    keymap?: Partial<Keymap>;
    opens?: (typed: string | null) => boolean;
  }>;

/** The app in memory: the real state machine and projections over a list of entries, and a world that answers by rule. */
export interface FakeApp extends App {
  incident(): FakeIncident;
  /** Moves the time on. */
  advance(ms: number): void;
  readonly opened: readonly Readonly<{ id: string | undefined; takeOver: boolean }>[];
  readonly commands: readonly Command[];
  readonly sent: readonly Readonly<{ prepared: Prepared; confirmation: Confirmation }>[];
}
export const fakeApp = (given: FakeOptions = {}): FakeApp => {
  let options = given;
  let now: Instant = START;
  const opened: { id: string | undefined; takeOver: boolean }[] = [];
  const commands: Command[] = [];
  const sent: { prepared: Prepared; confirmation: Confirmation }[] = [];
  const fail = (name: keyof NonNullable<FakeOptions['fails']>): void => {
    const problem = options.fails?.[name];
    if (problem !== undefined) throw problem;
  };
  const clock = (): Instant => now;
  let incident: FakeIncident | null = null;
  const open = (title: string, drill: boolean): FakeIncident =>
    (incident ??= fakeIncident({ title, drill, clock, options, commands, sent, fail }));
  const made: Partial<FakeApp> = {
    home: '/home/example/.local/share/firebreak',
    workspace: '/home/example/security',
    actor: 'ada',
    zone: ZONE,
    opened,
    commands,
    sent,
    now: clock,
    elapsed: clock,
    learn: async () => {},
    learned: () => true,
    drafts: fakeDrafts(),
    keymap: async () => ({ path: null, found: false, remap: new Map(), issues: [], ...options.keymap }),
    lockMinutes: () => options.lockMinutes ?? 0,
    key: () => fakeKey(),
    keyDesk: async () => fakeKeyDesk({ proves: async (typed) => options.opens?.(typed) ?? true }),
    advance: (ms) => {
      now = instant(now + ms);
    },
    incident: () => open(options.title ?? 'Token in a public repository', options.drill ?? false),
    inventory: () => inventory,
    issues: () => options.issues ?? [],
    unreadable: () => [],
    drillNotice: () => options.drillNotice ?? null,
    runbooks: () => runbooks,
    incidents: () => (incident === null ? [] : [summary(incident)]),
    declare: async (input) => {
      fail('declare');
      return open(input.title, false);
    },
    open: async (id, how) => {
      opened.push({ id, takeOver: how?.takeOver ?? false });
      // Whoever takes over acts: the same incident, now held by this process.
      options = how?.takeOver === true ? { ...options, readOnly: false } : options;
      incident = how?.takeOver === true ? null : incident;
      return open(options.title ?? 'Token in a public repository', false);
    },
    live: true,
    whose: 'own',
    facilitate: async () => fakeSeat(),
    drill: async () => open('Drill: token in a public repository', true),
    verify: async () => ({
      ok: true,
      entries: 3,
      root: '0'.repeat(64),
      origin: 'fake',
      vkey: '',
      pinned: true,
      known: 0,
      unseen: [],
      remarks: [],
      problems: [],
      findings: [],
    }),
    doctor: async () => [
      { what: 'Secret of meta', state: 'ok', detail: 'found', fix: '' },
      {
        what: 'Secret of slack',
        state: 'broken',
        detail: 'SLACK_TOKEN is not set',
        fix: 'export SLACK_TOKEN',
      },
    ],
    audits: async () => options.audits ?? someAudits(),
    close: async () => {},
  };
  // What no screen calls is not there: calling it would fail the test.
  return made as FakeApp;
};

const summary = (incident: FakeIncident) => {
  const { id, title, state, progress: at, clocks: all } = incident.view();
  return {
    id,
    codename: state.codename,
    title,
    runbook: state.runbook,
    drill: state.drill,
    phase: 'open' as const,
    severity: state.severity,
    held: false,
    handed: state.handed?.to ?? null,
    openedAt: state.openedAt,
    purpose: state.purpose,
    done: at.done,
    total: at.total,
    unsure: at.unsure,
    nextClock: nextClock(all),
    awaiting: all.flatMap(({ duty, awaiting }) => (awaiting === null ? [] : [{ duty, ...awaiting }])),
  };
};
