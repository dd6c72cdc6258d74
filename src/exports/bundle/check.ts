import { sameBytes, sha256Hex, utf8 } from '../../base/hash.ts';
import type { ArchiveReader } from '../../io/archive.ts';
import { StorageError } from '../../io/storage.ts';
import { openNote, parseCheckpoint } from '../../journal/checkpoint.ts';
import { treeRoot } from '../../journal/merkle.ts';
import { logFiles, otherFiles, type BundleFile, type BundleSource } from './contents.ts';
import { openManifest } from './manifest.ts';
import { CHECKPOINT, DATABASE, isEntryName, isUnderRoot, MANIFEST } from './names.ts';

/** The largest single file that is read: a tile of the longest entries. */
const MAX_FILE = 64 * 1024 * 1024;
/** After so many the rest says nothing new. */
const MOST = 200;

/**
 * Holds every file of a bundle against the journal in it, which was verified before: what follows from the journal must be there
 * byte for byte, the rest as the signed manifest lists it, and nothing beside.
 * @param databaseHash SHA-256 of `journal.sqlite` as it lies in the bundle
 * @returns sentences; none when it is whole
 */
export function checkBundle(
  source: BundleSource,
  reader: ArchiveReader,
  databaseHash: string,
): readonly string[] {
  const problems: string[] = [];
  const add = (says: string): void => {
    if (problems.length < MOST) problems.push(says);
  };
  // All but the entries, of which there may be millions: a name says whether it is one.
  const known = new Set<string>([MANIFEST, DATABASE]);
  const compare = ({ name, bytes }: BundleFile): void => {
    if (!isEntryName(name, source.size)) known.add(name);
    const found = read(reader, name);
    if (found === null) add(`${name} is missing${numbered(name)}`);
    else if (!sameBytes(found, typeof bytes === 'string' ? utf8(bytes) : bytes))
      add(`${name} is not what the journal makes it${numbered(name)}`);
  };

  checkCheckpoint(source, reader, add);
  for (const file of logFiles(source)) compare(file);
  for (const file of otherFiles(source)) compare(file);
  for (const says of checkListed(source, reader, databaseHash, known)) add(says);
  for (const name of reader.names())
    if (!known.has(name) && !isEntryName(name, source.size)) add(`${name} does not belong to this bundle`);
  return problems;
}

function checkCheckpoint(
  { note, vkey, origin, size, node }: BundleSource,
  reader: ArchiveReader,
  add: (says: string) => void,
): void {
  const bytes = read(reader, CHECKPOINT);
  const text = bytes === null ? '' : new TextDecoder().decode(bytes);
  const opened = openNote(text, [vkey]);
  const checkpoint = opened === null ? null : parseCheckpoint(opened.text);
  if (checkpoint === null || checkpoint.origin !== origin)
    add('the checkpoint is not signed with the key of this journal');
  else if (checkpoint.size !== size)
    add(
      `the checkpoint counts ${checkpoint.size} entries, there are ${size}: entry #${Math.min(size, checkpoint.size)}`,
    );
  else if (!sameBytes(checkpoint.root, treeRoot(size, node)))
    add(`the checkpoint over ${size} entries does not fit them`);
  else if (text !== note) add('the checkpoint is not the newest one of the journal');
}

/** What the manifest lists beside what follows from the journal; its hash is all that can be said of it. */
function* checkListed(
  source: BundleSource,
  reader: ArchiveReader,
  databaseHash: string,
  known: Set<string>,
): Iterable<string> {
  const manifest = read(reader, MANIFEST);
  if (manifest === null) {
    yield `${MANIFEST} is missing`;
    return;
  }
  const listed = openManifest(new TextDecoder().decode(manifest), source);
  if (typeof listed === 'string') {
    yield `${MANIFEST} ${listed}`;
    return;
  }
  for (const name of known) {
    if (name !== MANIFEST && !isUnderRoot(name) && listed[name] === undefined)
      yield `${MANIFEST} does not list ${name}`;
  }
  for (const [name, hash] of Object.entries(listed)) {
    known.add(name);
    const bytes = name === DATABASE ? null : read(reader, name);
    const found = name === DATABASE ? databaseHash : bytes === null ? null : sha256Hex(bytes);
    if (found === null) yield `${name} is missing`;
    else if (found !== hash) yield `${name} is not what the manifest lists`;
  }
}

/** Equal to nothing that belongs into a bundle. */
const UNREADABLE = Uint8Array.of(0xff);

function read(reader: ArchiveReader, name: string): Uint8Array | null {
  try {
    return reader.read(name, MAX_FILE);
  } catch (error) {
    if (error instanceof StorageError && (error.code === 'corrupt' || error.code === 'too-large'))
      return UNREADABLE;
    throw error;
  }
}

/** Says which entry a file is about, where it is about one. */
function numbered(name: string): string {
  const found = /^(?:entries|proofs)\/0*([0-9]+)\.(?:json|tlog-proof)$/.exec(name);
  return found === null ? '' : `: entry #${found[1] ?? ''}`;
}
