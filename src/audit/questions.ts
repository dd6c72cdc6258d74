import { daysBetween } from '../base/instant.ts';
import type { Channel, Inventory } from '../model/inventory.ts';
import type { Audited } from './rule.ts';
import { isOwned } from './rule.ts';
import type { Seen } from './seen.ts';

/** What no system tells: asked of a named person, and again when the answer has grown old. */
export type Question = Readonly<{
  id: string;
  asks: string;
  /** Who should know; null where no row names anybody. */
  of: string | null;
  /** What a good answer is: any other is a finding. */
  wanted: 'yes' | 'no';
}>;

/** As it is stored. `by` is the handle of who answered. */
export type Answered = Readonly<{
  id: string;
  answer: 'yes' | 'no' | 'unknown';
  date: string;
  by: string;
  note: string;
}>;

export type Open = Readonly<{
  question: Question;
  due: 'never answered' | 'answered too long ago';
  last: Answered | null;
}>;

type Asking = (id: string, asks: string, wanted: Question['wanted'], owner?: string) => Question;

export const questionsOf = ({ inventory, policy, seen }: Audited): readonly Question[] => {
  const ask: Asking = (id, asks, wanted, owner = '') => ({
    id,
    asks,
    of: owner !== '' && isOwned(owner) ? owner : policy.asks,
    wanted,
  });
  return [
    ...seen.flatMap((one) => ofSystem(ask, one)),
    ...inventory.channels.flatMap((channel) => ofChannel(ask, channel, inventory)),
    ...ofLists(ask, inventory),
  ];
};

const ofSystem = (ask: Asking, { instance, kind }: Seen): readonly Question[] => [
  ask(`mfa:${instance}`, `Must everybody who signs in to ${instance} (${kind}) use a second factor?`, 'yes'),
  ask(`leavers:${instance}`, `Can anybody still sign in to ${instance} who has left or changed posts?`, 'no'),
  ...(kind === 'github'
    ? [ask(`secret-alerts:${instance}`, `Are there open secret-scanning alerts in ${instance}?`, 'no')]
    : []),
  ...(kind === 'meta' || kind === 'twilio'
    ? [ask(`numbers:${instance}`, `Are all business numbers of ${instance} verified, and yours?`, 'yes')]
    : []),
];

const TEMPLATED: ReadonlySet<string> = new Set(['whatsapp', 'messenger', 'instagram', 'sms']);

const ofChannel = (
  ask: Asking,
  { id, title, owner, holds, medium, storage }: Channel,
  { rights = [] }: Inventory,
): readonly Question[] => {
  const talks = holds.includes('transcripts');
  return [
    ...(talks && storage === undefined
      ? [
          ask(
            `storage:${id}`,
            `Do the conversations of ${title} lie encrypted, closed to the public, and no longer than the policy says?`,
            'yes',
            owner,
          ),
        ]
      : []),
    ...(TEMPLATED.has(medium)
      ? [
          ask(
            `templates:${id}`,
            `Do the approved message templates of ${title} carry personal data, or link to domains that are not yours?`,
            'no',
            owner,
          ),
        ]
      : []),
    ...(talks && !rights.some(({ on }) => on === id)
      ? [
          ask(
            `rights:${id}`,
            `May anybody export conversations of ${title}, or write to all its customers, who does not need to?`,
            'no',
            owner,
          ),
        ]
      : []),
  ];
};

/** What could be written into the inventory, and is asked for as long as nobody has. */
const ofLists = (ask: Asking, { bots = [], receivers = [] }: Inventory): readonly Question[] => [
  ...(bots.length > 0
    ? []
    : [ask('bots', 'Does any bot or assistant answer customers, or read what they write?', 'no')]),
  ...(receivers.length > 0
    ? []
    : [
        ask(
          'receivers',
          'Does any server of yours receive webhooks without a check of their signature, their rate and where they come from?',
          'no',
        ),
      ]),
];

export const openQuestions = (
  questions: readonly Question[],
  answers: readonly Answered[],
  today: string,
  reviewDays: number,
): readonly Open[] =>
  questions.flatMap((question): readonly Open[] => {
    const last = answers.findLast(({ id }) => id === question.id) ?? null;
    if (last === null) return [{ question, due: 'never answered', last }];
    const age = daysBetween(last.date, today) ?? Infinity;
    return age > reviewDays ? [{ question, due: 'answered too long ago', last }] : [];
  });
