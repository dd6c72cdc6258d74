import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes what is derived from the tree, so that an id is written once, as the name of its file or folder:
 * the registries of connectors, regulations and exports, and the editor's JSON Schema. `--check` writes nothing and fails
 * when a file is stale; a test runs it.
 */

const root = join(import.meta.dirname, '../..');
const head = '// Written by `npm run gen`; change the files it lists instead.\n';
const camel = (id: string): string => id.replace(/-([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
const key = (id: string): string => (id.includes('-') ? `'${id}'` : id);

const files = (folder: string, not: readonly string[]): readonly string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.ts') && !not.includes(name))
    .map((name) => name.slice(0, -3))
    .toSorted();

const fieldOf = (path: string, field: string): string => {
  const found = new RegExp(`^  ${field}: '((?:[^'\\\\]|\\\\.)*)'`, 'm').exec(readFileSync(join(root, path), 'utf8'));
  if (found?.[1] === undefined) throw new Error(`${path} gives no ${field}`);
  return found[1];
};

const connectors = (): string => {
  const ids = readdirSync(join(root, 'src/connectors'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, 'src/connectors', entry.name, 'index.ts')))
    .map((entry) => entry.name)
    .toSorted();
  const rows = ids.map((id) => {
    const title = fieldOf(`src/connectors/${id}/index.ts`, 'title');
    return `  ${key(id)}: { title: '${title}', load: async () => (await import('./${id}/index.ts')).connector },`;
  });
  return `${head}import type { ConnectorEntry } from './connector.ts';\n\nexport const connectors = {\n${rows.join('\n')}\n} as const satisfies Readonly<Record<string, ConnectorEntry>>;\n`;
};

/** A regulation file is one that exports a constant of its own name. */
const regulations = (): string => {
  const ids = files('src/regulations', ['index.ts', 'regulation.ts']).filter((id) =>
    readFileSync(join(root, `src/regulations/${id}.ts`), 'utf8').includes(`export const ${camel(id)}: Regulation`),
  );
  const imports = ids.map((id) => `import { ${camel(id)} } from './${id}.ts';`);
  return `${head}${imports.join('\n')}\n\nexport const regulations = { ${ids.map(camel).join(', ')} } as const;\n`;
};

/** An export format is a file that exports a constant of its own name of that type. */
const exportFormats = (): string => {
  const ids = files('src/exports', ['index.ts', 'export.ts']).filter((id) =>
    readFileSync(join(root, `src/exports/${id}.ts`), 'utf8').includes(`export const ${camel(id)}: ExportFormat`),
  );
  const rows = ids.map((id) => {
    const path = `src/exports/${id}.ts`;
    const load = `async () => (await import('./${id}.ts')).${camel(id)}`;
    return `  ${key(id)}: { title: '${fieldOf(path, 'title')}', extension: '${fieldOf(path, 'extension')}', load: ${load} },`;
  });
  return `${head}import type { ExportEntry } from './export.ts';\n\nexport const exportFormats = {\n${rows.join('\n')}\n} as const satisfies Readonly<Record<string, ExportEntry>>;\n\nexport type ExportId = keyof typeof exportFormats;\n\nexport const isExportId = (id: string): id is ExportId => Object.hasOwn(exportFormats, id);\n`;
};

const schema = async (): Promise<string> => {
  const { runbookJsonSchema } = await import('../catalog/schema.ts');
  return `${JSON.stringify(runbookJsonSchema(), null, 2)}\n`;
};

const wanted: ReadonlyMap<string, () => string | Promise<string>> = new Map<string, () => string | Promise<string>>([
  ['src/connectors/index.ts', connectors],
  ['src/regulations/index.ts', regulations],
  ['src/exports/index.ts', exportFormats],
  ['runbooks/runbook.schema.json', schema],
]);

const check = process.argv.includes('--check');
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
