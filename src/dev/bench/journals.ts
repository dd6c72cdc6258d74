import { dirname, join } from 'node:path';
import { systemClock } from '../../io/clock.ts';
import { systemFiles } from '../../io/files.ts';
import { systemRandom } from '../../io/random.ts';
import { openSqlite } from '../../io/sqlite.ts';
import type { Draft } from '../../journal/draft.ts';
import { verifyJournal } from '../../journal/check.ts';
import { epochKeysIn } from '../../journal/epoch-keys.ts';
import { signerFromSeed } from '../../journal/keys.ts';
import { createJournal, openJournal, type Journal } from '../../journal/store.ts';
import { makeRepository } from './git.ts';
import { rounds, timed, type Result } from './rounds.ts';

const keys = { signer: signerFromSeed(Buffer.alloc(32, 7)), kek: Buffer.alloc(32, 9) };
export const world = { clock: systemClock(), random: systemRandom(), keys };
export const makeJournal = (path: string): Journal =>
  createJournal({
    ...world,
    // As in an incident: a second signature for each entry, and a change of keys after so many.
    keys: { ...keys, epochs: epochKeysIn(join(dirname(path), 'epochs'), systemFiles(), world.random) },
    path,
    incident: 'inc-bench',
    drill: false,
    tool: 'firebreak/bench',
    actor: 'ana',
  });

export const open: Draft = {
  kind: 'act.verified',
  actor: 'ana',
  pub: {
    intent: 41,
    step: 'revoke-token',
    target: 'support-channel-token',
    proof: 'proved',
    http: 401,
    at: 1_795_000_000_000,
  },
};
export const sealed: Draft = {
  kind: 'note.added',
  actor: 'ana',
  pub: { at: 1_795_000_000_000, star: false, corrects: null },
  priv: { text: { class: 'staff', value: 'What was seen and said. '.repeat(8) } },
};

const BARE = 'bare insert (WAL, synchronous=FULL)';
const SEALED = 'entry with a sealed field';
const COMMITS = 200;
/** What one turn of the event loop brings shares a commit and a signature. */
const TOGETHER = 10;
const together: readonly Draft[] = Array.from({ length: TOGETHER }, () => sealed);
/** A process each, so fewer are enough. */
const GIT_COMMITS = 5;

/**
 * One durable entry at a time against a bare durable insert of as many bytes, and `git commit` of such a line against an entry, all on
 * the same file system.
 */
export async function commits(folder: string, count: number): Promise<readonly Result[]> {
  const journal = makeJournal(join(folder, 'commits.sqlite'));
  const bare = openSqlite(join(folder, 'bare.sqlite'), { mode: 'create' });
  bare.exec('CREATE TABLE row (n INTEGER PRIMARY KEY, data BLOB)');
  const bytes = bytesOf(journal, sealed);
  const each =
    (work: () => unknown, times = COMMITS) =>
    () =>
      timed(() => {
        for (let i = 0; i < times; i += 1) work();
      }) / times;
  const commit = makeRepository(folder);
  const line = 'x'.repeat(bytes);
  try {
    return await rounds(
      [
        {
          name: BARE,
          goal: null,
          measure: each(() => bare.run('INSERT INTO row (data) VALUES (?)', new Uint8Array(bytes))),
        },
        {
          name: 'entry, public',
          floor: BARE,
          goal: { least: 0.5 },
          measure: each(() => journal.appendNow([open])),
        },
        {
          name: SEALED,
          floor: BARE,
          goal: { least: 0.5 },
          measure: each(() => journal.appendNow([sealed])),
        },
        {
          name: `the same, ${TOGETHER} at once`,
          floor: BARE,
          goal: { least: 1 },
          measure: () => each(() => journal.appendNow(together), COMMITS / TOGETHER)() / TOGETHER,
        },
        ...(commit === null
          ? []
          : [
              {
                name: 'git commit of a line',
                floor: SEALED,
                goal: { times: 40 },
                measure: each(() => commit(line), GIT_COMMITS),
              },
            ]),
      ],
      count,
    );
  } finally {
    journal.close();
    bare.close();
  }
}

/** What an entry brings to the disk: its signed bytes and what it sealed. */
function bytesOf(journal: Journal, draft: Draft): number {
  const [entry] = journal.appendNow([draft]);
  const blobs = entry?.priv.reduce((sum, { len }) => sum + len, 0) ?? 0;
  return Buffer.byteLength(JSON.stringify(entry)) + blobs;
}

/** Opening a journal, reading every entry and verifying all of it, each against reading the bare rows. */
export async function reading(folder: string, size: number, count: number): Promise<readonly Result[]> {
  const path = join(folder, `journal-${size}.sqlite`);
  const journal = makeJournal(path);
  // One at a time, as in an incident: each has a checkpoint of its own, which is most of what verifying costs.
  for (let n = journal.size(); n < size; n += 1) journal.appendNow([n % 3 === 0 ? sealed : open]);
  journal.close();
  const bare = `bare rows of ${size} entries`;
  return await rounds(
    [
      {
        name: bare,
        goal: null,
        measure: () =>
          timed(() => {
            const db = openSqlite(path, { mode: 'read' });
            db.all('SELECT leaf FROM entry ORDER BY n');
            db.close();
          }),
      },
      { name: `open ${size}`, floor: bare, goal: null, measure: () => timed(() => read(path, 0)) },
      {
        name: `open and read ${size}`,
        floor: bare,
        goal: null,
        measure: () => timed(() => read(path, size)),
      },
      {
        name: `verify ${size}`,
        floor: bare,
        goal: null,
        measure: () => timed(() => void verifyJournal(path)),
      },
    ],
    count,
  );
}

function read(path: string, expected: number): void {
  const journal = openJournal({ ...world, path, readOnly: true });
  const count = expected === 0 ? 0 : [...journal.entries()].length;
  journal.close();
  if (count !== expected) throw new Error(`${count} entries were read, ${expected} were written`);
}
