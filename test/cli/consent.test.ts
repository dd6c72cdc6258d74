import { expect, test, vi } from 'vitest';
import type { Prepared } from '../../src/app/contract.ts';
import { fakeApp, fakeIncident, prepared } from './fake-app.ts';
import { firebreak } from './rig.ts';

function holding(more: Partial<Prepared>) {
  const incident = fakeIncident({ prepare: async () => await Promise.resolve(prepared(more)) });
  return { incident, app: fakeApp({ open: async () => await Promise.resolve(incident) }) };
}

test.each<readonly [string, Partial<Prepared>, string]>([
  ['what can be undone', { friction: 'yes' }, '--yes'],
  ['what cannot be undone', {}, '--confirm=wa-token'],
  ['a phrase with a space', { phrase: 'all 3 tokens' }, `--confirm='all 3 tokens'`],
  ['a missing approval', { friction: 'yes', needsReason: 'nobody approved' }, '--yes --why TEXT'],
  ['evidence that would be lost', { friction: 'enter', preserve: ['copy-record'] }, '--why TEXT'],
])('without a terminal, %s names the exact flags and sends nothing', async (_, more, flags) => {
  const { incident, app } = holding(more);
  const { code, stderr } = await firebreak(['run', 'revoke-token'], { app });
  expect(code).toBe(7);
  expect(stderr).toContain(`run it again with: ${flags}\n`);
  expect(incident.run).not.toHaveBeenCalled();
});

test('the plan is shown before anything runs: calls, what stops, no way back, hash', async () => {
  const { stderr } = await firebreak(['run', 'revoke-token', '--confirm=wa-token']);
  for (const part of [
    'POST https://graph.facebook.com/oauth/revoke',
    'stops: sending',
    'CANNOT BE UNDONE',
    'ab'.repeat(32),
  ]) {
    expect(stderr).toContain(part);
  }
});

test('what only a person can do asks for no consent and runs nothing', async () => {
  const byHand = {
    why: 'a secret is missing',
    manual: { where: 'the console', steps: ['revoke'], record: 'time' },
  };
  const { incident, app } = holding({ targets: prepared().targets.map((target) => ({ ...target, byHand })) });
  const { code, stdout, stderr } = await firebreak(['run', 'revoke-token'], { app });
  expect(code).toBe(4);
  expect(stderr).toContain('where: the console');
  expect(stdout).toContain('BY HAND');
  expect(incident.run).not.toHaveBeenCalled();
});

test('on a terminal Enter alone runs nothing', async () => {
  const { incident, app } = holding({ friction: 'yes' });
  const { code } = await firebreak(['run', 'revoke-token'], { app, tty: true, typed: [''] });
  expect(code).toBe(130);
  expect(incident.run).not.toHaveBeenCalled();
});

test('on a terminal the typed phrase is passed on as it was typed', async () => {
  const { incident, app } = holding({});
  expect((await firebreak(['run', 'revoke-token'], { app, tty: true, typed: ['wa-token'] })).code).toBe(0);
  expect(incident.run.mock.calls[0]?.[1]).toEqual({ typed: 'wa-token' });
});

test('--no-input asks nothing on a terminal either', async () => {
  expect(
    (await firebreak(['run', 'revoke-token', '--no-input'], { tty: true, typed: ['wa-token'] })).code,
  ).toBe(7);
});

test('evidence that is given up is waived by name, one entry a step, and the plan is made again', async () => {
  const prepare = vi.fn<() => Promise<Prepared>>();
  prepare.mockResolvedValueOnce(prepared({ preserve: ['copy-record'] })).mockResolvedValueOnce(prepared());
  const incident = fakeIncident({ prepare });
  const app = fakeApp({ open: async () => await Promise.resolve(incident) });
  expect(
    (await firebreak(['run', 'revoke-token', '--confirm=wa-token', '--why', 'in use now'], { app })).code,
  ).toBe(0);
  expect(incident.act).toHaveBeenCalledWith({
    do: 'waive',
    step: 'revoke-token',
    preserve: 'copy-record',
    reason: 'in use now',
  });
  expect(incident.run.mock.calls[0]?.[0].preserve).toEqual([]);
});

test('a plan that is another one after the waiver is not run', async () => {
  const prepare = vi.fn<() => Promise<Prepared>>();
  prepare
    .mockResolvedValueOnce(prepared({ preserve: ['copy-record'] }))
    .mockResolvedValueOnce(prepared({ sha256: 'other' }));
  const incident = fakeIncident({ prepare });
  const app = fakeApp({ open: async () => await Promise.resolve(incident) });
  expect(
    (await firebreak(['run', 'revoke-token', '--confirm=wa-token', '--why', 'in use now'], { app })).code,
  ).toBe(11);
  expect(incident.run).not.toHaveBeenCalled();
});

test('leaked credentials are read from standard input, several at once, and never shown', async () => {
  const incident = fakeIncident();
  const app = fakeApp({ open: async () => await Promise.resolve(incident) });
  const stdin = 'wa-token=EAAB-first\nEAAB-second\n';
  const { code, stdout, stderr } = await firebreak(['done', 'name-tokens', '--secrets-stdin'], {
    app,
    stdin,
  });
  expect(code).toBe(0);
  expect(incident.act).toHaveBeenCalledWith({
    do: 'answer',
    step: 'name-tokens',
    answer: {
      is: 'secret',
      credentials: [
        { item: 'wa-token', value: 'EAAB-first' },
        { item: 'wa-token', value: 'EAAB-second' },
      ],
    },
  });
  expect(stdout + stderr).not.toContain('EAAB');
});

test('a line that names no known item is refused without being shown', async () => {
  const items = () => ['a', 'b'].map((id) => ({ id, title: id, kind: 'credential' as const }));
  const app = fakeApp({ open: async () => await Promise.resolve(fakeIncident({ items })) });
  const { code, stdout, stderr } = await firebreak(['done', 'name-tokens', '--secrets-stdin'], {
    app,
    stdin: 'EAAB-first',
  });
  expect(code).toBe(2);
  expect(stdout + stderr).not.toContain('EAAB');
});

test('a range carries where its numbers come from', async () => {
  const incident = fakeIncident();
  const app = fakeApp({ open: async () => await Promise.resolve(incident) });
  expect((await firebreak(['done', 'count-people', '--answer', '4200,3000,6000'], { app })).code).toBe(2);
  await firebreak(['done', 'count-people', '--answer', '4200,3000,6000', '--why', 'CRM count'], { app });
  expect(incident.act.mock.calls[0]?.[0]).toMatchObject({
    answer: { is: 'range', about: 4200, from: 3000, to: 6000, basis: 'CRM count' },
  });
});

test('a command line after -- is evidence as it stands', async () => {
  const incident = fakeIncident();
  const app = fakeApp({ open: async () => await Promise.resolve(incident) });
  await firebreak(['evidence', 'add', '--note', 'processes', '--', 'ssh', 'web1', '--json', 'ps'], { app });
  expect(incident.addEvidence).toHaveBeenCalledWith(
    { from: 'command', argv: ['ssh', 'web1', '--json', 'ps'] },
    { note: 'processes' },
  );
});
