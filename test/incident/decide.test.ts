import { describe, expect, test } from 'vitest';
import { decide } from '../../src/incident/decide.ts';
import { unopened } from '../../src/incident/state.ts';
import type { Command } from '../../src/model/command.ts';
import { at } from '../fakes/clock.ts';
import { act, ask, byHand, choice, intent, opened, outcome, story, verified, wait } from './story.ts';

const steps = [
  ask('say', 'report', 'long-text', { unknown: false }),
  byHand('ring'),
  byHand('notify', { submits: 'gdpr.33-1' }),
  act('stop', ['bridge']),
  choice('risk', 'risk-unlikely'),
  wait('pause', null),
];

describe('words that a person owes', () => {
  const silent: readonly Command[] = [
    { do: 'skip', step: 'ring', reason: ' ' },
    { do: 'tick', step: 'ring', result: '' },
    { do: 'reopen', step: 'ring', reason: '\t' },
    { do: 'waive', step: 'stop', preserve: 'ring', reason: '' },
    { do: 'override', step: 'stop', what: 'approval', reason: '' },
    { do: 'rule-out', fact: 'card-data', reason: '' },
    { do: 'severity', severity: 'low', reason: '' },
    { do: 'note', text: '  ' },
    { do: 'decide', step: 'risk', option: 'yes', rationale: '', decider: 'jonas' },
    { do: 'close', outcome: 'resolved', summary: '' },
  ];
  test.each(silent)('$do is refused while they are missing', (command) => {
    const told = story(steps);
    expect(() => told.does(command)).toThrow(/is needed, in a few words/);
    expect(told.entries()).toHaveLength(2);
  });

  test('are kept sealed and masked, never in the public part', () => {
    const told = story(steps);
    const events = [
      ...told.does({ do: 'skip', step: 'ring', reason: 'Nobody at 4111111111111111' }),
      ...told.does({ do: 'override', step: 'stop', what: 'approval', reason: 'Alone, 4111111111111111' }),
      ...told.does({ do: 'note', text: 'saw 4111111111111111' }),
      ...told.does({ do: 'call', contact: 'dpo', outcome: 'left-message', note: 'about 4111111111111111' }),
    ];
    expect(JSON.stringify(events)).not.toContain('4111');
    expect(JSON.stringify(events.map(({ pub }) => pub))).not.toMatch(/Nobody|Alone|saw|about/);
  });
});

describe('a step', () => {
  test('that the plan does not have is named in the refusal', () => {
    expect(() => story(steps).does({ do: 'start', step: 'rnig' })).toThrow(/not-found: what=step id=rnig/);
  });

  test('is started once; starting it again changes nothing', () => {
    const told = story(steps);
    expect(told.does({ do: 'start', step: 'ring' })).toHaveLength(1);
    expect(told.does({ do: 'start', step: 'ring' })).toEqual([]);
  });

  test('that has ended says how it ended until it is opened again', () => {
    const told = story(steps);
    told.does({ do: 'tick', step: 'ring', result: 'Reached her' });
    expect(() => told.does({ do: 'skip', step: 'ring', reason: 'no' })).toThrow(/is finished: open it again/);
    expect(() => told.does({ do: 'tick', step: 'ring', result: 'Again' })).toThrow(
      /is finished: open it again/,
    );
    told.does({ do: 'reopen', step: 'ring', reason: 'It was the deputy' });
    expect(told.step('ring').status).toBe('now');
    told.does({ do: 'skip', step: 'ring', reason: 'Not reachable' });
    expect(() => told.does({ do: 'tick', step: 'ring', result: 'Done' })).toThrow(
      /is skipped: open it again/,
    );
  });

  test('that asks or decides is not ticked off without its answer', () => {
    const told = story(steps);
    expect(() => told.does({ do: 'tick', step: 'say', result: 'done' })).toThrow(/wants an answer/);
    expect(() => told.does({ do: 'tick', step: 'risk', result: 'done' })).toThrow(/wants a decision/);
  });

  test('takes only an answer of its kind, and "not known yet" only where that is one', () => {
    const told = story(steps);
    expect(() => told.does({ do: 'answer', step: 'say', answer: { is: 'number', value: 1 } })).toThrow(
      /of kind long-text/,
    );
    expect(() => told.does({ do: 'answer', step: 'say', answer: { is: 'unknown' } })).toThrow(
      /of kind long-text/,
    );
    expect(() => told.does({ do: 'answer', step: 'ring', answer: { is: 'unknown' } })).toThrow(
      /does not ask anything/,
    );
    expect(() =>
      told.does({ do: 'decide', step: 'risk', option: 'maybe', rationale: 'x', decider: 'y' }),
    ).toThrow(/choose one of yes, no/);
    expect(() =>
      told.does({ do: 'decide', step: 'ring', option: 'yes', rationale: 'x', decider: 'y' }),
    ).toThrow(/decides nothing/);
  });

  test('that waits is finished by a tick as waited', () => {
    const told = story(steps);
    told.does({ do: 'tick', step: 'pause', result: 'Ten minutes are over' });
    expect(told.state().steps.get('pause')).toMatchObject({ status: 'finished', how: 'waited' });
  });
});

describe('a decision', () => {
  test('keeps question, options, reason and objections sealed, and who decided what in public', () => {
    const told = story(steps);
    const [made] = told.does({
      do: 'decide',
      step: 'risk',
      option: 'no',
      rationale: 'Pictures were taken',
      decider: 'jonas',
      objections: 'Priya: too early',
    });
    expect(made).toMatchObject({
      kind: 'decision.made',
      pub: { decision: 'risk-unlikely', option: 'no', decider: 'jonas', star: true },
      priv: {
        rationale: { value: 'Pictures were taken' },
        objections: { value: 'Priya: too early' },
        options: { value: 'Yes | No' },
      },
    });
    expect(told.step('risk').status).toBe('done');
  });

  test('of no step finishes none and teaches nothing; its words are sealed', () => {
    const told = story(steps);
    const events = told.does({
      do: 'decide',
      step: null,
      question: 'Shop offline?',
      option: 'Stay online',
      rationale: 'Sales',
      decider: 'priya',
    });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      pub: { option: 'free', step: null },
      priv: { options: { value: 'Stay online' }, question: { value: 'Shop offline?' } },
    });
    expect(told.state().facts.size).toBe(0);
  });
});

describe('a duty', () => {
  test('is submitted by the step that submits it, and proved with the reference', () => {
    const told = story(steps);
    const submitted = { at: at('2026-11-20T06:30:00Z'), reference: 'DPC-4471' };
    const events = told.does({ do: 'tick', step: 'notify', result: 'Over the web form', submitted });
    expect(events.map(({ kind }) => kind)).toEqual(['duty.submitted', 'duty.proved', 'step.finished']);
    expect(told.state().submissions.get('gdpr.33-1')).toMatchObject({
      submittedAt: submitted.at,
      proved: true,
      phase: 1,
    });
  });

  test('without a reference stands as sent and not proved, at the moment of the tick', () => {
    const told = story(steps);
    told.does({ do: 'tick', step: 'notify', result: 'By post' });
    expect(told.state().submissions.get('gdpr.33-1')).toMatchObject({
      submittedAt: told.now(),
      proved: false,
    });
    expect(() => told.does({ do: 'prove', duty: 'gdpr.33-1', kind: 'other', reference: ' ' })).toThrow(
      /a reference is needed/,
    );
    told.does({ do: 'prove', duty: 'gdpr.33-1', kind: 'delivery-status', reference: 'Signed for at 9' });
    expect(told.state().submissions.get('gdpr.33-1')?.proved).toBe(true);
  });

  test('cannot be proved or acknowledged before it was submitted', () => {
    const told = story(steps);
    expect(() => told.does({ do: 'prove', duty: 'gdpr.34', kind: 'other', reference: 'x' })).toThrow(
      /was not submitted yet/,
    );
    expect(() => told.does({ do: 'acknowledge', duty: 'gdpr.34', reference: 'x' })).toThrow(
      /was not submitted yet/,
    );
  });

  test('submitted in phases is met at the first, and counts them', () => {
    const told = story(steps);
    told.does({ do: 'submit', duty: 'gdpr.33-1', channel: 'portal', at: at('2026-11-20T06:00:00Z') });
    told.does({ do: 'submit', duty: 'gdpr.33-1', channel: 'portal', at: at('2026-11-25T06:00:00Z') });
    expect(told.state().submissions.get('gdpr.33-1')).toMatchObject({
      submittedAt: at('2026-11-20T06:00:00Z'),
      phase: 2,
    });
    told.does({ do: 'acknowledge', duty: 'gdpr.33-1', reference: 'Mail of the authority' });
    expect(told.state().submissions.get('gdpr.33-1')?.acknowledgedAt).toBe(told.now());
  });
});

describe('what nobody knows the end of', () => {
  const unsure = () => {
    const told = story(steps);
    const n = told.happens(intent('stop', 'bridge'));
    return { told, n };
  };

  test('is settled by a person with a reason, once', () => {
    const { told, n } = unsure();
    expect(told.step('stop').status).toBe('unsure');
    expect(() => told.does({ do: 'settle', intent: n, result: 'done', reason: '' })).toThrow(
      /a reason is needed/,
    );
    told.does({ do: 'settle', intent: n, result: 'done', reason: 'The console shows it off' });
    expect(told.state().acts.get(n)).toMatchObject({ result: 'done', settledBy: 'person', proof: null });
    expect(told.step('stop')).toMatchObject({ status: 'now', because: 'not proved yet for bridge' });
    expect(() => told.does({ do: 'settle', intent: n, result: 'failed', reason: 'x' })).toThrow(
      /known already/,
    );
    expect(() => told.does({ do: 'settle', intent: 99, result: 'failed', reason: 'x' })).toThrow(/not-found/);
  });

  test('keeps the incident open, as an incident and as a false alarm, and is listed', () => {
    const { told, n } = unsure();
    told.happens(outcome(n, 'stop', 'bridge', 'unknown'));
    for (const end of ['resolved', 'not-an-incident'] as const) {
      expect(() => told.does({ do: 'close', outcome: end, summary: 'Over' })).toThrow(
        /outcome-unknown: targets=bridge/,
      );
    }
    told.does({ do: 'settle', intent: n, result: 'failed', reason: 'It still runs' });
    told.does({ do: 'close', outcome: 'resolved', summary: 'Over' });
    expect(told.state()).toMatchObject({ phase: 'closed', closedAs: 'resolved' });
  });
});

describe('the end', () => {
  test('a closed incident takes notes and what became of its duties, and nothing else', () => {
    const told = story(steps);
    told.does({ do: 'close', outcome: 'not-an-incident', summary: 'A test of the scanner' });
    expect(() => told.does({ do: 'start', step: 'ring' })).toThrow(/incident-closed/);
    expect(() => told.does({ do: 'learn', fact: 'x', answer: { is: 'unknown' } })).toThrow(/incident-closed/);
    told.does({ do: 'note', text: 'The vendor wrote later', corrects: 2 });
    told.does({ do: 'submit', duty: 'gdpr.33-1', channel: 'web form' });
    told.does({ do: 'prove', duty: 'gdpr.33-1', kind: 'portal-reference', reference: 'AZ-1' });
    told.does({ do: 'acknowledge', duty: 'gdpr.33-1', reference: 'AZ-1' });
    expect(told.state().submissions.get('gdpr.33-1')).toMatchObject({ proved: true });
    expect(told.state().phase).toBe('closed');
  });

  test('only a drill ends as a drill', () => {
    expect(() => story().does({ do: 'close', outcome: 'drill-ended', summary: 'Over' })).toThrow(
      /only a drill/,
    );
    const drill = story([], { ...opened, pub: { ...opened.pub, drill: true } });
    drill.does({ do: 'close', outcome: 'drill-ended', summary: 'Over' });
    expect(drill.state().closedAs).toBe('drill-ended');
  });

  test('nothing is decided about an incident that was never opened', () => {
    const context = {
      actor: 'ada',
      now: at('2026-11-20T00:00:00Z'),
      mask: (text: string) => text,
      fingerprint: () => '',
    };
    expect(() => decide(unopened, { do: 'note', text: 'x' }, context)).toThrow(/no-incident/);
  });

  test('a proved containment is no obstacle', () => {
    const told = story(steps);
    const n = told.happens(intent('stop', 'bridge'));
    told.happens(outcome(n, 'stop', 'bridge', 'done'), verified(n, 'stop', 'bridge', 'proved'));
    told.does({ do: 'close', outcome: 'resolved', summary: 'Over' });
    expect(told.state().phase).toBe('closed');
  });
});
