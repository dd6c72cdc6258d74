import { join } from 'node:path';
import type { ZodType } from 'zod';
import type { Json } from '../base/canonical.ts';
import { sha256Hex } from '../base/hash.ts';
import type { Issue } from '../base/problem.ts';
import { visible } from '../base/text.ts';
import type { Files } from '../io/files.ts';
import { StorageError } from '../io/storage.ts';
import { limits } from '../model/limits.ts';
import { ID } from '../model/names.ts';
import type { PackMark } from '../model/plan.ts';
import type { BuiltBy } from './built.ts';
import { remembered } from './remembered.ts';
import type { Remembered } from './remembered.ts';
import { withSource } from './source.ts';
import { validate } from './validate.ts';
import { parseYaml, readBefore } from './yaml.ts';
import type { YamlFile } from './yaml.ts';

/** A definition as it was read: the text is what an incident freezes, the hash is what it is known by. */
export type Loaded<T> = Readonly<{
  /** As shown to a person: relative to the workspace or to the program's own folder. */
  file: string;
  text: string;
  /** Of the UTF-8 text, 64 hex digits. */
  sha256: string;
  value: T;
}>;

export type Reader = Pick<Files, 'readText' | 'list' | 'exists'> & BuiltBy;

/** Where definitions come from: the program's own, those of packs beside them, the team's over both. */
export type Source = Readonly<{
  root: string;
  origin: 'built-in' | 'workspace' | 'pack';
  /** Where it is not the files of the disk. */
  reader?: Reader;
  pack?: PackMark;
}>;

/** As it is listed: what nobody known here has signed says so wherever its name is shown. */
export const markedTitle = (title: string, pack: PackMark | null): string =>
  pack !== null && pack.signer === null ? `UNSIGNED: ${title}` : title;

export type Read<T> =
  | Readonly<{ ok: true; loaded: Loaded<T>; yaml: YamlFile }>
  | Readonly<{ ok: false; issues: readonly Issue[]; text: string }>;

/** Reads and checks one YAML file; whatever is wrong with it becomes issues and nothing is thrown. */
export function readDefinition<T>(
  reader: Reader,
  root: string,
  file: string,
  schema: ZodType<T> | null,
): Read<T> {
  const text = readText(reader, root, file);
  if (typeof text !== 'string') return { ok: false, issues: [text], text: '' };
  return checkedBy(schema).of(`${file}\n${text}`, () => check(reader, file, text, schema)) as Read<T>;
}

/** By schema: the same text means something else in another file. */
const checked = new WeakMap<object, Remembered<Read<unknown>>>();
const ANY = {};
const checkedBy = (schema: ZodType | null): Remembered<Read<unknown>> => {
  const found = checked.get(schema ?? ANY) ?? remembered<Read<unknown>>(limits.definitionsRememberedMax);
  checked.set(schema ?? ANY, found);
  return found;
};

function check<T>(reader: BuiltBy, file: string, text: string, schema: ZodType<T> | null): Read<T> {
  const sha256 = sha256Hex(text);
  const built = reader.built?.(sha256);
  const parsed =
    built === undefined ? parseYaml(file, text) : { ok: true as const, yaml: readBefore(file, text, built) };
  if (!parsed.ok) return { ok: false, issues: withSource(parsed.issues, text), text };
  const { yaml } = parsed;
  frozen(yaml.value);
  const valid = schema === null ? { ok: true as const, value: yaml.value as T } : validate(schema, yaml);
  if (!valid.ok) return { ok: false, issues: withSource(valid.issues, text), text };
  return { ok: true, yaml, loaded: frozen({ file, text, sha256, value: valid.value }) };
}

/** Text of a definition, or the issue that says why there is none. */
export function readText(reader: Reader, root: string, file: string): string | Issue {
  try {
    return reader.readText(join(root, file), limits.yamlBytesMax);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    const why: Readonly<Record<string, string>> = {
      missing: 'the file is missing',
      'too-large': `larger than ${limits.yamlBytesMax / 1024} KiB`,
      corrupt: 'not UTF-8 text',
    };
    return fileIssue(file, why[error.code] ?? `cannot be read (${error.code})`);
  }
}

export const fileIssue = (file: string, message: string, severity: Issue['severity'] = 'error'): Issue => ({
  rule: 'FB001',
  severity,
  file,
  line: 1,
  col: 1,
  message,
});

/** Names of the folders (or of the `.yaml` files) in a folder; a name that is no id is told as an issue, shown harmlessly. */
export function namesIn(
  reader: Reader,
  root: string,
  folder: string,
  kind: 'folder' | 'yaml',
): Readonly<{ names: readonly string[]; issues: readonly Issue[] }> {
  const entries = reader
    .list(join(root, folder))
    // Our own folders and what editors leave behind begin with a sign.
    .filter(
      (entry) =>
        !/^[._~]/.test(entry.name) &&
        (kind === 'folder' ? entry.kind === 'folder' : entry.name.endsWith('.yaml')),
    );
  const named = entries.map((entry) =>
    kind === 'folder' ? entry.name : entry.name.slice(0, -'.yaml'.length),
  );
  const wrong = named.filter((name) => !ID.test(name));
  return {
    names: named.filter((name) => ID.test(name)),
    issues: wrong.map((name) =>
      fileIssue(visible(`${folder}/${name}`), 'a name is lower-case words joined by hyphens'),
    ),
  };
}

/** Frozen all the way down: definitions are shared by everything and changed by nothing. */
export function frozen<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) frozen(item as Json);
  }
  return value;
}
