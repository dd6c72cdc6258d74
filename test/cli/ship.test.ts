import { expect, test, vi } from 'vitest';
import type { IncidentSummary, OpenIncident, ShipStand } from '../../src/app/contract.ts';
import { instant } from '../../src/base/instant.ts';
import { Problem } from '../../src/base/problem.ts';
import { fakeApp, fakeIncident } from './fake-app.ts';
import { firebreak } from './rig.ts';

const at = instant(Date.parse('2026-03-01T09:00:00Z'));
const well: ShipStand = {
  name: 'siem',
  kind: 'https',
  answers: true,
  next: 42,
  at,
  behind: 0,
  behindMs: null,
  failing: null,
};
const ill: ShipStand = {
  ...well,
  name: 'logs',
  kind: 'syslog',
  answers: false,
  next: 3,
  behind: 39,
  behindMs: 185_000,
  failing: { failures: 4, since: at, fault: 'refused', detail: 'it answered 503', again: at },
};

const shipping = async (stands: readonly ShipStand[], argv: readonly string[]) => {
  const send = vi.fn<OpenIncident['ship']['send']>(async () => await Promise.resolve(stands));
  const incident = fakeIncident({ ship: { stand: async () => await Promise.resolve(stands), send } });
  const app = fakeApp({ open: async () => await Promise.resolve(incident) });
  return { ...(await firebreak(['journal', 'ship', ...argv], { app })), sent: send.mock.calls };
};

test('who has everything is told in a line, and who has not with what is missing and when it is tried again', async () => {
  expect(await shipping([well], [])).toMatchObject({
    code: 0,
    stdout: 'siem: has entries #0 to #41, nothing behind\n',
  });
  const { code, stdout } = await shipping([well, ill], []);
  expect(code).toBe(6);
  expect(stdout).toContain('logs: was sent entries #0 to #2, 39 behind, the oldest of them 3 min 05 s old');
  expect(stdout).toContain(
    'refuses since 2026-03-01T09:00:00.000Z (4 times): it answered 503. Nothing is lost',
  );
});

test('the gap is a report for machines that sends nothing', async () => {
  const { code, stdout, sent } = await shipping([ill], ['--status', '--json']);
  expect([code, sent]).toEqual([0, []]);
  expect(JSON.parse(stdout)).toEqual({
    schema: 'firebreak.ship/v1',
    incident: 'inc-1',
    receivers: [
      {
        name: 'logs',
        type: 'syslog',
        acknowledged: false,
        last_shipped: { entry: 2, at: '2026-03-01T09:00:00.000Z' },
        behind: { entries: 39, minutes: 3 },
        failing: {
          failures: 4,
          since: '2026-03-01T09:00:00.000Z',
          fault: 'refused',
          detail: 'it answered 503',
          next_try: '2026-03-01T09:00:00.000Z',
        },
      },
    ],
  });
});

test('what is asked for is what is sent', async () => {
  expect((await shipping([well], ['--to', 'siem', '--from', '3'])).sent).toEqual([[{ to: 'siem', from: 3 }]]);
  expect((await shipping([well], ['--all', '--from', '3'])).code).toBe(2);
  expect((await shipping([well], ['--from', '-1'])).code).toBe(2);
});

test('an incident that another process works on does not stop the others', async () => {
  const held = fakeIncident({
    id: 'inc-1',
    ship: {
      stand: async () => await Promise.resolve([]),
      send: async () => await Promise.reject(new Problem('engine-held', { incident: 'inc-1' })),
    },
  });
  const app = fakeApp({
    open: async () => await Promise.resolve(held),
    incidents: () => [{ id: 'inc-1' } as IncidentSummary],
  });
  const { code, stderr } = await firebreak(['journal', 'ship', '--all'], { app });
  expect(code).toBe(0);
  expect(stderr).toContain('another process works on it, and ships it');
});
