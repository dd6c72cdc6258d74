import { nothingOpen, windowOf } from '../../src/incident/anchored.ts';
import { fakeExports } from './fake-exports.ts';
import { faultless } from './fake-authoring.ts';
import { vi } from 'vitest';
import { fakeFiles, fakeHanding } from './fake-packets.ts';
import { fakeConsents } from './fake-consents.ts';
import type { App, OpenDrill, OpenIncident, Prepared, RunReport, View } from '../../src/app/contract.ts';
import { Problem } from '../../src/base/problem.ts';
import { progress } from '../../src/incident/ready.ts';
import { unopened, type IncidentState } from '../../src/incident/state.ts';
import { stepsOf } from '../../src/model/plan.ts';
import { anchorsView } from '../../src/projections/anchors.ts';
import { peopleOf } from '../../src/projections/people.ts';
import { teamOf } from '../../src/projections/team.ts';
import { noBulletin } from '../fakes/alerts.ts';
import { at, stopped } from '../fakes/clock.ts';
import { fakeHabits, fakeRest } from './fake-collect.ts';
import { fakeRotation, rotationPlan } from './fake-rotation.ts';
import { fakeLetting } from '../fakes/letting.ts';
import { heardPapers } from './fake-papers.ts';
import { fakeKey, fakeKeyDesk } from './fake-keys.ts';
import { pack } from './fake-pack.ts';
import { plan } from './fake-plan.ts';
import { clock, noDuties } from './fake-view.ts';
import { beforeDrills, builtInPlace, quiet } from '../fakes/beside.ts';

export { clock };

/** An app that remembers what it was asked. A test overrides the answers it is about. */
const now = at('2026-03-01T09:00:00Z');

const noAnchorsView = anchorsView(unopened, windowOf(0, nothingOpen, 0), [], now);

const openState: IncidentState = {
  ...unopened,
  phase: 'open',
  codename: 'quiet-heron',
  runbook: 'leaked-token',
  openedAt: now,
  earliestAt: now,
  plan,
};

export const prepared = (more: Partial<Prepared> = {}): Prepared => ({
  step: 'revoke-token',
  title: 'Revoke the token',
  action: 'meta.revoke-token',
  direction: 'do',
  sha256: 'ab'.repeat(32),
  at: now,
  friction: 'type-target',
  phrase: 'wa-token',
  reversible: false,
  undoBy: '',
  unconfirmed: false,
  preserve: [],
  needsReason: null,
  approval: null,
  targets: [
    {
      target: { item: 'wa-token', instance: 'meta', connector: 'meta', action: 'meta.revoke-token' },
      title: 'WhatsApp token',
      owner: 'Platform',
      stops: 'sending',
      scopes: ['business_management'],
      byHand: null,
      preview: {
        calls: [{ method: 'POST', url: 'https://graph.facebook.com/oauth/revoke' }],
        breaks: ['every bot'],
        now: 'active',
        warnings: [],
      },
    },
  ],
  ...more,
});

export const report = (
  state: RunReport['state'],
  result: 'done' | 'failed' | 'unknown' = 'done',
): RunReport => ({
  state,
  lines: [{ is: 'outcome', target: 'wa-token', outcome: { result, detail: 'answered' } }],
});

export const view = (more: Partial<View> = {}): View => ({
  id: 'inc-1',
  title: 'Token leaked',
  now,
  zone: 'Europe/Berlin',
  state: openState,
  progress: progress(openState),
  clocks: [clock()],
  anchors: noAnchorsView,
  backup: null,
  containment: {
    bleeding: 'yes',
    since: now,
    targets: [],
    counts: {
      total: 0,
      proved: 0,
      unproved: 0,
      refuted: 0,
      failed: 0,
      unsure: 0,
      'by-hand': 0,
      'left-out': 0,
      open: 0,
      'taken-back': 0,
    },
  },
  people: peopleOf(openState, now, 'ann'),
  team: teamOf(openState, now, () => null),
  contacts: [],
  who: [],
  ...quiet,
  readOnly: false,
  actor: 'ann',
  ...more,
});

export const fakeIncident = <More extends Partial<OpenIncident>>(more: More = {} as More) =>
  ({
    id: 'inc-1',
    view: () => view(),
    items: () => [{ id: 'wa-token', title: 'WhatsApp token', kind: 'credential' as const }],
    watch: () => () => undefined,
    ...noDuties,
    bulletin: noBulletin,
    alert: async () => await Promise.resolve({ alerts: [], told: Promise.resolve([]) }),
    told: (duty) => ({ duty, title: duty, to: 'the authority', told: [], since: [], changed: 0 }),
    timeline: () => [],
    reveal: () => null,
    act: vi.fn<OpenIncident['act']>(async () => await Promise.resolve()),
    toSign: (n: number) => ({
      n,
      is: 'request' as const,
      step: 'revoke-token',
      text: `firebreak/approval/v1\n${'ab'.repeat(32)}\n`,
      namespace: 'firebreak-approval',
      leaf: '{}',
    }),
    sign: async () => await Promise.resolve('signature'),
    masked: (text: string) => ({ text, masked: [] }),
    prepare: vi.fn<OpenIncident['prepare']>(async () => await Promise.resolve(prepared())),
    prepareUndo: async () => await Promise.resolve(prepared({ direction: 'undo', friction: 'yes' })),
    prepareItem: async (item: string) =>
      await Promise.resolve(
        prepared({ step: null, title: `Pause ${item}`, friction: 'yes', reversible: true }),
      ),
    prepareRelease: async () => await Promise.resolve(prepared({ step: null, release: true })),
    ...fakeRotation(() => prepared({ step: null })),
    run: vi.fn<OpenIncident['run']>(async () => await Promise.resolve(report('proved'))),
    recheck: async () => await Promise.resolve(report('proved')),
    manual: async () => await Promise.resolve([]),
    letter: async () => await Promise.reject(new Problem('not-found', { what: 'letter', id: 'x' })),
    saveLetter: async () => await Promise.resolve(),
    addEvidence: vi.fn<OpenIncident['addEvidence']>(async () => await Promise.resolve('ev-1')),
    ...fakeExports(),
    ...fakeHanding(),
    ...fakeRest(),
    ...heardPapers(),
    ...fakeLetting(false),
    anchors: {
      send: async () => await Promise.resolve({ sent: true, anchors: noAnchorsView }),
      checkpoint: () => ({ size: 1, vkey: 'fake', note: 'fake', request: 'fake' }),
      acknowledge: async () => await Promise.resolve({ remembered: [], lost: [] }),
      cosigned: async () => await Promise.resolve({ anchor: 'second', size: 1 }),
    },
    ship: {
      stand: async () => await Promise.resolve([]),
      send: async () => await Promise.resolve([]),
    },
    leave: async () => await Promise.resolve(),
    ...more,
  }) satisfies OpenIncident;

export function fakeDrill(passed: boolean, more: Partial<OpenDrill> = {}): OpenDrill {
  return {
    ...fakeIncident({ id: 'drill-1' }),
    seed: 7,
    story: 'A token was found.',
    place: builtInPlace,
    injects: () => [],
    artifact: () => null,
    truth: 'A notebook held the token.',
    over: () => null,
    notices: () => [],
    acknowledge: async () => {
      await Promise.resolve();
    },
    clipboard: () => null,
    auto: async (heard) => await Promise.resolve(heard('DONE revoke-token')),
    realEvent: async () => await Promise.resolve(),
    page: async () => await Promise.resolve(null),
    waitForPlayers: async () => await Promise.resolve('taken'),
    finish: async () =>
      await Promise.resolve({
        passed,
        seed: 7,
        measures: [],
        ends: [{ id: 'dead', says: 'the token is refused', holds: passed }],
        traps: [],
        attacks: [],
        stopped: null,
        notMeasured: [],
        untested: [],
      }),
    ...more,
  };
}

export function fakeApp(more: Partial<App> = {}): App {
  return {
    home: '/home/ann/.local/share/firebreak',
    workspace: null,
    actor: 'ann',
    zone: 'Europe/Berlin',
    ...stopped(now),
    learn: async () => await Promise.resolve(),
    packCheck: async () => await Promise.resolve(pack),
    packAdd: async () => await Promise.resolve(pack),
    packWrite: () => ({ path: '/work/acme/pack.json', sha256: 'c'.repeat(64) }),
    packs: async () => await Promise.resolve([pack]),
    approverKey: () => 'ssh-ed25519 AAAA firebreak-passphrase:00',
    ...fakeHabits(),
    live: true,
    whose: 'own',
    ...fakeConsents(() => fakeDrill(true)),
    ...faultless,
    runbooks: () => [
      { id: 'leaked-token', title: 'Leaked token', summary: '', severity: 'high', words: ['leak'], steps: 5 },
    ],
    compiled: () => ({ summary: 'For the night a token leaks.', sha256: 'cd'.repeat(32), plan }),
    plan: async () =>
      await Promise.resolve({
        runbook: 'leaked-token',
        title: plan.title,
        sha256: 'cd'.repeat(32),
        plan,
        steps: stepsOf(plan).map((step) => ({ step, prepared: step.kind === 'act' ? prepared() : null })),
      }),
    coverage: () => [{ item: 'gdpr:33.1', title: 'Notify', runbooks: [] }],
    inventory: () => ({
      channels: [],
      integrations: [],
      credentials: [
        {
          id: 'wa-token',
          title: 'WhatsApp token',
          kind: 'token',
          opens: [],
          stops: 'sending',
          owner: 'Platform',
        },
      ],
    }),
    drills: () => [{ runbook: 'leaked-token', title: 'Quiet Key', story: '', minutes: 45, last: null }],
    letters: () => [],
    retention: () => [],
    lockMinutes: () => 10,
    formats: () => [{ id: 'md', title: 'Timeline', extensions: ['md'] }],
    places: () => [],
    unreadable: () => [],
    drillNotice: () => null,
    programme: async () => await Promise.reject(new Error('no programme in this test')),
    planRotation: async (item) => await Promise.resolve(rotationPlan(item, prepared({ step: null }))),
    planItem: async () => await fakeIncident().prepareItem('whatsapp', 'pause'),
    incidents: () => [],
    declare: async () => await Promise.resolve(fakeIncident()),
    open: async () => await Promise.resolve(fakeIncident()),
    requests: async () => await Promise.resolve(fakeIncident()),
    contain: async () => await Promise.resolve(fakeIncident()),
    drill: async () => await Promise.resolve(fakeDrill(true)),
    facilitate: async () =>
      await Promise.reject(new Problem('not-found', { what: 'drill that people play now' })),
    ...beforeDrills,
    tabletop: async (runbook) => await Promise.resolve(`# DRILL: ${runbook}`),
    selftest: async (_runbook, seed) => await Promise.resolve({ seed, passed: true, scenarios: [] }),
    witness: {
      key: () => 'fake',
      cosign: () => ({ line: 'fake', origin: 'fake', size: 1 }),
    },
    verify: async () =>
      await Promise.resolve({
        ok: true,
        entries: 12,
        root: 'ef'.repeat(32),
        origin: 'device',
        vkey: '',
        pinned: true,
        known: 0,
        unseen: [],
        remarks: [],
        problems: [],
        findings: [],
      }),
    ...fakeFiles(),
    doctor: async () => await Promise.resolve([]),
    audits: () => Promise.reject(new Error('this test audits nothing')),
    key: () => fakeKey(),
    keyDesk: async () => await Promise.resolve(fakeKeyDesk()),
    unlock: async () => await Promise.resolve(),
    useKey: async (from) =>
      await Promise.resolve({ from, changed: true, rewrapped: 2, wiped: true, left: [], kept: [] }),
    trust: async () => await Promise.resolve({ workspace: '/work', sha256: 'aa'.repeat(32) }),
    close: async () => await Promise.resolve(),
    ...more,
  };
}
