import { join } from 'node:path';
import { sha256Hex } from '../base/hash.ts';
import { parseJson } from '../base/json.ts';
import { Problem } from '../base/problem.ts';
import { parseVkey } from '../journal/checkpoint.ts';
import { cosign, cosignerVkey, judge, parseRequest } from '../journal/cosign.ts';
import { loadSigner } from '../journal/keys.ts';
import { limits } from '../model/limits.ts';
import type { Base } from './base.ts';
import { paths } from './base.ts';
import type { Witness } from './contract.ts';

/**
 * A second responder's side: remembers the last checkpoint of each log it vouched for, and vouches for the next only when that
 * one grew from it. What it remembers is why two stories cannot both be cosigned.
 */
type Seen = Readonly<{ vkey: string; note: string | null }>;

export const witnessOf = (base: Base): Witness => ({
  key: () => cosignerVkey(loadSigner(paths(base.home).keys, base.files, base.random)),
  cosign: (text, logKey) => {
    const request = parseRequest(text);
    if (request === null)
      throw new Problem('usage', {
        why: 'this is no signed checkpoint',
        next: 'the other responder makes one with: firebreak journal checkpoint',
      });
    const origin = request.note.slice(0, request.note.indexOf('\n'));
    const seen = seenOf(base, origin, logKey);
    const judged = judge(request, seen.vkey, seen.note);
    if (judged.is !== 'grew') throw refusal(judged, origin);
    const signer = loadSigner(paths(base.home).keys, base.files, base.random);
    const line = cosign(request.note, signer, Math.floor(base.clock.now() / 1000));
    // Remembered before it is given away: a crash in between costs a signature, never the memory of one.
    base.files.privateDir(folderOf(base));
    base.files.writeAtomic(pathOf(base, origin), JSON.stringify({ vkey: seen.vkey, note: request.note }));
    return { line, origin, size: Number(request.note.split('\n')[1]) };
  },
});

const folderOf = (base: Base): string => join(base.home, 'witness');
const pathOf = (base: Base, origin: string): string =>
  join(folderOf(base), `${sha256Hex(origin).slice(0, 32)}.json`);

/** The key of a log is taken from a person once, and then never changes. */
const seenOf = (base: Base, origin: string, logKey: string | null): Seen => {
  const before = readSeen(base, origin);
  if (logKey !== null && parseVkey(logKey)?.name !== origin)
    throw new Problem('usage', { why: `--log-key is not a key of ${origin}` });
  if (before === null && logKey === null)
    throw new Problem('usage', {
      why: `nothing is known here of the log ${origin}`,
      next: 'ask the other responder, by voice, for the key that `firebreak journal checkpoint` names: --log-key KEY',
    });
  if (before !== null && logKey !== null && before.vkey !== logKey)
    throw new Problem('journal-broken', {
      path: origin,
      why: 'it comes with another key than the one known here',
    });
  return before ?? { vkey: logKey ?? '', note: null };
};

const readSeen = (base: Base, origin: string): Seen | null => {
  const path = pathOf(base, origin);
  if (!base.files.exists(path)) return null;
  const found = parseJson(base.files.readPrivate(path, limits.marksBytesMax));
  if (found === null || typeof found !== 'object' || !('vkey' in found) || typeof found['vkey'] !== 'string')
    throw new Problem('journal-broken', { path, why: 'it does not hold what was seen before' });
  return { vkey: found['vkey'], note: typeof found['note'] === 'string' ? found['note'] : null };
};

const refusal = (judged: Exclude<ReturnType<typeof judge>, { is: 'grew' }>, origin: string): Problem => {
  switch (judged.is) {
    case 'needs-proof':
      return new Problem('usage', {
        why: `the proof must start from the ${judged.seen} entries that were seen here`,
        next: `the other responder makes it with: firebreak journal checkpoint --since ${judged.seen}`,
      });
    case 'not-signed':
      return new Problem('journal-broken', {
        path: origin,
        why: 'the checkpoint is not signed with the key of its log',
      });
    case 'shrank':
      return new Problem('journal-broken', {
        path: origin,
        why: `${judged.seen} entries were seen here, and now there are fewer`,
      });
    case 'other-story':
      return new Problem('journal-broken', {
        path: origin,
        why: `it tells another story than the one over ${judged.seen} entries that was seen here`,
      });
  }
};
