import { describe, expect, test, vi } from 'vitest';
import type { OpenIncident, View } from '../../src/app/contract.ts';
import { progress } from '../../src/incident/ready.ts';
import type { Command } from '../../src/model/command.ts';
import { choice, story } from '../incident/story.ts';
import { fakeApp, fakeIncident, view } from './fake-app.ts';
import { firebreak, type Said } from './rig.ts';

const steps = [
  choice('risk', 'risk-unlikely', {
    assess: {
      about: 'authority',
      advised: 'no',
      not_advised: 'yes',
      factors: { breach: ['confidentiality'], malicious: true },
    },
  }),
];

const shown = (...done: readonly Command[]): View => {
  const told = story(steps);
  for (const command of done) told.does(command);
  return view({ state: told.state(), progress: progress(told.state()) });
};

const deciding = async (
  argv: readonly string[],
  seen: View = shown(),
): Promise<Said & { acted: unknown[] }> => {
  const acted = vi.fn<OpenIncident['act']>(async () => await Promise.resolve());
  const incident = fakeIncident({ act: acted, view: () => seen });
  const said = await firebreak(argv, { app: fakeApp({ open: async () => await Promise.resolve(incident) }) });
  return { ...said, acted: acted.mock.calls.map(([command]) => command) };
};

const decidedYes: Command = {
  do: 'decide',
  step: 'risk',
  option: 'yes',
  rationale: 'Harmless',
  decider: 'jonas',
};
const taken: Command = { do: 'learn', fact: 'exfiltration', answer: { is: 'yes-no', value: true } };

describe('decide', () => {
  test('shows both sides of the advice and decides nothing', async () => {
    const { code, stdout, acted } = await deciding(['decide', 'risk', '--advice']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/NOTIFY the authority \(GDPR 33\): YES, advised/);
    expect(stdout).toMatch(/against /);
    expect(stdout).toMatch(/\(fact data-unintelligible\)/);
    expect(acted).toEqual([]);
  });

  test('gives the same to programs', async () => {
    const { stdout } = await deciding(['decide', 'risk', '--advice', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'firebreak.advice/v1', step: 'risk', advised: 'no' });
  });

  test('records what it rests on beside its reason and its objections', async () => {
    const { acted } = await deciding([
      'decide',
      'risk',
      '--option',
      'yes',
      '--why',
      'Harmless',
      '--objections',
      'Mia: too early',
      '--relies',
      'exfiltration, weather',
    ]);
    expect(acted).toMatchObject([
      { step: 'risk', option: 'yes', objections: 'Mia: too early', relies: ['exfiltration', 'weather'] },
    ]);
  });

  test('takes a decision that no step asks for', async () => {
    const { acted, stdout } = await deciding([
      'decide',
      '--question',
      'Do we pay?',
      '--option',
      'no',
      '--why',
      'Never',
      '--instead',
      '7',
    ]);
    expect(acted).toMatchObject([{ step: null, question: 'Do we pay?', option: 'no', instead: 7 }]);
    expect(stdout).toContain('DECIDED: no');
  });

  test.each([
    [['decide', 'risk', '--option', 'maybe', '--why', 'x'], 'choose one of yes, no'],
    [['decide', 'risk', '--option', 'yes', '--why', 'x', '--question', 'y'], 'has its own question'],
    [['decide', '--question', 'a', '--option', 'b', '--why', 'c', '--instead', 'x'], 'number of an entry'],
    [['decide', 'risk', '--option', 'yes', '--why', 'x', '--relies', 'Über'], 'is no fact'],
  ])('%j is refused in words', async (argv, why) => {
    const { code, stderr, acted } = await deciding(argv);
    expect(code).toBe(2);
    expect(stderr).toContain(why);
    expect(acted).toEqual([]);
  });
});

test('status says that a decision is asked again, in words and to programs', async () => {
  const seen = shown(decidedYes, taken);
  const { stdout } = await deciding(['status', 'amber-otter'], seen);
  expect(stdout).toMatch(/! DECIDE AGAIN risk: .*exfiltration became known.*firebreak decide risk/);
  const { stdout: json } = await deciding(['status', 'amber-otter', '--json'], seen);
  expect(JSON.parse(json)).toMatchObject({ decide_again: [{ step: 'risk' }] });
});

test('status names a next step only while there is one to take', async () => {
  const open = shown();
  expect((await deciding(['status', 'amber-otter'], open)).stderr).toMatch(/^Next: /m);
  const closed: View = { ...open, state: { ...open.state, phase: 'closed' } };
  expect((await deciding(['status', 'amber-otter'], closed)).stderr).not.toContain('Next: ');
});
