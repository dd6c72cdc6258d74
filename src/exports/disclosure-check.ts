import { fromBase64, fromHex, sameBytes, toHex, utf8 } from '../base/hash.ts';
import type { Json } from '../base/canonical.ts';
import { parseJson } from '../base/json.ts';
import { formatVkey, openNote, parseCheckpoint, type Checkpoint } from '../journal/checkpoint.ts';
import { decodeText, type Entry } from '../journal/entry.ts';
import { checkInclusion, leafHash } from '../journal/merkle.ts';
import { parsePublicPem } from '../journal/pem.ts';
import { parseInclusion } from '../journal/proof.ts';
import { isCommitted } from '../journal/seal.ts';

/** What one disclosed entry comes to. `problems` are sentences; none when it holds. */
export type DisclosureReport = Readonly<{
  problems: readonly string[];
  vkey: string;
  origin: string;
  root: string;
  size: number;
  n: number;
  kind: string;
  /** Fields in clear that are what the entry commits to. */
  fields: readonly string[];
}>;

/** Whether a text is meant to be one; what is in it is judged later. */
export const isDisclosure = (text: string): boolean => {
  const found = parsed(text);
  return typeof found === 'object' && found !== null && 'schema' in found && found['schema'] === SCHEMA;
};

const parsed = (text: string): Json => {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
};

const SCHEMA = 'firebreak.disclosure/v1';

/**
 * Checks one entry that was handed out: signature, place in the tree, and each field in clear. The commands that it brings along
 * are not run, and nothing rests on them.
 * @param pinned the vkey that must have signed the log of this name; null takes the one it brings along
 * @param known signed notes from elsewhere: one over as many entries of this log must be over the same ones
 */
export function checkDisclosure(
  text: string,
  pinned: (origin: string) => string | null,
  known: readonly string[],
): DisclosureReport {
  const found = parsed(text);
  const given = (name: string): unknown =>
    typeof found === 'object' && found !== null && name in found ? Object(found)[name] : undefined;
  const said = (name: string): string => (typeof given(name) === 'string' ? String(given(name)) : '');
  const entry = decodeText(said('entry'));
  if (typeof entry === 'string') return nothing(`the entry ${entry}`);
  const proof = parseInclusion(said('proof'));
  if (proof === null) return nothing('the proof is not one');
  const brought = parsePublicPem(said('public_key'));
  if (brought === null) return nothing('the public key is not an Ed25519 key');
  const vkey = formatVkey(entry.log, brought);
  const signed = openNote(proof.note, [vkey]);
  const checkpoint = signed === null ? null : parseCheckpoint(signed.text);
  if (checkpoint === null || checkpoint.origin !== entry.log)
    return nothing('the checkpoint is not signed with the key that it brings along');
  const problems = [
    ...keyProblem(vkey, pinned(entry.log)),
    ...placeProblems(entry, said('entry'), proof, checkpoint),
    ...known.flatMap((note) => storyProblem(note, vkey, checkpoint)),
  ];
  const fields = fieldsOf(given('fields'));
  const wrong = fields.filter((field) => !holds(entry, field)).map(({ name }) => name);
  return {
    problems: [
      ...problems,
      ...wrong.map((name) => `the disclosed ${name} is not what entry #${entry.n} commits to`),
    ],
    vkey,
    origin: entry.log,
    root: toHex(checkpoint.root),
    size: checkpoint.size,
    n: entry.n,
    kind: entry.kind,
    fields: fields.map(({ name }) => name).filter((name) => !wrong.includes(name)),
  };
}

const nothing = (why: string): DisclosureReport => ({
  problems: [why],
  vkey: '',
  origin: '',
  root: '',
  size: 0,
  n: 0,
  kind: '',
  fields: [],
});

const keyProblem = (vkey: string, wanted: string | null): readonly string[] =>
  wanted === null || wanted === vkey
    ? []
    : [`it is signed with another key than the one to be trusted: ${vkey}`];

function placeProblems(
  entry: Entry,
  text: string,
  { index, proof }: Readonly<{ index: number; proof: readonly Uint8Array[] }>,
  { size, root }: Checkpoint,
): readonly string[] {
  if (index !== entry.n) return [`entry #${entry.n} is proved as #${index}`];
  return checkInclusion(leafHash(utf8(text)), index, size, root, proof)
    ? []
    : [`entry #${entry.n} is not in the tree of the checkpoint`];
}

function storyProblem(note: string, vkey: string, { origin, size, root }: Checkpoint): readonly string[] {
  const other = parseCheckpoint(openNote(note, [vkey])?.text ?? '');
  if (other?.origin !== origin || other.size !== size || sameBytes(other.root, root)) return [];
  return [`a checkpoint from outside over ${size} entries is another: this journal tells two stories`];
}

type Field = Readonly<{ name: string; plaintext: Uint8Array | null; secret: Uint8Array | null }>;

function fieldsOf(value: unknown): readonly Field[] {
  // What is no list of fields must not pass for a disclosure without any.
  if (!Array.isArray(value)) return [{ name: 'list of fields', plaintext: null, secret: null }];
  return value.map((one: unknown): Field => {
    const text = (name: string): string => {
      const found: unknown = typeof one === 'object' && one !== null && name in one ? Object(one)[name] : '';
      return typeof found === 'string' ? found : '';
    };
    return { name: text('name'), plaintext: fromBase64(text('base64')), secret: fromHex(text('secret')) };
  });
}

const holds = (entry: Entry, { name, plaintext, secret }: Field): boolean => {
  const ref = entry.priv.find((one) => one.name === name);
  return (
    ref !== undefined && plaintext !== null && secret !== null && isCommitted({ plaintext, secret }, ref.pc)
  );
};
