import { join } from 'node:path';
import type { Json } from '../base/canonical.ts';
import { sha256Hex } from '../base/hash.ts';
import type { LetterId } from '../model/names.ts';
import type { PackMark } from '../model/plan.ts';
import type { Issue } from '../base/problem.ts';
import { letterSchema } from '../model/letter.ts';
import type { LetterSource } from '../model/letter.ts';
import type { Broken } from './company.ts';
import { lintLetter, lintTemplate } from './lint/letter.ts';
import { fileIssue, frozen, namesIn, readDefinition, readText } from './load.ts';
import type { Loaded, Reader, Source } from './load.ts';

/** A letter with its templates by language (`en`), as text, and the sample facts for its golden text. */
export type LoadedLetter = Loaded<LetterSource> &
  Readonly<{
    id: LetterId;
    templates: Readonly<Record<string, Readonly<{ text: string; sha256: string }>>>;
    sample: Json;
    origin: Source['origin'];
    pack: PackMark | null;
  }>;

export type Letters = Readonly<{
  letters: ReadonlyMap<LetterId, LoadedLetter>;
  /** Broken ones too: a fault in a letter disables the letter, not the runbooks that write it. */
  known: ReadonlySet<LetterId>;
  broken: readonly Broken[];
  warnings: readonly Issue[];
}>;

/** Letters of the program, and the team's own over them. */
export function readLetters(disk: Reader, sources: readonly Source[]): Letters {
  const letters = new Map<LetterId, LoadedLetter>();
  const known = new Set<LetterId>();
  const broken: Broken[] = [];
  const warnings: Issue[] = [];
  for (const source of sources) {
    const { reader = disk, pack = null } = source;
    const { names, issues } = namesIn(reader, source.root, 'templates', 'folder');
    if (issues.length > 0) broken.push({ kind: 'letter', id: 'templates', issues });
    for (const id of names) {
      if (pack !== null && known.has(id)) {
        const words = `pack ${pack.name} has a letter of this name, and there is one already: it is left out`;
        broken.push({ kind: 'letter', id, issues: [fileIssue(`templates/${id}`, words)] });
        continue;
      }
      known.add(id);
      const read = readLetter(reader, source, id);
      if ('letter' in read) {
        letters.set(id, read.letter);
        warnings.push(...read.warnings);
      } else broken.push(read);
    }
  }
  return { letters, known, broken, warnings };
}

function readLetter(
  reader: Reader,
  { root, origin, pack }: Source,
  id: string,
): Readonly<{ letter: LoadedLetter; warnings: readonly Issue[] }> | Broken {
  const folder = `templates/${id}`;
  const read = readDefinition(reader, root, `${folder}/letter.yaml`, letterSchema);
  if (!read.ok) return { kind: 'letter', id, issues: read.issues };
  const texts = read.loaded.value.languages.map(
    (language) => [language, readText(reader, root, `${folder}/${language}.hbs`)] as const,
  );
  const issues = texts.flatMap(([language, text]) =>
    typeof text === 'string' ? lintTemplate(`${folder}/${language}.hbs`, text, read.loaded.value) : [text],
  );
  issues.push(...unsaid(read.loaded.value, `${folder}/letter.yaml`));
  const sample = reader.exists(join(root, folder, 'sample.yaml'))
    ? readDefinition<Json>(reader, root, `${folder}/sample.yaml`, null)
    : null;
  if (sample !== null && !sample.ok) issues.push(...sample.issues);
  if (issues.length > 0) return { kind: 'letter', id, issues };
  const templates = texts.flatMap(([language, text]) =>
    typeof text === 'string' ? [[language, { text, sha256: sha256Hex(text) }] as const] : [],
  );
  return {
    warnings: lintLetter(read.yaml, read.loaded.value),
    letter: frozen({
      ...read.loaded,
      id,
      origin,
      pack: pack ?? null,
      templates: Object.fromEntries(templates),
      sample: sample?.ok === true ? sample.loaded.value : null,
    }),
  };
}

/** Words that a listed language lacks would be found out when the letter is needed. */
const unsaid = ({ subject, elements, recipient, languages }: LetterSource, file: string): readonly Issue[] =>
  [
    { said: subject, of: 'subject', key: 'subject' },
    ...elements.flatMap(({ id, title, article }) => [
      { said: title, of: `title of ${id}`, key: 'title' },
      { said: article, of: `article of ${id}`, key: 'article' },
    ]),
    ...(recipient ?? []).map(({ id, title }) => ({ said: title, of: `title of ${id}`, key: 'title' })),
  ].flatMap(({ said, of, key }) =>
    typeof said === 'string'
      ? []
      : languages
          .filter((language) => !Object.hasOwn(said, language))
          .map((language) => ({
            rule: 'FB-LETTER',
            severity: 'error' as const,
            file,
            line: 1,
            col: 1,
            message: `there is no ${of} in ${language}`,
            hint: `add \`${key}: { ${language}: ... }\`, or take ${language} out of \`languages\``,
          })),
  );
