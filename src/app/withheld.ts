import { fromHex, sha256Hex } from '../base/hash.ts';
import type { Instant } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import {
  compare,
  openingsText,
  parseList,
  parseOpenings,
  placeWords,
  type Opening,
} from '../exports/redacted/list.ts';
import type { Files } from '../io/files.ts';
import type { Recorded } from '../model/event.ts';
import { saltOf, type Place } from '../projections/audience/commitment.ts';
import { pseudonyms } from '../projections/audience/pseudonyms.ts';
import { publicText, type Removal } from '../projections/audience/redaction.ts';
import type { WithheldCheck, WithheldOpened } from './withheld-contract.ts';
import type { IncidentParts } from './parts.ts';

/** Holds a redacted copy against the journal that it was made from, and shows others that what it withholds was not made up. */

const MAX_BYTES = 256 * 1024 * 1024;

type Written = Recorded<'export.written'>;

/** What this file is: a copy that was exported here, or the list beside one. @throws Problem `not-found`, `sealed`, `journal-broken` */
export const checkWithheld = (parts: IncidentParts, path: string): WithheldCheck => {
  const bytes = parts.files.readBytes(path, MAX_BYTES);
  const sha256 = sha256Hex(bytes);
  parts.ledger.refresh();
  const copy = writtenAs(parts, ({ pub }) => pub.sha256 === sha256);
  if (copy !== null) return { is: 'copy', ...about(copy), listed: copy.pub.withheld_sha256 ?? null };
  const { entry, removed } = listed(parts, path, new TextDecoder().decode(bytes), sha256);
  const { same, different } = compare(removed, openingsOf(parts, entry, removed));
  return { is: 'list', ...about(entry), removed: removed.length, same, different: different.map(placeWords) };
};

/** Writes salts and texts of what a list withholds, of these entries or of all, 0600; what is privileged stays closed. */
export const openWithheld = async (
  parts: IncidentParts,
  path: string,
  out: string,
  entries: readonly number[],
): Promise<WithheldOpened> => {
  const text = parts.files.readText(path, MAX_BYTES);
  const sha256 = sha256Hex(text);
  parts.ledger.refresh();
  const { entry, removed } = listed(parts, path, text, sha256);
  const wanted = removed.filter(
    ({ place }) => entries.length === 0 || ('entry' in place && entries.includes(place.entry)),
  );
  const open = wanted.filter(({ reason }) => reason !== 'privileged');
  const made = openingsText(sha256, openingsOf(parts, entry, open));
  if (!parts.files.writeNew(out, made))
    throw new Problem('usage', {
      why: `there is already a ${out}: nothing is overwritten; name another place`,
    });
  await parts.ledger.append([
    {
      kind: 'export.written',
      pub: { format: 'openings', sha256: sha256Hex(made), withheld_sha256: sha256 },
      priv: { path: { class: 'staff', value: out } },
    },
  ]);
  return { opened: open.length, closed: wanted.length - open.length };
};

/** For whoever has no journal: do these openings fit that list? @throws Problem `usage` for any other file */
export const compareWithheld = (
  files: Files,
  listPath: string,
  openingsPath: string,
): Readonly<{ same: number; different: readonly string[] }> => {
  const text = files.readText(listPath, MAX_BYTES);
  const [list, opened] = [parseList(text), parseOpenings(files.readText(openingsPath, MAX_BYTES))];
  if (list === null) throw noList(listPath);
  if (opened === null) throw new Problem('usage', { why: `${openingsPath} holds no openings` });
  if (opened.list !== sha256Hex(text))
    throw new Problem('usage', { why: `${openingsPath} opens another list than ${listPath}` });
  const { same, different, unlisted } = compare(list.removed, opened.openings);
  return { same, different: [...different, ...unlisted].map(placeWords) };
};

const noList = (path: string): Problem =>
  new Problem('usage', {
    why: `${path} is no list of what was withheld`,
    next: 'name the file that ends in .withheld.jsonl, as it was written beside the copy',
  });

const about = ({ n, recorded_at, actor, pub }: Written) => ({
  entry: n,
  at: recorded_at as Instant,
  by: actor,
  format: pub.format,
  audience: pub.audience ?? null,
});

const writtenAs = ({ ledger }: IncidentParts, is: (entry: Written) => boolean): Written | null =>
  ledger.sought('export.written').find(is) ?? null;

const listed = (
  parts: IncidentParts,
  path: string,
  text: string,
  sha256: string,
): Readonly<{ entry: Written; removed: readonly Removal[] }> => {
  // Its openings name the list too, and were not written with it.
  const entry = writtenAs(parts, ({ pub }) => pub.withheld_sha256 === sha256 && pub.format !== 'openings');
  const list = parseList(text);
  if (entry === null && list === null)
    throw new Problem('not-found', { what: 'export with the hash of', id: path });
  if (list === null) throw noList(path);
  if (entry === null)
    throw new Problem('not-found', { what: 'export of this incident with the list', id: path });
  return { entry, removed: list.removed };
};

/** As the journal has them: the salt by the secret of that export, the text as it was sealed. */
const openingsOf = (
  parts: IncidentParts,
  entry: Written,
  removed: readonly Removal[],
): readonly Opening[] => {
  const secret = fromHex(parts.ledger.reveal({ n: entry.n, name: 'secret' }) ?? '');
  if (secret === null || secret.length === 0)
    throw new Problem('sealed', { what: 'the secret of that export' });
  const text = textsAt(parts, entry.pub.size ?? entry.n);
  return removed.map(({ place }) => ({ place, salt: saltOf(secret, place), text: text(place) ?? '' }));
};

/** What stood at a place, with people as they were known when the first `size` entries were all. */
const textsAt = ({ ledger, frozen }: IncidentParts, size: number): ((place: Place) => string | null) => {
  const then = (): readonly Recorded[] => [...ledger.entries()].filter(({ n }) => n < size);
  let names: ReadonlyMap<string, string> | null = null;
  const people = (): ReadonlyMap<string, string> =>
    (names ??= new Map(
      [...pseudonyms(then(), ledger.shown, frozen.contacts.contacts).people].map(([handle, as]) => [
        as,
        handle,
      ]),
    ));
  return (place) => {
    if ('name' in place) return people().get(place.name) ?? null;
    const entry = place.entry < size ? ledger.entry(place.entry) : null;
    if (entry === null) return null;
    return place.field === 'entry' ? publicText(entry) : ledger.shown({ n: place.entry, name: place.field });
  };
};
