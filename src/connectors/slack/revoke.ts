import type { Json } from '../../base/canonical.ts';
import { NetworkError } from '../../io/http.ts';
import type { Secret } from '../../io/secrets.ts';
import type { Outcome, Preview, Proof } from '../../model/action.ts';
import { lost, unproved } from '../call.ts';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import { withLack } from '../evidence.ts';
import type { Captured } from '../kill.ts';
import { allProved, cut, joined, ordinal } from '../several.ts';
import {
  captured,
  eachOf,
  ownNotes,
  ownSecret,
  ownWarnings,
  sortSuspects,
  withLeftOut,
} from '../suspects.ts';
import type { Sorted } from '../suspects.ts';
import { pages, shownCall, slack, slackRefused } from './api.ts';
import { channelSchema, revokeInput, whoSchema } from './schema.ts';

/** Only these two say that a token is dead: `invalid_auth` is also said to a live token from the wrong address. */
const DEAD = new Set(['token_revoked', 'account_inactive']);

type Life = Readonly<{ is: 'alive'; who: string; bot: boolean } | { is: 'dead' | 'unclear'; says: string }>;

const lifeOf = async (token: Secret, outside: Outside): Promise<Life> => {
  try {
    const answer = await slack(outside, token, 'auth.test');
    const who = whoSchema.safeParse(answer.data);
    if (answer.ok) {
      const name = who.success ? `${cut(who.data.user, 80)} in ${cut(who.data.team, 80)}` : 'somebody';
      return { is: 'alive', who: name, bot: who.data?.bot_id !== undefined };
    }
    const says = answer.error === '' ? `HTTP ${answer.status}` : cut(answer.error);
    return { is: DEAD.has(answer.error) ? 'dead' : 'unclear', says };
  } catch (error) {
    if (error instanceof NetworkError) return { is: 'unclear', says: error.message };
    throw error;
  }
};

const sort = async (outside: Outside): Promise<Sorted> =>
  sortSuspects(outside, [await ownSecret(outside, 'token')]);

const preview = async (_input: unknown, outside: Outside): Promise<Preview> => {
  const sorted = await sort(outside);
  const calls = [
    shownCall(
      outside,
      'auth.revoke',
      {},
      `${sorted.suspects.length} times, each with the leaked token itself`,
    ),
  ];
  const breaks = [
    'What works with these tokens stops. The app of a bot token stays installed, but its bot leaves all its channels. New tokens need a new OAuth round.',
  ];
  if (sorted.suspects.length === 0)
    return { calls, breaks, now: 'unknown', warnings: ['No leaked token has been given yet.'] };
  const lives = await eachOf(sorted.suspects, async (token) => await lifeOf(token, outside));
  const warnings = lives.map((life, index) => {
    const which = ordinal(index, lives.length);
    return life.is === 'alive'
      ? `${which} works as ${life.who}${life.bot ? ', a bot' : ''}`
      : `${which}: Slack says ${life.says}`;
  });
  const alive = lives.some((life) => life.is === 'alive');
  const unclear = lives.some((life) => life.is === 'unclear');
  return {
    calls,
    breaks,
    now: alive ? 'active' : unclear ? 'unknown' : 'already',
    warnings: [...warnings, ...ownWarnings(sorted)],
  };
};

/** Where its bot must be invited again later. Tried once: a stolen token does not live on because a listing is slow. */
const channelsOf = async (token: Secret, outside: Outside): Promise<Captured> => {
  const lacking = (lack: string): Captured => ({ receipt: null, lack });
  try {
    const args = { types: 'public_channel,private_channel', exclude_archived: true };
    const all = await pages(outside, token, 'users.conversations', args, 'channels', 5, 'once');
    if ('refused' in all) return lacking(slackRefused(all.refused, 'listing its channels').detail);
    return {
      receipt: { channels: all.items.flatMap((json) => channelSchema.safeParse(json).data?.id ?? []) },
      lack: null,
    };
  } catch (error) {
    if (error instanceof NetworkError) return lacking(`listing its channels: ${error.message}`);
    throw error;
  }
};

const revokeOne = async (token: Secret, receipt: Json, which: string, outside: Outside): Promise<Outcome> => {
  try {
    const answer = await slack(outside, token, 'auth.revoke');
    if (answer.ok && answer.data['revoked'] === true) {
      return { result: 'done', detail: `Slack revoked ${which}`, http: 200, receipt };
    }
    if (DEAD.has(answer.error))
      return {
        result: 'already',
        detail: `Slack says ${which} is dead: ${answer.error}`,
        http: 200,
        receipt,
      };
    if (answer.error === 'invalid_auth') {
      const detail = `Slack does not accept ${which} from here (invalid_auth): dead, not copied whole, or barred from this address`;
      return { result: 'failed', detail, http: 200, receipt };
    }
    return { ...slackRefused(answer, `revoking ${which}`), receipt };
  } catch (error) {
    return { ...lost(error, `revoking ${which}`), receipt };
  }
};

const run = async (_input: unknown, outside: Outside): Promise<Outcome> => {
  const sorted = await sort(outside);
  const { suspects } = sorted;
  const known = await captured(suspects, outside, channelsOf);
  const outcomes = await eachOf(suspects, async (token, index) => {
    const { receipt = null, lack = null } = known[index] ?? {};
    return withLack(await revokeOne(token, receipt, ordinal(index, suspects.length), outside), lack);
  });
  return joined(outcomes, ownNotes(sorted));
};

const proofOf = async (token: Secret, which: string, outside: Outside): Promise<Proof> => {
  try {
    const life = await lifeOf(token, outside);
    const asked = `asked auth.test with ${which}`;
    if (life.is === 'alive') return { is: 'refuted', how: `${asked}: it works as ${life.who}`, http: 200 };
    return { is: life.is === 'dead' ? 'proved' : 'unproved', how: `${asked}: ${life.says}`, http: 200 };
  } catch (error) {
    return unproved(error, `asking with ${which}`);
  }
};

const verify = async (_input: unknown, outside: Outside): Promise<Proof> => {
  const sorted = await sort(outside);
  const { suspects } = sorted;
  const others = await eachOf(
    suspects,
    async (token, index) => await proofOf(token, ordinal(index, suspects.length), outside),
  );
  return await withLeftOut(
    allProved(others),
    sorted,
    async (own) => await proofOf(own, 'our own credential', outside),
  );
};

export const revokeToken = action({
  title: 'Revoke a leaked Slack token',
  effect: 'irreversible',
  retry: 'B',
  confidence: 'confirmed',
  scopes: ['none: each token may revoke itself'],
  secrets: [],
  input: revokeInput,
  needsSuspect: true,
  byHand: {
    where:
      'api.slack.com/apps: the app, OAuth & Permissions; for another’s app: the workspace’s Manage apps > the app > Configuration',
    steps: [
      'Write down in which channels the app’s bot is: it leaves them.',
      'Press "Revoke tokens" (own app) or "Remove app" (another’s) and confirm.',
      'For an incoming webhook’s URL: Manage apps > the app > Configuration > Revoke.',
      'Call auth.test with the old token: it must answer token_revoked or account_inactive.',
    ],
    record: 'The app, whose token it was, its channels, the time, and the answer of auth.test.',
  },
  preview,
  run,
  verify,
});
