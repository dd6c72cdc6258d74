import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connector } from '../connectors/connector.ts';
import type { ExportFormat } from '../exports/export.ts';
import type { Binding } from '../tui/binding.ts';
import { connectorTable } from './connector-table.ts';
import { holidayTable } from './holidays.ts';
import { takeArguments } from './arguments.ts';

/**
 * Writes what is derived from the tree, so that an id is written once, as the name of its file or folder:
 * the registries of connectors, regulations and exports, the holidays, the page of what each connector can do, the editor's JSON Schema, and
 * the page of keys in the help.
 * `--check` writes nothing and fails when a file is stale; a test runs it.
 */

const root = join(import.meta.dirname, '../..');
const head = '// Written by `npm run gen`; change the files it lists instead.\n';
const camel = (id: string): string =>
  id.replace(/-([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
const key = (id: string): string => (id.includes('-') ? `'${id}'` : id);

const files = (folder: string, not: readonly string[]): readonly string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.ts') && !not.includes(name))
    .map((name) => name.slice(0, -3))
    .toSorted();

const connectorIds = (): readonly string[] =>
  readdirSync(join(root, 'src/connectors'), { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && existsSync(join(root, 'src/connectors', entry.name, 'index.ts')),
    )
    .map((entry) => entry.name)
    .toSorted();

const loaded = async (): Promise<readonly Readonly<{ id: string; connector: Connector }>[]> =>
  await Promise.all(
    connectorIds().map(async (id) => {
      const { connector } = (await import(`../connectors/${id}/index.ts`)) as { connector: Connector };
      return { id, connector };
    }),
  );

const connectors = async (): Promise<string> => {
  const rows = (await loaded()).map(({ id, connector: { title } }) => {
    if (title.includes("'")) throw new Error(`the title of ${id} holds a quote`);
    return `  ${key(id)}: { title: '${title}', load: async () => (await import('./${id}/index.ts')).connector },`;
  });
  return `${head}import type { ConnectorEntry } from './connector.ts';\n\nexport const connectors = {\n${rows.join('\n')}\n} as const satisfies Readonly<Record<string, ConnectorEntry>>;\n`;
};

/** A regulation file is one that exports a constant of its own name. */
const regulations = (): string => {
  const ids = files('src/regulations', ['index.ts', 'regulation.ts']).filter((id) =>
    readFileSync(join(root, `src/regulations/${id}.ts`), 'utf8').includes(
      `export const ${camel(id)}: Regulation`,
    ),
  );
  const imports = ids.map((id) => `import { ${camel(id)} } from './${id}.ts';`);
  return `${head}${imports.join('\n')}\n\nexport const regulations = { ${ids.map(keyed).join(', ')} } as const;\n`;
};
const keyed = (id: string): string => (camel(id) === id ? id : `'${id}': ${camel(id)}`);

/** An export format is a file that exports a constant of its own name of that type. */
const exportFormats = async (): Promise<string> => {
  const ids = files('src/exports', ['index.ts', 'export.ts']).filter((id) =>
    readFileSync(join(root, `src/exports/${id}.ts`), 'utf8').includes(
      `export const ${camel(id)}: ExportFormat`,
    ),
  );
  const formats = await Promise.all(
    ids.map(async (id) => {
      const loaded = (await import(`../exports/${id}.ts`)) as Readonly<Record<string, ExportFormat>>;
      const format = loaded[camel(id)];
      if (format?.id !== id) throw new Error(`src/exports/${id}.ts says of itself that it is ${format?.id}`);
      return format;
    }),
  );
  const rows = formats.map(({ id, title, forms }) => {
    if (title.includes("'")) throw new Error(`the title of ${id} holds a quote`);
    const extensions = forms.map(({ extension }) => `'${extension}'`).join(', ');
    const load = `async () => (await import('./${id}.ts')).${camel(id)}`;
    return `  ${key(id)}: { title: '${title}', extensions: [${extensions}], load: ${load} },`;
  });
  return `${head}import type { ExportEntry } from './export.ts';\n\nexport const exportFormats = {\n${rows.join('\n')}\n} as const satisfies Readonly<Record<string, ExportEntry>>;\n\nexport type ExportId = keyof typeof exportFormats;\n\nexport const isExportId = (id: string): id is ExportId => Object.hasOwn(exportFormats, id);\n`;
};

const schema = async (): Promise<string> => {
  const { runbookJsonSchema } = await import('../catalog/schema.ts');
  return `${JSON.stringify(runbookJsonSchema(), null, 2)}\n`;
};

const testSchema = async (): Promise<string> => {
  const { testJsonSchema } = await import('../catalog/schema.ts');
  return `${JSON.stringify(testJsonSchema(), null, 2)}\n`;
};

/** Keys that move in every list are said once, not for each screen. */
const MOVING = ['down', 'up', 'g', 'G'];

const keyLines = (bindings: readonly Binding[]): readonly string[] =>
  bindings
    .filter(({ keys }) => !MOVING.includes(keys[0] ?? ''))
    .map(({ keys, long }) => `  ${keys.join(' ').padEnd(14)} ${long}`);

/** `firebreak help keys`: the program reads it without loading a screen. */
const keyTopic = async (): Promise<string> => {
  const { keymap } = await import('../tui/keys.ts');
  const parts = Object.entries(keymap)
    .map(([where, bindings]) => [where, keyLines(bindings)] as const)
    .filter(([, lines]) => lines.length > 0)
    .map(([where, lines]) => `${where.toUpperCase()}\n${lines.join('\n')}`);
  const moving =
    '  arrows, j k    move\n  g G            first, last\n\nKeys of your own: firebreak keymap --help\nThe key that live incidents are sealed with: firebreak keys --help';
  const text = ['KEYS OF THE APP (? shows those of the screen you are on)', moving, ...parts].join('\n\n');
  if (/[`\\$]/.test(text)) throw new Error('the text of a key does not fit into a template literal');
  return `${head}export const keyTopic = \`${text}\n\`;\n`;
};

const wanted: ReadonlyMap<string, () => string | Promise<string>> = new Map<
  string,
  () => string | Promise<string>
>([
  ['src/connectors/index.ts', connectors],
  ['docs/connectors.md', async () => await connectorTable(await loaded())],
  ['src/regulations/index.ts', regulations],
  ['src/regulations/holidays.ts', () => holidayTable(head)],
  ['src/exports/index.ts', exportFormats],
  ['runbooks/runbook.schema.json', schema],
  ['runbooks/test.schema.json', testSchema],
  ['src/cli/key-topic.ts', keyTopic],
]);

const { check } = takeArguments({
  command: 'npm run gen',
  about: 'Writes what is made from the sources: registries, the schema of the editor, pages.',
  takes: { check: { is: 'flag', says: 'writes nothing, and fails where something is stale' } },
});
let stale = 0;
for (const [path, make] of wanted) {
  const text = await make();
  const full = join(root, path);
  if (existsSync(full) && readFileSync(full, 'utf8') === text) continue;
  if (check) {
    stale += 1;
    process.stderr.write(`${path} is stale: run npm run gen\n`);
  } else {
    writeFileSync(full, text);
    process.stdout.write(`wrote ${path}\n`);
  }
}
process.exitCode = stale === 0 ? 0 : 1;
