import { basename } from 'node:path';
import { sha256Hex, toHex } from '../base/hash.ts';
import { maskSecrets } from '../base/mask.ts';
import { isProblem, Problem } from '../base/problem.ts';
import { BUNDLE } from '../exports/bundle/names.ts';
import { exportFileName } from '../exports/export.ts';
import type { ExportForm, ExportFormat, ExportInput } from '../exports/export.ts';
import { exportFormats, isExportId } from '../exports/index.ts';
import type { Files } from '../io/files.ts';
import { StorageError } from '../io/storage.ts';
import type { Events, Fresh } from '../model/event.ts';
import { audiences } from '../projections/audience/audience.ts';
import { isNarrow } from '../projections/choice.ts';
import { exportInput, inZone, wantedOf } from './export-input.ts';
import { placesOf, type Places } from './export-places.ts';
import type { ExportAsked } from './withheld-contract.ts';
import { PRIVILEGED_WORD } from './privileged-word.ts';
import type { IncidentParts } from './parts.ts';
import { refuseSince, sinceLast } from './since-last.ts';
import { listFor, readingOf, redacting, withList, type Redacting } from './redacting.ts';

/** Writes one export, 0600, and says so in the journal: who was given what is part of the story. */

/**
 * @throws Problem `not-found` for a format, `usage` for a place, a choice or a format that is not for this audience, `not-installed` where no
 * form can be made without it, `sealed` where something is to be withheld and the key is not here
 */
export const writeExport = async (
  given: IncidentParts,
  id: string,
  out: string | null,
  asked: ExportAsked = {},
): Promise<readonly string[]> => {
  if (id === BUNDLE.id) {
    refuseAudience(BUNDLE.id, asked);
    if (asked.since !== undefined) refuseSince(BUNDLE.id);
    refuseChoice(BUNDLE, asked);
    if (asked.force === true)
      throw new Problem('usage', {
        why: 'a bundle is evidence and is never written over: leave out --force and name another place',
      });
    return await (await import('./bundling.ts')).writeBundle(given, out);
  }
  if (!isExportId(id))
    throw new Problem('not-found', {
      what: 'export format',
      id,
      near: [...Object.keys(exportFormats), BUNDLE.id].join(', '),
    });
  const format = await exportFormats[id].load();
  refuseAudience(id, asked);
  if (asked.since !== undefined) refuseSince(id);
  if (format.of === 'incident') refuseChoice(format, asked);
  const places = placesOf(given, format, out, asked);
  given.ledger.refresh();
  const parts = inZone(given, asked.zone);
  const redacted = redacting(parts, asked.audience ?? null, recipientsOf(asked));
  const reading = readingOf(parts, redacted);
  const whole = exportInput(parts, reading, wantedOf(format.of, asked));
  const input =
    asked.since === undefined ? whole : sinceLast(parts, reading, format, asked.audience ?? null, whole);
  if (redacted === null) return await writeForms(parts, format, places, input, asked, null);
  return await writeWithList(parts, format, places, input, asked, redacted);
};

/** What is marked privileged leaves only with the word typed and everybody named who gets it. @throws Problem `needs-confirmation` */
const recipientsOf = ({ audience, privileged }: ExportAsked): string | null => {
  if (privileged === undefined && (audience === undefined || !audiences[audience].privileged)) return null;
  const names = maskSecrets(privileged?.recipients.trim() ?? '').text;
  if (names !== '' && privileged?.typed === PRIVILEGED_WORD) return names;
  throw new Problem('needs-confirmation', {
    what: 'exporting what is marked privileged',
    flags: `--recipients 'NAME, NAME' --confirm=${PRIVILEGED_WORD}`,
  });
};

/** What was withheld is listed beside the copies, and each of them names that list by its hash. */
const writeWithList = async (
  parts: IncidentParts,
  format: ExportFormat,
  places: Places,
  input: ExportInput,
  asked: ExportAsked,
  redacted: Redacting,
): Promise<readonly string[]> => {
  const { row } = redacted.redaction;
  const { text, withheld, empty } = listFor(redacted, format, input);
  if (empty) {
    const whole = { ...input, redaction: { row, withheld } };
    return await writeForms(parts, format, places, whole, asked, { of: redacted, sha256: null });
  }
  const path = places.beside(
    exportFileName(
      { id: format.id, extension: 'withheld.jsonl' },
      { ...input, redaction: { row, withheld } },
    ),
  );
  const given = {
    ...input,
    redaction: { row, withheld: withList(withheld, basename(path), text) },
  };
  parts.files.writeAtomic(path, text);
  try {
    const list = { of: redacted, sha256: sha256Hex(text) };
    return [...(await writeForms(parts, format, places, given, asked, list)), path];
  } catch (error) {
    // A list without its copy would be taken for one.
    parts.files.remove(path);
    throw error;
  }
};

/** For whom it was made; `sha256` of the list of what was withheld, null where nothing was. */
type List = Readonly<{ of: Redacting; sha256: string | null }>;

const writeForms = async (
  parts: IncidentParts,
  format: ExportFormat,
  { forms }: Places,
  input: ExportInput,
  asked: ExportAsked,
  list: List | null,
): Promise<readonly string[]> => {
  const paths: string[] = [];
  for (const [at, { form, place }] of forms.entries()) {
    try {
      const path = place(exportFileName({ id: format.id, extension: form.extension }, input));
      await writeForm(parts, format, form, input, path, list);
      paths.push(path);
    } catch (error) {
      const last = at === forms.length - 1 && paths.length === 0;
      if (asked.without === undefined || last || !isProblem(error) || error.code !== 'not-installed')
        throw error;
      asked.without(form.extension, error);
    }
  }
  return paths;
};

const refuseAudience = (id: string, { audience }: ExportAsked): void => {
  if (audience === undefined) return;
  const { title, formats } = audiences[audience];
  if (formats.includes(id)) return;
  throw new Problem('usage', {
    why: `${id} is not made for ${title}: it could not leave out what they do not get`,
    next: `name one of ${formats.join(', ')}, or leave out --audience for the full copy`,
  });
};

const refuseChoice = ({ id }: Readonly<{ id: string }>, { choice }: ExportAsked): void => {
  if (choice === undefined || !isNarrow(choice)) return;
  throw new Problem('usage', {
    why: `${id} is not made of rows of the timeline, so there is nothing to choose: leave out --star, --from, --to and --filter`,
    next: `firebreak export --format ${id}`,
  });
};

const writeForm = async (
  parts: IncidentParts,
  { id, forms }: ExportFormat,
  form: ExportForm,
  input: ExportInput,
  path: string,
  list: List | null,
): Promise<void> => {
  const { files, typesetter, ledger } = parts;
  const { sha256 } =
    form.is === 'text'
      ? files.writePieces(path, form.pieces(input))
      : writeBytes(files, path, await form.bytes(input, { typesetter }));
  const event: Fresh<'export.written'> = {
    kind: 'export.written',
    pub: {
      format: forms.length === 1 ? id : `${id}.${form.extension}`,
      sha256,
      size: input.state.size,
      ...publicAbout(list),
    },
  };
  const staff = (value: string) => ({ class: 'staff', value }) as const;
  const { recipients = null, secret = null } = list?.of ?? {};
  const about = {
    ...(secret === null || list?.sha256 == null ? {} : { secret: staff(toHex(secret)) }),
    ...(recipients === null ? {} : { recipients: staff(recipients) }),
  };
  try {
    await ledger.append([{ ...event, priv: { path: staff(path), ...about } }]);
  } catch (error) {
    // Without its key an incident takes no private field; that it was given away, and as what, is public.
    if (!(error instanceof StorageError && WITHOUT_KEY.has(error.code))) throw error;
    await ledger.append([event]);
  }
};

const publicAbout = (list: List | null): Partial<Events['export.written']> =>
  list === null
    ? {}
    : {
        ...(list.sha256 === null ? {} : { withheld_sha256: list.sha256 }),
        ...(list.of.audience === null ? {} : { audience: list.of.audience }),
        ...(list.of.recipients === null ? {} : { privileged: true }),
      };

const WITHOUT_KEY: ReadonlySet<StorageError['code']> = new Set(['sealed', 'wrong-key']);

const writeBytes = (files: Files, path: string, bytes: Uint8Array): Readonly<{ sha256: string }> => {
  files.writeAtomic(path, bytes);
  return { sha256: sha256Hex(bytes) };
};
