import type { Cause, Outcome } from '../model/action.ts';

/**
 * What an attempt that did not work means for a tired person, the same on a screen and on the command line: what failed, what is
 * still true, what to do next, and where the way by hand stands.
 */
export type Aftermath = Readonly<{
  failed: string;
  still: string;
  next: readonly string[];
  retry: string;
  hand: string;
}>;

/** How each thing is done here: by a key, or by a command. */
export type Ways = Readonly<{ hand: string; again: string; ask: string; doctor: string }>;

type Words = Readonly<{ failed: string; next: (ways: Ways) => string; retry: string }>;

const REFUSED_AGAIN = 'safe, and refused again until that is mended';

const words: Readonly<Record<Cause, Words>> = {
  permission: {
    failed: "the tool's own credential is let in, and is not allowed this",
    next: ({ doctor }) => `give it the permission that the plan names under "needs"; ${doctor}`,
    retry: REFUSED_AGAIN,
  },
  credential: {
    failed: "the tool's own credential is not accepted: it has expired, was revoked, or is the wrong one",
    next: ({ doctor }) => `put a new one where firebreak.yaml says that it lies; ${doctor}`,
    retry: REFUSED_AGAIN,
  },
  organisation: {
    failed:
      "the system shows no such thing to the tool's own credential: another organisation, or a wrong id",
    next: () =>
      'compare the organisation in firebreak.yaml and the ids in inventory.yaml with its console; it was NOT found to be gone',
    retry: REFUSED_AGAIN,
  },
  plan: {
    failed: 'this account has no such API: the plan does not hold it, or the vendor leaves it to people',
    next: () => 'do it by hand now; a larger plan would have to be bought first',
    retry: 'will not help',
  },
  page: {
    failed: 'a web page answered in place of the system: a proxy, a login page, or a wrong address',
    next: ({ doctor }) => `go past the proxy or use another network, and look at base_url; ${doctor}`,
    retry: 'safe',
  },
  name: {
    failed:
      'the name of the system was not found: DNS is gone, this network is down, or the address is wrong',
    next: ({ doctor }) => `use another network, a telephone will do, and look at base_url; ${doctor}`,
    retry: 'safe',
  },
  identity: {
    failed:
      'the system did not prove that it is who it says, so nothing was said to it: somebody may stand between, or a proxy, or the clock here is wrong',
    next: ({ doctor }) =>
      `do not go round it; use another network, a telephone will do, and look at the clock of this machine; ${doctor}`,
    retry: 'safe, because nothing is sent before it is proved',
  },
  unreached: {
    failed: 'the system was not reached',
    next: () => "use another network, and look at the vendor's status page",
    retry: 'safe',
  },
  clock: {
    failed: 'the clock of this machine is wrong, so the system does not take what we sign with its time',
    next: ({ doctor }) => `set the clock, by NTP or by hand; ${doctor}`,
    retry: REFUSED_AGAIN,
  },
  busy: {
    failed: 'the system takes no more requests at the moment',
    next: () => 'wait as long as it asks',
    retry: 'safe',
  },
  other: {
    failed: 'the system refused it, or could not do it',
    next: () => 'read its answer above',
    retry: 'safe',
  },
};

/** Where the connector does not say it, the answer itself does. */
const causeOf = ({ cause, result, http, retryAfterMs }: Outcome): Cause => {
  if (cause !== undefined) return cause;
  if (result === 'not-supported') return 'plan';
  if (http === 429 || retryAfterMs !== undefined) return 'busy';
  if (http === 401) return 'credential';
  if (result === 'forbidden') return http === 404 ? 'organisation' : 'permission';
  return 'other';
};

/** Null for what worked, or was taken to be worked off. */
export const aftermath = (outcome: Outcome, ways: Ways): Aftermath | null => {
  const { result, retryAfterMs } = outcome;
  if (result === 'done' || result === 'already' || result === 'accepted') return null;
  const cause = causeOf(outcome);
  const { failed, next, retry } = words[cause];
  const { hand, ask, again } = ways;
  if (result === 'unknown')
    return {
      failed: cause === 'other' ? 'the answer was lost, or leaves open what became of it' : failed,
      still: 'it may have happened; nothing was repeated and nothing rolled back',
      next: [ask, ...(cause === 'other' ? [] : [next(ways)])],
      retry: 'NOT before it was checked',
      hand,
    };
  const wait = retryAfterMs === undefined ? '' : `, after ${Math.ceil(retryAfterMs / 1000)} s`;
  return {
    failed,
    still: 'nothing was changed there; what was done before stands, and the attempt is in the journal',
    next: [next(ways), ...(retry === 'will not help' ? [] : [again])],
    retry: `${retry}${wait}`,
    hand,
  };
};
