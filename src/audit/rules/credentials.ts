import { daysBetween, formatUtc, parseInstant } from '../../base/instant.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Audited, Hit, Rule } from '../rule.ts';
import { isOwned, nameOf, ownerOf, subjectOf } from '../rule.ts';
import type { Thing } from '../seen.ts';

/** Keys and tokens: their age, their reach, and whose they are. */

/** Days since a time as a vendor writes it; null for what is none, and for what lies ahead. */
export const daysSince = (written: string | undefined, today: string): number | null => {
  if (written === undefined) return null;
  const at = parseInstant(written);
  const day = at === null ? /^\d{4}-\d{2}-\d{2}/.exec(written)?.[0] : formatUtc(at).slice(0, 10);
  const days = day === undefined ? null : daysBetween(day, today);
  return days === null || days < 0 ? null : days;
};

const keys = ({ things }: Audited): readonly Thing[] =>
  things.filter(({ item }) => item.kind === 'credential' && item.state !== 'paused');

const hitOf = (thing: Thing, found: string): Hit => ({
  subject: subjectOf(thing),
  owner: ownerOf(thing),
  found: `${nameOf(thing)} ${found}`,
});

/** The channels behind a credential: named directly, or by an integration that it opens. */
const channelsBehind = (inventory: Inventory, opens: readonly string[]): readonly string[] => {
  const channels = new Set(inventory.channels.map(({ id }) => id));
  const through = new Map(inventory.integrations.map(({ id, channel }) => [id, channel]));
  return [
    ...new Set(
      opens.flatMap((id) =>
        channels.has(id) ? [id] : (through.get(id) ?? null) === null ? [] : [String(through.get(id))],
      ),
    ),
  ];
};

const WIDE = /^(\*|all|.*:\*|admin(istrator)?|full[_ -]?access|owner|root)$/i;

export const credentialRules: readonly Rule[] = [
  {
    id: 'key-unused',
    title: 'A key that nobody uses',
    severity: 'medium',
    why: 'nobody would notice that somebody else uses it',
    fix: 'ask its owner, then revoke it',
    look: (audited) =>
      keys(audited).flatMap((thing) => {
        const unused = daysSince(thing.item.lastUsedAt, audited.today);
        if (unused !== null && unused > audited.policy.key_unused_days)
          return [hitOf(thing, `was last used ${unused} days ago`)];
        return [];
      }),
  },
  {
    id: 'key-old',
    title: 'A key older than the policy',
    severity: 'medium',
    why: 'the older a key, the more people and backups have it',
    fix: 'rotate it',
    look: (audited) =>
      keys(audited).flatMap((thing) => {
        const age = daysSince(thing.item.createdAt, audited.today);
        return age === null || age <= audited.policy.key_age_days
          ? []
          : [hitOf(thing, `is ${age} days old; the policy says ${audited.policy.key_age_days}`)];
      }),
  },
  {
    id: 'scopes-grown',
    title: 'It may do more than was written down',
    severity: 'high',
    why: 'rights that grew unseen are how a plug-in becomes a leak',
    fix: 'take the rights back, or write them down with the reason: firebreak inventory sync',
    look: ({ things }) =>
      things.flatMap((thing) => {
        const { row, item } = thing;
        const more = (item.scopes ?? []).filter((one) => row?.scopes?.includes(one) === false);
        return more.length === 0 ? [] : [hitOf(thing, `may also: ${more.join(', ')}`)];
      }),
  },
  {
    id: 'scopes-everything',
    title: 'It may do everything',
    severity: 'high',
    why: 'whoever steals it has everything',
    fix: 'give it the scopes that its task needs',
    look: ({ things }) =>
      things.flatMap((thing) => {
        const wide = (thing.item.scopes ?? []).filter((one) => WIDE.test(one));
        return wide.length === 0 ? [] : [hitOf(thing, `may: ${wide.join(', ')}`)];
      }),
  },
  {
    id: 'own-scopes-wide',
    title: 'The tool’s own credential may do more than the runbooks need',
    severity: 'medium',
    why: 'an emergency key that lies ready all year should open as little as it can',
    fix: 'make one with the needed scopes alone',
    look: ({ own }) =>
      own.flatMap(({ instance, granted, needed }) => {
        const more = granted.filter((one) => !needed.includes(one));
        return more.length === 0 || needed.length === 0
          ? []
          : [
              {
                subject: `${instance}:own`,
                owner: null,
                found: `the credential of ${instance} has ${more.join(', ')}; the runbooks need ${needed.join(', ')}`,
              },
            ];
      }),
  },
  {
    id: 'no-owner',
    title: 'Nobody owns it',
    severity: 'high',
    why: 'at three in the morning there is nobody to ask whether it may be paused',
    fix: 'name an owner in inventory.yaml, or revoke it',
    look: ({ inventory }) =>
      [...inventory.integrations, ...inventory.credentials, ...inventory.channels, ...(inventory.bots ?? [])]
        .filter(({ owner }) => !isOwned(owner))
        .map(({ id, title, owner }): Hit => ({
          subject: id,
          owner: null,
          found: `${title} (${id}): owner "${owner}"`,
        })),
  },
  {
    id: 'not-in-inventory',
    title: 'It exists, and the inventory does not know it',
    severity: 'high',
    why: 'no runbook stops what nobody has written down',
    fix: 'firebreak inventory sync --write, then name its owner; or revoke it',
    look: ({ things }) =>
      things
        .filter(({ row }) => row === null)
        .map((thing) => hitOf(thing, `is ${thing.item.state} and not in inventory.yaml`)),
  },
  {
    id: 'one-key-many-channels',
    title: 'One credential opens several channels',
    severity: 'medium',
    why: 'one leak closes all of them, and so does stopping it',
    fix: 'give each channel a credential of its own',
    look: ({ inventory }) =>
      inventory.credentials.flatMap(({ id, title, owner, opens }): readonly Hit[] => {
        const behind = channelsBehind(inventory, opens);
        return behind.length < 2
          ? []
          : [{ subject: id, owner, found: `${title} (${id}) opens ${behind.join(', ')}` }];
      }),
  },
];
