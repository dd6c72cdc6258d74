import { encodeDisclosure } from '../exports/disclosure.ts';
import { sha256Hex } from '../base/hash.ts';
import { Problem } from '../base/problem.ts';
import { openCopy } from '../journal/copy.ts';
import { decodeEntry } from '../journal/entry.ts';
import { isPrivileged } from '../projections/privileged.ts';
import type { IncidentParts } from './parts.ts';

/** Writes one entry with its proof, and the named private fields in clear, 0600, and records that it was handed out. */
export const writeDisclosure = async (
  parts: IncidentParts,
  n: number,
  names: readonly string[],
  out: string,
): Promise<void> => {
  const { journal, files, ledger } = parts;
  const asked = ledger.entry(n);
  if (names.length > 0 && asked !== null && isPrivileged(asked))
    throw new Problem('usage', {
      why: `entry ${n} is marked privileged, and leaves only for people who are named`,
      next: "firebreak export --audience counsel --recipients 'A, B' --format jsonl",
    });
  if (n >= journal.size()) throw new Problem('not-found', { what: 'entry', id: String(n) });
  const copy = openCopy(journal.path);
  let text: string;
  try {
    const leaf = copy.leaf(n);
    const entry = decodeEntry(leaf);
    if (typeof entry === 'string')
      throw new Problem('journal-broken', { path: journal.path, why: `entry #${n} ${entry}` });
    const fields = names.map((name) => {
      const known = entry.priv.map((ref) => ref.name);
      if (!known.includes(name))
        throw new Problem('not-found', { what: 'private field', id: name, near: known.join(', ') });
      const found = journal.disclose({ n, name });
      if (found === null) throw new Problem('sealed', { what: `${name} of entry #${n}` });
      return { name, ...found };
    });
    // By whoever wrote it: an entry from before another machine went on is proved in what was signed there.
    const { size, note, publicKey } = copy.before.find((one) => n < one.size) ?? copy;
    text = encodeDisclosure({ leaf, n, size, note, node: copy.node, publicKey, fields });
  } finally {
    copy.close();
  }
  if (!files.writeNew(out, text))
    throw new Problem('usage', {
      why: `there is already a ${out}: nothing is overwritten; name another place`,
    });
  await ledger.append([
    {
      kind: 'export.written',
      pub: { format: 'disclosure', sha256: sha256Hex(text) },
      priv: { path: { class: 'staff', value: out } },
    },
  ]);
};
