import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** How one module reaches another: its code at load, its types alone, or its code later, when asked for. */
export type ImportKind = 'value' | 'type' | 'lazy';

/** One import as written; `line` counts from 1. */
export type Import = Readonly<{ specifier: string; kind: ImportKind; line: number }>;

/** Paths below src, with forward slashes, to their imports. */
export type ImportMap = ReadonlyMap<string, readonly Import[]>;

// A comment, a string, a template or a regular expression after a sign that cannot end a value; the
// first that matches wins, so that quotes in comments and slashes in strings mislead nobody.
const TOKEN =
  /\/\*[^]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[^])*`|(?<=[=(,:[!&|?{};]\s*)\/(?![*/])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/g;

const FROM = /(?<![\w.$])(?:import|export)\s+(type\s+(?!from\b))?(?:[\w$*\s{},]+?)\s*from\s*(['"])(#\d+#)\2/g;
const BARE = /(?<![\w.$])import\s*(['"])(#\d+#)\1/g;
const LAZY = /(?<![\w.$])import\s*\(\s*(?:(['"])(#\d+#)\1)?/g;

/** Reads the imports out of TypeScript source; an `import(...)` of anything but a literal gets the specifier ''. */
export function importsOf(source: string): readonly Import[] {
  const strings: string[] = [];
  const code = source.replace(TOKEN, (token) => {
    const quote = token[0];
    const lines = token.replace(/[^\n]/g, '');
    if (quote === "'" || quote === '"') return `${quote}#${strings.push(token.slice(1, -1)) - 1}#${quote}`;
    // A template may hold an import of its own between ${ and }, which no module here has a reason to do.
    return quote === '`' ? `\`${lines}\`` : lines;
  });
  const lineAt = (index: number) => code.slice(0, index).split('\n').length;
  const stringAt = (mark: string | undefined) => strings[Number(mark?.slice(1, -1))] ?? '';
  const found: Import[] = [];
  for (const match of code.matchAll(FROM)) {
    const kind = match[1] === undefined ? 'value' : 'type';
    found.push({ specifier: stringAt(match[3]), kind, line: lineAt(match.index) });
  }
  for (const match of code.matchAll(BARE)) {
    found.push({ specifier: stringAt(match[2]), kind: 'value', line: lineAt(match.index) });
  }
  for (const match of code.matchAll(LAZY)) {
    found.push({ specifier: stringAt(match[2]), kind: 'lazy', line: lineAt(match.index) });
  }
  return found;
}

/** Where a relative import of `file` leads, below src; undefined for a package. */
export function targetOf(file: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : undefined;
}

/** All TypeScript files below `root` with their imports. */
export function readImports(root: string): ImportMap {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path))
    .toSorted();
  return new Map(files.map((file) => [file, importsOf(readFileSync(join(root, file), 'utf8'))]));
}

/** The first circle of files that each load the next, or undefined. Lazy imports close no circle. */
export function findCycle(map: ImportMap): readonly string[] | undefined {
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (file: string): readonly string[] | undefined => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return undefined;
    trail.push(file);
    for (const { specifier, kind } of map.get(file) ?? []) {
      const target = kind === 'lazy' ? undefined : targetOf(file, specifier);
      const cycle = target !== undefined && map.has(target) ? visit(target) : undefined;
      if (cycle !== undefined) return cycle;
    }
    trail.pop();
    done.add(file);
    return undefined;
  };
  for (const file of map.keys()) {
    const cycle = visit(file);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
