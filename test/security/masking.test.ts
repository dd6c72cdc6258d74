import { describe, expect, test } from 'vitest';
import { trouble } from '../../src/app/trouble.ts';
import type { App, Command, OpenIncident } from '../../src/app/contract.ts';
import { company, folder } from '../app/company.ts';
import { firebreak } from '../cli/rig.ts';
import { fakeApp } from '../fakes/app.ts';
import { keys, openScreen } from '../rig/screen.ts';

const TOKEN = `ghp_${'aB3'.repeat(12)}`;
const CARD = '4111 1111 1111 1111';
const WIDE = '５５５５５５５５５５５５４４４４';
const PASTED = `${TOKEN} and ${CARD} and ${WIDE}`;
const RAW = /ghp_aB3|4111 1111 1111 1111|4111111111111111|５５５５５５/;

/** Every entry, its public part and what is sealed in it. */
const everything = (incident: OpenIncident): string => {
  const rows = incident.timeline();
  const names = [
    'text',
    'reason',
    'title',
    'question',
    'options',
    'rationale',
    'objections',
    'note',
    'result',
    'summary',
  ];
  const more = ['channel', 'reference', 'name', 'source', 'collector', 'detail', 'content'];
  const sealed = rows.flatMap(({ n }) =>
    [...names, ...more].map((name) => incident.reveal({ n, name }) ?? ''),
  );
  const { state } = incident.view();
  const shown = [state.roles, state.facts, state.decisions, state.overrides, state.evidence].map((one) =>
    one instanceof Map ? [...one] : one,
  );
  return JSON.stringify([rows, sealed, shown]);
};

/** One of each that a person can write, with what was pasted in every word of it. */
const commands: readonly Command[] = [
  { do: 'note', text: PASTED },
  { do: 'call', contact: 'dpo', outcome: 'reached', note: PASTED },
  { do: 'severity', severity: 'critical', reason: PASTED },
  {
    do: 'decide',
    step: null,
    decision: PASTED,
    question: PASTED,
    option: PASTED,
    rationale: PASTED,
    decider: PASTED,
    objections: PASTED,
  },
  { do: 'learn', fact: `x ${PASTED}`, answer: { is: 'text', text: PASTED }, reason: PASTED },
  { do: 'learn', fact: 'a-number', answer: { is: 'number', value: 4111111111111111 } },
  {
    do: 'learn',
    fact: 'a-range',
    answer: { is: 'range', about: 4111111111111111, from: 1, to: 5, basis: PASTED },
  },
  { do: 'learn', fact: 'some-items', answer: { is: 'items', ids: [PASTED] } },
  { do: 'learn', fact: 'a-choice', answer: { is: 'choice', id: PASTED } },
  { do: 'rule-out', fact: 'cardholder-data-suspected', reason: PASTED },
  { do: 'tick', step: 'copy-token-record', result: PASTED },
  { do: 'reopen', step: 'copy-token-record', reason: PASTED },
  { do: 'skip', step: 'copy-token-record', reason: PASTED },
  { do: 'waive', step: 'revoke-token', preserve: 'copy-token-record', reason: PASTED },
  { do: 'override', step: 'revoke-token', what: PASTED, reason: PASTED },
  { do: 'submit', duty: 'gdpr.33-1', channel: PASTED },
  { do: 'prove', duty: 'gdpr.33-1', kind: 'other', reference: PASTED },
  { do: 'acknowledge', duty: 'gdpr.33-1', reference: PASTED },
  // Towards the end: a role that somebody else has taken is in the way of whoever has none.
  { do: 'role', role: 'scribe', person: PASTED },
  { do: 'close', outcome: 'not-an-incident', summary: PASTED },
];

describe('what is pasted into the words of an incident', () => {
  test('is masked in every command before it is kept, in public and sealed parts alike', async () => {
    const one = await company();
    const app = await one.app();
    const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: PASTED });
    await incident.addEvidence({ from: 'text', text: PASTED, name: PASTED }, { note: PASTED });
    for (const command of commands) await incident.act(command);
    const all = everything(incident);
    expect(all).not.toMatch(RAW);
    // It was there to be masked.
    expect(all.match(/411111\*{6}1111/g)?.length).toBeGreaterThan(20);
  });

  test('is not quoted back by a refusal', async () => {
    const one = await company();
    const app = await one.app();
    const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'x' });
    const wrong: readonly Command[] = [
      { do: 'start', step: PASTED },
      { do: 'submit', duty: PASTED, channel: 'x' },
      { do: 'call', contact: PASTED, outcome: 'reached' },
      { do: 'correct', fact: PASTED, answer: { is: 'unknown' }, reason: 'x' },
    ];
    for (const command of wrong) {
      const error = await incident.act(command).catch((caught: unknown) => caught);
      const { failed, next } = trouble(error);
      expect(failed).toContain('[token ghp_…]');
      expect(failed + next.join(' ')).not.toMatch(RAW);
    }
    await expect(app.open(PASTED)).rejects.toSatisfy((error) => !RAW.test(trouble(error).failed));
  });

  test.each<readonly string[]>([
    ['note', PASTED],
    ['fact', 'x', PASTED],
    ['fact', 'x', '4111111111111111'],
    ['role', 'scribe', PASTED],
    ['severity', 'high', '--why', PASTED],
    ['skip', 'record-report', '--why', PASTED],
    ['done', 'record-report', '--answer', PASTED],
    ['done', 'record-earliest', '--answer', PASTED],
    ['call', 'dpo', 'reached', '--note', PASTED],
    ['close', '--summary', PASTED],
    ['declare', 'leaked-whatsapp-token', '--title', PASTED],
    ['declare', PASTED, '--title', 'x'],
    ['resume', PASTED],
    ['letters', 'show', PASTED],
    ['pause', PASTED],
    [PASTED],
    ['note', `--${TOKEN}`, 'x'],
  ])('on the command line it is shown by nothing: %j', async (...argv) => {
    const one = await company();
    const app: App = await one.app();
    await app
      .declare({ runbook: 'leaked-whatsapp-token', title: 'x' })
      .then(async (made) => await made.leave());
    const { stdout, stderr } = await firebreak(argv, { app });
    expect(stdout + stderr).not.toMatch(RAW);
    expect(stdout + stderr).not.toBe('');
  });

  test('is shown masked in the app before it is kept: in a title and in a note', async () => {
    const app = fakeApp();
    const screen = openScreen(app, { start: { screen: 'home' } });
    await screen.still();
    await screen.type('d');
    await screen.paste(`leak ${TOKEN}`);
    await screen.type(keys.enter);
    expect(screen.text()).toContain('[token ghp_');
    expect(screen.text()).toContain('Hidden before saving: 1 token');
    await screen.type(keys.ctrlC, keys.ctrlC);
  });
});

test('an actor named by a token or a card is not', async () => {
  const { openApp } = await import('../../src/app/wire.ts');
  const home = folder();
  const env = { FIREBREAK_HOME: home, HOME: home };
  const app = await openApp({
    packageRoot: process.cwd(),
    env,
    cwd: home,
    as: '4111111111111111',
    zone: 'UTC',
    definitions: 'later',
  });
  expect(app.actor).not.toContain('4111111111111111');
  await app.close();
});
