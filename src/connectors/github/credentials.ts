import type { Secret } from '../../io/secrets.ts';
import type { Outcome, Preview, Proof } from '../../model/action.ts';
import { limits } from '../../model/limits.ts';
import { NetworkError } from '../../io/http.ts';
import { deniesBearer, lost } from '../call.ts';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import { forAMinute } from '../evidence.ts';
import { HIDDEN } from '../several.ts';
import { eachOf, ownNotes, ownSecret, ownWarnings, sortSuspects, withLeftOut } from '../suspects.ts';
import type { Sorted } from '../suspects.ts';
import { github, githubRefused, shownCall } from './api.ts';
import { credentialsInput } from './schema.ts';

/** GitHub takes this many in one call, and 60 calls an hour from one address. */
const PER_CALL = 1000;

type Kind = 'askable' | 'refresh' | 'foreign';
const kindOf = (token: Secret): Kind => {
  const value = token.use();
  if (value.startsWith('ghr_')) return 'refresh';
  return /^(?:ghp_|github_pat_|gho_|ghu_)/.test(value) ? 'askable' : 'foreign';
};

type Life = 'alive' | 'dead' | 'unclear';

/**
 * Asks GitHub who the bearer is, with the token itself. Only its own 401 is death: 403 is also given for too many tries, and a page
 * by whatever stands in between.
 */
const lifeOf = async (token: Secret, outside: Outside): Promise<Life> => {
  // A refresh token is refused here dead or alive, so its refusal says nothing.
  if (kindOf(token) === 'refresh') return 'unclear';
  try {
    const ask = await github(outside, token);
    const answer = await ask('GET /user');
    return answer.status === 200 ? 'alive' : deniesBearer(answer) ? 'dead' : 'unclear';
  } catch (error) {
    if (error instanceof NetworkError) return 'unclear';
    throw error;
  }
};

type Count = Readonly<Record<Life, number>>;
const countLives = (lives: readonly Life[]): Count => ({
  alive: lives.filter((life) => life === 'alive').length,
  dead: lives.filter((life) => life === 'dead').length,
  unclear: lives.filter((life) => life === 'unclear').length,
});

const sort = async (outside: Outside): Promise<Sorted> =>
  sortSuspects(outside, [await ownSecret(outside, 'token')]);

const notes = (sorted: Sorted): readonly string[] => {
  const foreign = sorted.suspects.filter((token) => kindOf(token) === 'foreign').length;
  const refresh = sorted.suspects.filter((token) => kindOf(token) === 'refresh').length;
  return [
    ...(foreign === 0
      ? []
      : [
          `${foreign} cannot be revoked this way: GitHub takes ghp_, github_pat_, gho_, ghu_ and ghr_ tokens, not installation tokens or keys`,
        ]),
    ...(refresh === 0
      ? []
      : [`${refresh} can be revoked but not checked: GitHub refuses a refresh token here dead or alive`]),
  ];
};

const preview = async (_input: unknown, outside: Outside): Promise<Preview> => {
  const sorted = await sort(outside);
  const calls = [
    shownCall(
      outside,
      'POST',
      '/credentials/revoke',
      { credentials: [HIDDEN] },
      `${sorted.suspects.length} in the body; sent without any Authorization header`,
    ),
  ];
  const breaks = [
    'Everything that works with these tokens stops, and their owners get a mail from GitHub. This cannot be undone.',
  ];
  if (sorted.suspects.length === 0) {
    return { calls, breaks, now: 'unknown', warnings: ['No leaked token has been given yet.'] };
  }
  const lives = countLives(await eachOf(sorted.suspects, async (token) => await lifeOf(token, outside)));
  const dead = lives.dead === 0 ? [] : [`${lives.dead} refused already: dead, or not copied whole`];
  const unclear = lives.unclear === 0 ? [] : [`${lives.unclear} could not be asked`];
  const now = lives.alive > 0 ? 'active' : lives.unclear > 0 ? 'unknown' : 'already';
  return { calls, breaks, now, warnings: [...ownWarnings(sorted), ...dead, ...unclear, ...notes(sorted)] };
};

const run = async (_input: unknown, outside: Outside): Promise<Outcome> => {
  const sorted = await sort(outside);
  if (sorted.suspects.length === 0)
    return { result: 'failed', detail: 'no credential was given, so nothing was sent' };
  const takable = sorted.suspects.filter((token) => kindOf(token) !== 'foreign');
  const rest = [...notes(sorted), ...ownNotes(sorted)].map((note) => `; ${note}`).join('');
  if (takable.length === 0) return { result: 'not-supported', detail: `nothing was sent${rest}` };
  // Who is not asked within a minute is sent like one that lives.
  const bounded = forAMinute(outside);
  const lives = await eachOf(takable, async (token) => await lifeOf(token, bounded));
  const living = takable.filter((_, index) => lives[index] !== 'dead');
  const receipt = {
    given: sorted.suspects.length,
    refused_before: takable.length - living.length,
    sent: living.length,
  };
  if (living.length === 0) {
    return {
      result: 'already',
      detail: `GitHub refuses each of the ${takable.length} already${rest}`,
      http: 401,
      receipt,
    };
  }
  const outcome = await revoke(living, outside);
  return { ...outcome, detail: `${outcome.detail}${rest}`, receipt };
};

const revoke = async (tokens: readonly Secret[], outside: Outside): Promise<Outcome> => {
  const what = 'revoking the tokens';
  try {
    // Logged in, GitHub answers 403 here.
    const ask = await github(outside, null);
    for (let at = 0; at < tokens.length; at += PER_CALL) {
      const credentials = tokens.slice(at, at + PER_CALL).map((token) => token.use());
      const answer = await ask('POST /credentials/revoke', { credentials });
      if (answer.status === 202) continue;
      const outcome = githubRefused(answer, what);
      return at === 0
        ? outcome
        : { ...outcome, result: 'unknown', detail: `${outcome.detail}, after ${at} were accepted` };
    }
    return {
      result: 'accepted',
      detail: `GitHub accepted ${tokens.length} for revoking; that is a promise, not yet a proof`,
      http: 202,
    };
  } catch (error) {
    return lost(error, what);
  }
};

/** GitHub works the list off later, so a living token is asked again until the deadline. */
const proofOf = async (suspects: readonly Secret[], outside: Outside): Promise<Proof> => {
  if (suspects.length === 0)
    return { is: 'unproved', how: 'no credential was given, so there is nothing to ask with' };
  const deadline = outside.clock.elapsed() + limits.pollDeadlineMs;
  let pending = suspects;
  let unclear = 0;
  for (;;) {
    const asked = pending;
    const lives = await eachOf(asked, async (token) => await lifeOf(token, outside));
    pending = asked.filter((_, index) => lives[index] === 'alive');
    unclear += countLives(lives).unclear;
    if (pending.length === 0 || outside.clock.elapsed() >= deadline) break;
    await outside.clock.sleep(limits.pollMs, outside.signal);
  }
  const of = `of ${suspects.length} asked for GET /user with the token itself`;
  if (pending.length > 0) return { is: 'refuted', how: `${pending.length} ${of} still work`, http: 200 };
  if (unclear > 0) return { is: 'unproved', how: `${unclear} ${of} got no clear answer` };
  return { is: 'proved', how: `all ${of} are refused with 401`, http: 401 };
};

/** Our own is asked once: nobody has sent it to be revoked. */
const proofOfOwn = async (own: Secret, outside: Outside): Promise<Proof> => {
  const life = await lifeOf(own, outside);
  const is = life === 'alive' ? 'refuted' : life === 'dead' ? 'proved' : 'unproved';
  return { is, how: `asked GET /user with our own credential: ${life}` };
};

const verify = async (_input: unknown, outside: Outside): Promise<Proof> => {
  const sorted = await sort(outside);
  const others = await proofOf(sorted.suspects, outside);
  return await withLeftOut(others, sorted, async (own) => await proofOfOwn(own, outside));
};

export const revokeCredentials = action({
  title: 'Revoke leaked GitHub tokens',
  effect: 'irreversible',
  retry: 'B',
  confidence: 'confirmed',
  scopes: ['none: GitHub takes this call from anybody who holds the tokens'],
  secrets: [],
  input: credentialsInput,
  needsSuspect: true,
  byHand: {
    where:
      'github.com, signed in as the owner of the token: Settings > Developer settings > Personal access tokens',
    steps: [
      'Find the token by its name and last use; for an app’s token go to Settings > Applications instead.',
      'Press "Delete" (personal access token) or "Revoke" (application) and confirm.',
      'An installation token (ghs_) dies within an hour; suspend the app to stop it now: organisation Settings > Third-party Access > GitHub Apps > Configure > Suspend.',
      'Ask GitHub with the old token for https://api.github.com/user: it must answer 401.',
    ],
    record: 'Name, owner and scopes of each token, the time of its deletion, and the 401 with its time.',
  },
  preview,
  run,
  verify,
});
