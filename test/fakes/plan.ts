import type { Plan } from '../../src/model/plan.ts';
import { act, ask, decide, hand, target, words, yesNo } from './steps.ts';

/** A leaked WhatsApp token in twenty steps, with every kind of step and of danger. For screens, not for breaches. */
export const plan: Plan = {
  runbook: 'leaked-whatsapp-token',
  version: '1.0.0',
  title: 'Leaked WhatsApp Business token',
  severity: 'high',
  duties: ['gdpr.33-1', 'gdpr.34'],
  never: [
    'Never warn customers over the number whose token leaked',
    'Never paste the token into a chat, a ticket or a note',
  ],
  phases: [
    {
      id: 'declare',
      title: 'Declare',
      goal: 'It is written down what was seen',
      steps: [
        {
          ...ask(
            'record-report',
            'Write down what was reported',
            'What was reported, by whom, and how did it reach you?',
            'report',
            'long-text',
          ),
          phase: 'declare',
        },
        {
          ...ask(
            'record-earliest',
            'Record the earliest sign',
            'When was the earliest alert, report or mailbox receipt?',
            'earliest-sign',
            'time',
          ),
          phase: 'declare',
        },
      ],
    },
    {
      id: 'contain',
      title: 'Contain',
      goal: 'The token is dead, and it is proved',
      steps: [
        ask(
          'give-token',
          'Give the leaked token on the hidden field',
          'Which token leaked? Paste its value.',
          'leaked-token',
          'secret',
          { help: 'Meta tokens begin with EAA. Several can be given at once.' },
        ),
        hand(
          'copy-record',
          'Copy what Meta shows about the token',
          'Business Settings > Users > System users > the user: take a picture of tokens, scopes and assets.',
          { evidence: true },
        ),
        act(
          'revoke-token',
          'Revoke the leaked token',
          "Every minute it lives, conversations can be read and messages sent in the company's name.",
          'meta.revoke-token',
          [target('wa-system-user-token')],
          {
            effect: 'irreversible',
            reversible: false,
            friction: 'type-target',
            retry: 'B',
            confidence: 'unconfirmed',
            preserve: ['copy-record'],
          },
        ),
        act(
          'stop-webhooks',
          'Unsubscribe the webhooks of the number',
          'Messages of customers go wherever the webhook points.',
          'meta.stop-webhooks',
          [target('wa-number-1'), target('wa-number-2')],
        ),
        ask(
          'name-integrations',
          'Name the integrations that used the token',
          'Which integrations used it?',
          'affected',
          'items',
        ),
        act(
          'pause-named',
          'Pause what used the token',
          'Each could still send with what it holds.',
          'item.pause',
          [target('chat-relay', 'parlo'), target('crm-sync', 'orbit')],
          { from_fact: 'affected' },
        ),
        hand(
          'ring-dpo',
          'Ring the data protection officer',
          'Say what is known and what is not; ask who decides about the letter.',
          { call: 'dpo' },
        ),
      ],
    },
    {
      id: 'secure',
      title: 'Secure stored data',
      goal: 'Fewer people can read transcripts',
      steps: [
        {
          ...hand(
            'stop-exports',
            'Stop exports and automatic deletion',
            'Console of the chat platform > Data > Exports: off. Retention: hold.',
          ),
          phase: 'secure',
        },
        {
          ...act(
            'list-apps',
            'List the apps on the account',
            'An app that nobody knows is how a thief comes back.',
            'meta.list-apps',
            [target('wa-account')],
            { effect: 'reads', friction: 'enter', reversible: false },
          ),
          phase: 'secure',
        },
      ],
    },
    {
      id: 'scope',
      title: 'Scope',
      goal: 'Who is affected, as a range with its basis',
      steps: [
        {
          ...ask(
            'personal-data',
            'Say whether personal data are affected',
            'Are personal data affected?',
            'personal-data',
            'yes-no',
          ),
          phase: 'scope',
        },
        {
          ...ask(
            'count-people',
            'Count the people affected',
            'About how many people?',
            'subjects-count',
            'range',
          ),
          phase: 'scope',
        },
        {
          ...ask(
            'count-messages',
            'Count the messages sent',
            'How many messages did the thief send?',
            'messages-count',
            'number',
          ),
          phase: 'scope',
        },
        {
          ...ask(
            'aware',
            'Record when you became aware',
            'When did the company become aware?',
            'aware',
            'time',
          ),
          phase: 'scope',
        },
      ],
    },
    {
      id: 'notify',
      title: 'Notify',
      goal: 'Whoever must be told has been told',
      steps: [
        {
          ...decide(
            'high-risk',
            'Decide whether the risk is high',
            'Is a high risk to the people likely?',
            'high-risk',
            yesNo,
            { decider: 'legal', advice: 'Messages in their name to their contacts speak for yes.' },
          ),
          phase: 'notify',
        },
        {
          ...words(
            'write-33',
            'Write the notification to the authority',
            'Seventy-two hours from becoming aware.',
          ),
          phase: 'notify',
          kind: 'write',
          letter: 'gdpr-33',
          duty: 'gdpr.33-1',
        },
      ],
    },
    {
      id: 'recover',
      title: 'Recover',
      goal: 'The channel works again, with new credentials',
      steps: [
        {
          ...hand(
            'new-token',
            'Make a new token with the least scopes',
            'Business Settings > System users > Generate token.',
          ),
          phase: 'recover',
        },
        {
          ...words(
            'watch',
            'Wait for a quiet hour',
            'A thief who still has a way in tries it within the hour.',
          ),
          phase: 'recover',
          kind: 'wait',
          fact: null,
          for_minutes: 60,
        },
      ],
    },
    {
      id: 'review',
      title: 'Review',
      goal: 'It is written down what was learned',
      steps: [
        {
          ...hand('review', 'Hold the review', 'Within five working days, with everybody who took part.'),
          phase: 'review',
        },
      ],
    },
  ],
};

/** The same runbook with its first phase drawn out to so many steps in all: what a long incident costs to show. */
export const planOf = (steps: number): Plan => {
  const [first, ...rest] = plan.phases;
  const usual = plan.phases.reduce((sum, phase) => sum + phase.steps.length, 0);
  const extra = Array.from({ length: Math.max(0, steps - usual) }, (_, i) =>
    hand(
      `extra-${i}`,
      `Look at system ${i} of the list and write down what it holds`,
      'Open its console. Look at its log.',
    ),
  );
  return first === undefined
    ? plan
    : {
        ...plan,
        phases: [
          { ...first, steps: [...first.steps, ...extra.map((step) => ({ ...step, phase: first.id }))] },
          ...rest,
        ],
      };
};
