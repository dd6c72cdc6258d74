import { describe, expect, test } from 'vitest';
import type { Fresh } from '../../src/model/event.ts';
import { handoverOf } from '../../src/projections/handover.ts';
import { at, leakedToken, openedIn, plan, told } from '../fixtures/incident.ts';
import { input, rendered } from './rig.ts';

const adopted: Fresh = {
  kind: 'plan.adopted',
  pub: { plan_sha256: 'ab'.repeat(32), runbook: 'r', part: 0, of: 1, text: JSON.stringify(plan) },
};
const begun = (step: string, target: string): readonly Fresh[] => [
  { kind: 'step.started', pub: { step } },
  {
    kind: 'act.intent',
    pub: {
      step,
      target,
      instance: 'meta',
      action: 'meta.revoke-token',
      attempt: 1,
      direction: 'do',
      of: null,
      effect: 'irreversible',
      retry: 'D',
      confidence: 'confirmed',
      idem: 'x',
      plan_sha256: 'ab'.repeat(32),
    },
  },
];
const commander: Fresh = {
  kind: 'role.claimed',
  pub: { role: 'responder', person: 'ben' },
  priv: { name: { class: 'staff', value: 'Ben Okoro' } },
};
const midway = told([openedIn('Europe/Dublin'), adopted, commander, ...begun('revoke-token', 'wa-token')]);

describe('the page for whoever takes over', () => {
  const page = rendered('handover', input(midway));

  test('goes from how bad it is to what the receiver says back', () => {
    expect(page.split('\n').filter((line) => line.startsWith('## '))).toEqual([
      '## 1. How bad it is',
      '## 2. What happened so far',
      '## 3. What is to be done',
      '## 4. Clocks',
      '## 5. If this happens, then',
      '## 6. What may have happened and nobody knows',
      '## 7. Who is who',
      '## 8. What the receiver says back',
    ]);
  });

  test('names for each open step who has it tonight and until when', () => {
    const { actions } = handoverOf(input(midway));
    expect(actions.map(({ step }) => step)).toEqual([
      'stop-webhooks',
      'revoke-token',
      'count-people',
      'call-dpo',
    ]);
    const revoke = actions.find(({ step }) => step === 'revoke-token');
    expect(revoke).toMatchObject({
      person: 'ben',
      status: 'unsure',
      due: at('2026-11-20T02:28:00Z'),
      dueBy: 'time-box',
    });
    expect(actions[0]).toMatchObject({ due: null, dueBy: null, minutes: 5 });
    expect(page).toMatch(/Revoke the leaked token \(revoke-token\) \| unsure: .* \| ben \(responder\) \|/);
  });

  test('says what may have happened, how to see it, and what doing it again would do', () => {
    expect(page).toContain(
      '**meta.revoke-token on WhatsApp system user token** (attempt 4): no outcome was recorded',
    );
    expect(page).toContain('It worked if: the system refuses it.');
    expect(page).toContain('- [ ] What nobody knows: 1 in doubt');
    expect(rendered('handover', input(leakedToken()))).toContain('No attempt is in doubt.');
  });

  test('says what to do if a step cannot be done, if something is turned on again, and if nobody settles a start', () => {
    expect(page).toContain('- **If** "Revoke the leaked token" cannot be done: use the console');
    expect(page).toMatch(
      /- \*\*If\*\* nobody records or rules out: when the company became aware \(aware\): .*gdpr\.33-1/,
    );
    expect(rendered('handover', input(leakedToken()))).toContain(
      '- **If** WhatsApp bridge answers again: somebody turned it on: stop it again with step stop-webhooks',
    );
  });

  test('has the deadline with both times, and the runbook’s own never', () => {
    expect(page).toContain(
      '- [ ] What must not be done: Do not test the leaked token from a private computer',
    );
    expect(page).toMatch(
      /- \[ \] What is due next: Notify the supervisory authority, 2026-11-2\d .* \/ 2026-11-2\d /,
    );
    expect(page).toContain('- commander: **nobody yet**');
  });

  test('of a closed incident leaves nothing to do', () => {
    const closed = told([
      openedIn('UTC'),
      adopted,
      {
        kind: 'incident.closed',
        pub: { outcome: 'resolved' },
        priv: { summary: { class: 'staff', value: 's' } },
      },
    ]);
    const view = handoverOf(input(closed));
    expect([view.actions, view.contingencies, view.waiting]).toEqual([[], [], []]);
    expect(rendered('handover', input(closed))).toContain('What is done first: no step is open');
  });
});

test('what one person was asked to do, and a role on its way, stand on the page', () => {
  const staff = (value: string) => ({ class: 'staff' as const, value });
  const page = rendered(
    'handover',
    input(
      told([
        openedIn('Europe/Dublin'),
        adopted,
        commander,
        {
          kind: 'handover.offered',
          pub: { role: 'responder', from: 'ben', to: 'cem' },
          priv: { note: staff('The vendor | rings back') },
        },
        {
          kind: 'task.given',
          pub: { person: 'ada', due_at: at('2026-11-20T23:00:00Z') },
          priv: { text: staff('Pull the audit log') },
        },
      ]),
    ),
  );
  expect(page).toContain(
    '- responder goes from ben to cem, who has not said it back: The vendor \\| rings back',
  );
  expect(page).toMatch(/\| Pull the audit log \(4\) \| (?:WAIT|LATE).* \| ada \| /);
});
