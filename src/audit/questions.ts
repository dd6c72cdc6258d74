import { daysBetween } from '../base/instant.ts';
import type { Channel, Inventory } from '../model/inventory.ts';
import type { Posture } from '../connectors/posture.ts';
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
  /** Why a person is asked what a system of this kind could tell; null where none could. */
  because: string | null;
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

type Asking = (
  id: string,
  asks: string,
  wanted: Question['wanted'],
  more?: Readonly<{ owner?: string; because?: string | null }>,
) => Question;

export const questionsOf = ({ inventory, policy, seen }: Audited): readonly Question[] => {
  const ask: Asking = (id, asks, wanted, { owner = '', because = null } = {}) => ({
    id,
    asks,
    of: owner !== '' && isOwned(owner) ? owner : policy.asks,
    wanted,
    because,
  });
  return [
    ...seen.flatMap((one) => ofSystem(ask, one)),
    ...inventory.channels.flatMap((channel) => ofChannel(ask, channel, { inventory, policy, seen })),
    ...ofLists(ask, inventory),
  ];
};

/** Why a system did not tell it; null where it did, and nobody need be asked. */
const untoldBy = (one: Seen, part: keyof Posture): string | null => {
  if (one.is === 'not-asked') return `${one.instance} could not be asked: ${one.why}`;
  const told = one.is === 'asked' ? one.posture[part] : undefined;
  if (told === undefined) return `no call of ${one.kind} is known to tell it`;
  return told.is === 'untold' ? told.why : null;
};

const mfaQuestion = (ask: Asking, one: Seen): readonly Question[] => {
  const { instance, kind } = one;
  const because = untoldBy(one, 'mfa');
  const id = `mfa:${instance}`;
  if (because !== null)
    return [
      ask(id, `Must everybody who signs in to ${instance} (${kind}) use a second factor?`, 'yes', {
        because,
      }),
    ];
  const told = one.is === 'asked' ? one.posture.mfa : undefined;
  if (told?.is !== 'told' || told.except === undefined) return [];
  const left = `${kind} tells it of the others: ${told.detail}`;
  return [
    ask(id, `At ${instance}, must they use a second factor too: ${told.except}?`, 'yes', { because: left }),
  ];
};

const ofSystem = (ask: Asking, one: Seen): readonly Question[] => {
  const { instance, kind } = one;
  const unless = (
    part: keyof Posture,
    id: string,
    asks: string,
    wanted: Question['wanted'],
  ): readonly Question[] => {
    const because = untoldBy(one, part);
    return because === null ? [] : [ask(`${id}:${instance}`, asks, wanted, { because })];
  };
  return [
    ...mfaQuestion(ask, one),
    ask(
      `leavers:${instance}`,
      `Can anybody still sign in to ${instance} who has left or changed posts?`,
      'no',
    ),
    ...(kind === 'github'
      ? unless('alerts', 'secret-alerts', `Are there open secret-scanning alerts in ${instance}?`, 'no')
      : []),
    ...(kind === 'meta' || kind === 'twilio'
      ? unless('numbers', 'numbers', `Are all business numbers of ${instance} verified, and yours?`, 'yes')
      : []),
  ];
};

/** The systems behind a channel tell its templates, where one of them is WhatsApp's and links can be judged. */
const templatesBecause = (
  { id, medium }: Channel,
  { inventory, policy, seen }: Pick<Audited, 'inventory' | 'policy' | 'seen'>,
): string | null => {
  if (medium !== 'whatsapp') return `no call is known that tells those of ${medium}`;
  const behind = new Set(
    inventory.integrations.flatMap(({ channel, connector }) => (channel === id ? [connector] : [])),
  );
  const systems = seen.filter(({ instance }) => behind.has(instance));
  const reasons = systems.map((one) => untoldBy(one, 'templates'));
  if (systems.length === 0) return 'no row of the inventory says which system is behind it';
  if (reasons.every((reason) => reason !== null)) return reasons.join('; ');
  return policy.domains.length === 0
    ? 'audit.domains of inventory.yaml names no domain of yours, so links cannot be judged'
    : null;
};

const TEMPLATED: ReadonlySet<string> = new Set(['whatsapp', 'messenger', 'instagram', 'sms']);

const ofChannel = (
  ask: Asking,
  channel: Channel,
  audited: Pick<Audited, 'inventory' | 'policy' | 'seen'>,
): readonly Question[] => {
  const { id, title, owner, holds, medium, storage } = channel;
  const { rights = [] } = audited.inventory;
  const talks = holds.includes('transcripts');
  const because = TEMPLATED.has(medium) ? templatesBecause(channel, audited) : null;
  return [
    ...(talks && storage === undefined
      ? [
          ask(
            `storage:${id}`,
            `Do the conversations of ${title} lie encrypted, closed to the public, and no longer than the policy says?`,
            'yes',
            { owner },
          ),
        ]
      : []),
    ...(because !== null
      ? [
          ask(
            `templates:${id}`,
            `Do the approved message templates of ${title} carry personal data, or link to domains that are not yours?`,
            'no',
            { owner, because },
          ),
        ]
      : []),
    ...(talks && !rights.some(({ on }) => on === id)
      ? [
          ask(
            `rights:${id}`,
            `May anybody export conversations of ${title}, or write to all its customers, who does not need to?`,
            'no',
            { owner },
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
