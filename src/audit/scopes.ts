/** Permissions in the words of many vendors: which of them can be compared, and which contain others. */

/** The scope that a sentence begins with; null where it is told in words alone, which only a person can compare. */
export const scopeIn = (sentence: string): Readonly<{ scope: string; always: boolean }> | null => {
  if (/\bor\b/.test(sentence)) return null;
  const found = /^([a-z][\w.:*/-]*)(?=$|, | for )/i.exec(sentence)?.[1];
  if (found === undefined || found.endsWith(':')) return null;
  // "X for a hook of the organisation": needed for some of its targets, not for all.
  return { scope: found, always: !/ for (?!the proof)/.test(sentence) };
};

const RANKS = ['read', 'write', 'admin'] as const;

const contains = (granted: string, wanted: string): boolean => {
  if (granted === wanted || granted === '*') return true;
  // `repo` of GitHub holds all that is of a repository.
  if (granted === 'repo' && (wanted.startsWith('repo:') || wanted.endsWith(':repo_hook'))) return true;
  const [rank = '', of = ''] = granted.split(':');
  const [wantedRank = '', wantedOf = ''] = wanted.split(':');
  const place = RANKS.findIndex((one) => one === rank);
  const wantedPlace = RANKS.findIndex((one) => one === wantedRank);
  if (of !== '' && of === wantedOf && wantedPlace >= 0 && place >= wantedPlace) return true;
  // Okta, and Zendesk's whole `read` and `write`.
  if (granted.endsWith('.manage') && wanted === granted.replace(/manage$/, 'read')) return true;
  return (granted === 'write' || granted === 'read') && wanted.endsWith(`:${granted}`);
};

const isGranted = (granted: readonly string[], wanted: string): boolean =>
  granted.some((one) => contains(one, wanted));

/** What of the needed is not granted. */
export const lacking = (
  granted: readonly string[],
  needed: readonly string[],
): Readonly<{ always: readonly string[]; sometimes: readonly string[]; told: readonly string[] }> => {
  const read = needed.map((sentence) => ({ sentence, is: scopeIn(sentence) }));
  const missing = read.flatMap(({ is }) => (is === null || isGranted(granted, is.scope) ? [] : [is]));
  return {
    always: missing.filter(({ always }) => always).map(({ scope }) => scope),
    sometimes: missing.filter(({ always }) => !always).map(({ scope }) => scope),
    told: read.filter(({ is }) => is === null).map(({ sentence }) => sentence),
  };
};
