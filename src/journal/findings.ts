/** What kind of thing does not fit. */
export type FindingKind =
  | 'database' // SQLite cannot read the file, or finds it damaged
  | 'changed' // an entry's bytes are not what was hashed
  | 'form' // an entry is not canonical JSON of the right fields
  | 'sequence' // an entry is missing or out of place
  | 'chain' // an entry does not name the one before it
  | 'foreign' // a row of another log
  | 'opening' // entry #0 does not open the log
  | 'key' // not the key that was to be trusted
  | 'origin' // it goes on under another key that it was not handed over to
  | 'tree' // a stored node does not fit
  | 'signature' // a checkpoint is not signed with the journal's key
  | 'epoch' // a key of an epoch did not sign what it must have, or signed what it cannot
  | 'root' // a checkpoint does not fit the entries
  | 'unsigned' // entries after the last checkpoint
  | 'shortened' // a checkpoint counts more entries than there are
  | 'rewritten' // a checkpoint from outside proves another history
  | 'known' // a checkpoint from outside is malformed or by another key
  | 'item' // a row of a batch was changed, or is not what the batch's entries sign
  | 'approval' // an approval that does not hold, or what rests on one
  | 'anchor' // a receipt from elsewhere that an entry names is missing, changed or proves nothing
  | 'clock' // an entry says that the clock was set, and it was not
  | 'seal' // checkpoints were taken out
  | 'sealed'; // a sealed field, or its key, is missing or changed

/** One thing that does not fit, in plain words. `entry` is the number of the first entry it concerns. */
export type Finding = Readonly<{ kind: FindingKind; entry: number | null; says: string }>;

export interface Findings {
  add(kind: FindingKind, entry: number | null, says: string): void;
  report(): Readonly<{ ok: boolean; findings: readonly Finding[] }>;
}

// One changed entry makes every later node and checkpoint wrong, which says nothing new: the first and the count do.
const FIRST_ONLY: ReadonlySet<FindingKind> = new Set([
  'tree',
  'signature',
  'epoch',
  'root',
  'rewritten',
  'shortened',
  'seal',
]);
const MOST = 1000;

export function makeFindings(): Findings {
  const list: Finding[] = [];
  const counts = new Map<FindingKind, number>();
  return {
    add(kind, entry, says) {
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      if (count <= (FIRST_ONLY.has(kind) ? 1 : MOST)) list.push({ kind, entry, says });
    },
    report() {
      const findings = list.map((finding) => {
        const more = (counts.get(finding.kind) ?? 1) - (FIRST_ONLY.has(finding.kind) ? 1 : MOST);
        return more > 0 && list.findLast(({ kind }) => kind === finding.kind) === finding
          ? { ...finding, says: `${finding.says} (and ${more} more)` }
          : finding;
      });
      return { ok: findings.length === 0, findings };
    },
  };
}
