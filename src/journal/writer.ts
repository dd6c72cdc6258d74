import { nextTurn } from '../io/clock.ts';
import { StorageError } from '../io/storage.ts';
import { checkDraft } from './append.ts';
import type { Draft, RowsDraft } from './draft.ts';
import type { Ballast } from './ballast.ts';
import type { Entry } from './entry.ts';

type Any = Draft | RowsDraft;
/** One answer a draft: null for what is no entry. */
type Commit = (drafts: readonly Any[]) => readonly (Entry | null)[];
type Waiting = Readonly<{
  drafts: readonly Any[];
  resolve: (entries: readonly (Entry | null)[]) => void;
  reject: (error: unknown) => void;
}>;

export interface Writer {
  readonly append: (drafts: readonly Draft[]) => Promise<readonly Entry[]>;
  readonly appendRows: (rows: RowsDraft) => Promise<void>;
  readonly appendNow: (drafts: readonly Draft[]) => readonly Entry[];
  /** Writes what is queued. */
  flush(): void;
}

/** Group commit: what is appended in one turn of the event loop costs one sync of the disk. */
export function makeWriter(path: string, commit: Commit, ballast: Ballast | undefined): Writer {
  const store = ballast === undefined ? commit : withBallast(path, commit, ballast);
  let queue: Waiting[] = [];

  const flush = (): void => {
    const batch = queue;
    queue = [];
    if (batch.length > 0) settle(batch, store);
  };

  const enqueue = async (drafts: readonly Any[]): Promise<readonly (Entry | null)[]> => {
    for (const draft of drafts) checkDraft(draft, path);
    return await new Promise((resolve, reject) => {
      queue.push({ drafts, resolve, reject });
      if (queue.length === 1) void nextTurn().then(flush);
    });
  };

  return {
    append: async (drafts) => onlyEntries(await enqueue(drafts)),
    appendRows: async (rows) => void (await enqueue([rows])),
    appendNow(drafts) {
      for (const draft of drafts) checkDraft(draft, path);
      flush();
      return drafts.length === 0 ? [] : onlyEntries(store(drafts));
    },
    flush,
  };
}

const onlyEntries = (answers: readonly (Entry | null)[]): readonly Entry[] =>
  answers.filter((entry) => entry !== null);

function settle(batch: readonly Waiting[], store: Commit): void {
  try {
    const entries = store(batch.flatMap(({ drafts }) => drafts));
    let from = 0;
    for (const { drafts, resolve } of batch) {
      resolve(entries.slice(from, from + drafts.length));
      from += drafts.length;
    }
  } catch (error) {
    // One caller's draft must not fail its neighbours; alone, each gets its own answer. Where the disk is in doubt
    // nobody tries again.
    const alone = batch.length > 1 && (!(error instanceof StorageError) || ALONE.has(error.code));
    if (alone && !(error instanceof StorageError && error.landed === true)) {
      for (const one of batch) settle([one], store);
    } else {
      for (const { reject } of batch) reject(error);
    }
  }
}

const isIntent = (draft: Any): boolean =>
  'rows' in draft ? draft.rows.some(({ kind }) => kind === 'intent') : draft.kind.endsWith('.intent');

const ALONE: ReadonlySet<string> = new Set(['full', 'sealed', 'wrong-key']);

/**
 * On a full disk the ballast goes, `disk.full` is recorded, and the outcomes of what is in flight still have room; an
 * intent is refused, because an effect whose end could not be recorded must not begin.
 */
function withBallast(path: string, commit: Commit, ballast: Ballast): Commit {
  let full = !ballast.ensure();

  return (drafts) => {
    const intent = drafts.some(isIntent);
    if (full && intent) {
      full = !ballast.ensure();
      if (full)
        throw new StorageError('full', path, 'the disk is full: no new effect is begun', { landed: false });
    }
    try {
      return commit(drafts);
    } catch (error) {
      const room = error instanceof StorageError && error.code === 'full' && error.landed !== true && !full;
      if (!room) throw error;
      full = true;
      ballast.drop();
      commit([{ kind: 'disk.full', actor: 'firebreak', pub: {} }]);
      if (intent) throw error;
      return commit(drafts);
    }
  };
}
