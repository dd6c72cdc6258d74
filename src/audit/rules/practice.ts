import type { Inventory } from '../../model/inventory.ts';
import type { Audited, Hit, Rule } from '../rule.ts';
import { isOwned } from '../rule.ts';
import { daysSince } from './credentials.ts';

/** What the team has written down itself: bots, rights, receivers, storage. */

type Place = Inventory['channels'][number] | Inventory['integrations'][number];

const overdue = (date: string | undefined, { today, policy }: Audited): string | null => {
  if (date === undefined) return 'never';
  const days = daysSince(date, today);
  return days !== null && days > policy.review_days ? `${days} days ago` : null;
};

const bots =
  (says: (bot: NonNullable<Inventory['bots']>[number], audited: Audited) => string | null): Rule['look'] =>
  (audited) =>
    (audited.inventory.bots ?? []).flatMap((bot): readonly Hit[] => {
      const found = says(bot, audited);
      return found === null
        ? []
        : [{ subject: bot.id, owner: bot.owner, found: `${bot.title} (${bot.id}) ${found}` }];
    });

const receivers =
  (says: (receiver: NonNullable<Inventory['receivers']>[number]) => string | null): Rule['look'] =>
  ({ inventory }) =>
    (inventory.receivers ?? []).flatMap((one): readonly Hit[] => {
      const found = says(one);
      return found === null
        ? []
        : [{ subject: one.id, owner: one.owner, found: `${one.title} (${one.id}) ${found}` }];
    });

const storages =
  (
    says: (storage: NonNullable<Inventory['channels'][number]['storage']>, audited: Audited) => string | null,
  ): Rule['look'] =>
  (audited) =>
    audited.inventory.channels.flatMap((channel): readonly Hit[] => {
      const found = channel.storage === undefined ? null : says(channel.storage, audited);
      return found === null
        ? []
        : [{ subject: channel.id, owner: channel.owner, found: `${channel.title} (${channel.id}) ${found}` }];
    });

const ownerAt = ({ channels, integrations }: Inventory, id: string): string | null => {
  const place: Place | undefined = [...channels, ...integrations].find((one) => one.id === id);
  return place === undefined || !isOwned(place.owner) ? null : place.owner;
};

export const practiceRules: readonly Rule[] = [
  {
    id: 'bot-reads-too-much',
    title: 'A bot can read what its task does not need',
    severity: 'high',
    why: 'whoever talks a bot round gets all that it can read',
    fix: 'take the access away, or write down why it needs it',
    look: bots(({ reads, needs }) => {
      const more = reads.filter((one) => !needs.includes(one));
      return more.length === 0 ? null : `reads ${more.join(', ')} and does not need it`;
    }),
  },
  {
    id: 'bot-prompt-review',
    title: 'A bot’s instructions were not read for long',
    severity: 'medium',
    why: 'instructions gather secrets, promises and things that are no longer true',
    fix: 'read them and set `prompt_reviewed`',
    look: bots(({ prompt_reviewed: date }, audited) => {
      const when = overdue(date, audited);
      return when === null ? null : `: its instructions were last reviewed ${when}`;
    }),
  },
  {
    id: 'bot-sources-review',
    title: 'What a bot learns from was not gone through for long',
    severity: 'medium',
    why: 'what was put into its sources, a bot tells customers',
    fix: 'go through its sources and set `sources_reviewed`',
    look: bots(({ sources_reviewed: date }, audited) => {
      const when = overdue(date, audited);
      return when === null ? null : `: its sources were last reviewed ${when}`;
    }),
  },
  {
    id: 'right-review',
    title: 'A right over many customers was not looked at for long',
    severity: 'high',
    why: 'an account with it is worth the most to a thief, and people change their posts',
    fix: 'take it away, or set `why` and `reviewed`',
    look: (audited) =>
      (audited.inventory.rights ?? []).flatMap(({ who, may, on, why, reviewed }): readonly Hit[] => {
        const when = overdue(reviewed, audited);
        const found = [
          ...(why === undefined ? ['nobody has written down why'] : []),
          ...(when === null ? [] : [`last reviewed ${when}`]),
        ];
        return found.length === 0
          ? []
          : [
              {
                subject: `${on}:${may}:${who}`,
                owner: ownerAt(audited.inventory, on),
                found: `${who} may ${may} on ${on}: ${found.join('; ')}`,
              },
            ];
      }),
  },
  {
    id: 'receiver-http',
    title: 'A receiver of your own takes messages without TLS',
    severity: 'critical',
    why: 'anybody on the way reads the messages',
    fix: 'give it an https address',
    look: receivers(({ url }) =>
      url.startsWith('http:') ? `listens at ${new URL(url).host} without TLS` : null,
    ),
  },
  {
    id: 'receiver-open',
    title: 'A receiver lets every address in',
    severity: 'medium',
    why: 'a leaked signing secret is then enough to send made-up messages from anywhere',
    fix: 'let in the addresses of the sender alone, or say that you do: `ip_rule: true`',
    look: receivers(({ ip_rule: rule }) => (rule === true ? null : 'has no rule about who may reach it')),
  },
  {
    id: 'receiver-unlimited',
    title: 'A receiver takes any number of requests',
    severity: 'medium',
    why: 'whoever finds it can guess, or drown it',
    fix: 'limit the rate in front of it, or say that you do: `rate_limit: true`',
    look: receivers(({ rate_limit: limit }) => (limit === true ? null : 'has no limit of its rate')),
  },
  {
    id: 'storage-public',
    title: 'Conversations lie where anybody can read them',
    severity: 'critical',
    why: 'this is a breach as soon as somebody finds it',
    fix: 'close it tonight; then firebreak declare',
    look: storages(({ public: open }) => (open ? 'lies in public storage' : null)),
  },
  {
    id: 'storage-unencrypted',
    title: 'Conversations lie unencrypted',
    severity: 'high',
    why: 'a stolen disk or copy is then a breach that has to be reported',
    fix: 'encrypt it at rest, with a key that the store does not hold',
    look: storages(({ encrypted }) => (encrypted ? null : 'is not encrypted at rest')),
  },
  {
    id: 'storage-too-long',
    title: 'Conversations are kept longer than the policy says',
    severity: 'high',
    why: 'what should be gone is stolen too, and has to be explained',
    fix: 'delete what is older, and have it deleted by itself',
    look: storages(({ kept_days: kept, policy_days: allowed }) =>
      kept > allowed ? `is kept for ${kept} days; the policy says ${allowed}` : null,
    ),
  },
  {
    id: 'storage-review',
    title: 'Nobody has looked at the storage for long',
    severity: 'low',
    why: 'what is written down about it may no longer be true',
    fix: 'look again and set `checked`',
    look: storages(({ checked }, audited) => {
      const when = overdue(checked, audited);
      return when === null ? null : `was last looked at ${when}`;
    }),
  },
];
