import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml';
import type { Document, Node, Pair, YAMLMap } from 'yaml';
import type { Json } from '../base/canonical.ts';
import type { Issue } from '../base/problem.ts';
import { visible } from '../base/text.ts';
import { limits } from '../model/limits.ts';
import type { Built } from './built.ts';

/**
 * YAML as people write definitions in it: YAML 1.2 core schema (`NO` and `08:30` stay text), one document, no anchors, no
 * aliases, no tags, no merge keys. What a reader would have to compute to know what a file says has no place in a file that
 * is read at three in the morning, and is where the attacks on parsers live.
 */
export type Place = Readonly<{ line: number; col: number }>;
export type Path = readonly (string | number)[];

export type YamlFile = Readonly<{
  file: string;
  text: string;
  value: Json;
  /** Where the value at a path begins; the nearest enclosing one when it is not there. `key`: where its key begins. */
  placeOf(path: Path, at?: 'key' | 'value'): Place;
  /** Where the `from`th sign of a text stands, for texts of one line; else where the text begins. */
  placeIn(path: Path, words: string, from: number): Place;
  /** Every text in the file with its place: for rules that look at words wherever they stand. */
  texts(): readonly Readonly<{ path: Path; text: string; place: Place }>[];
  /** Its words were looked at before, and nothing was found. */
  harmless?: boolean;
}>;

export type ParsedYaml =
  | Readonly<{ ok: true; yaml: YamlFile }>
  | Readonly<{ ok: false; issues: readonly Issue[] }>;

const RULE = 'FB001';
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

export function parseYaml(file: string, text: string): ParsedYaml {
  const lines = new LineCounter();
  const deep = tooDeep(text);
  if (deep !== null) {
    return {
      ok: false,
      issues: [issue(file, deep, `nested deeper than ${limits.yamlDepthMax} levels`, 'write it flatter')],
    };
  }
  const many = tooMany(text);
  if (many !== null) {
    const message = `more than ${limits.yamlSignsMax} lines, keys and list items in one file`;
    return { ok: false, issues: [issue(file, many, message, 'divide it, or take out what is not needed')] };
  }
  const document = parseDocument(text, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    merge: false,
    // The parser compares each key with all before it, which takes minutes over a long list: looked at below.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  const place = (offset: number): Place => lines.linePos(offset);
  const faults = [...document.errors, ...document.warnings].filter(
    (error) => error.code !== 'TAG_RESOLVE_FAILED',
  );
  const all = [
    ...faults.map((error) => issue(file, place(error.pos[0]), sayYaml(error.code, error.message))),
    ...forbidden(document).map(({ offset, message, hint }) => issue(file, place(offset), message, hint)),
  ];
  if (all.length > 0) return { ok: false, issues: fewOf(all.toSorted(byPlace)) };
  const root = document.contents;
  if (!isMap(root)) {
    return {
      ok: false,
      issues: [issue(file, { line: 1, col: 1 }, 'the file is empty or is not a list of `key: value`')],
    };
  }
  return {
    ok: true,
    yaml: {
      file,
      text,
      value: document.toJS({ maxAliasCount: 0 }) as Json,
      placeOf: (path, at = 'value') => place(offsetOf(root, path, at)),
      placeIn: (path, words, from) => {
        const begins = offsetOf(root, path, 'value');
        const start = /["']/.test(text[begins] ?? '') ? begins + 1 : begins;
        return place(text.startsWith(words, start) ? start + from : begins);
      },
      texts: () =>
        textsOf(root).map(({ path, text: words, offset }) => ({ path, text: words, place: place(offset) })),
    },
  };
}

/** A file whose value is known already: it is parsed only once somebody asks where in it something stands. */
export function readBefore(file: string, text: string, { value, harmless }: Built): YamlFile {
  let parsed: YamlFile | null = null;
  const read = (): YamlFile => {
    const now = parseYaml(file, text);
    if (!now.ok) throw new Error(`${file} was readable when the program was built`);
    return now.yaml;
  };
  const whole = (): YamlFile => (parsed ??= read());
  return {
    file,
    text,
    value,
    harmless,
    placeOf: (path, at) => whole().placeOf(path, at),
    placeIn: (path, words, from) => whole().placeIn(path, words, from),
    texts: () => whole().texts(),
  };
}

/** The first ones, and a word about the others. */
export const fewOf = (issues: readonly Issue[]): readonly Issue[] => {
  const last = issues[limits.issuesMax - 1];
  if (last === undefined || issues.length <= limits.issuesMax) return issues;
  const more = `${issues.length - limits.issuesMax + 1} more of this file are not listed`;
  return [
    ...issues.slice(0, limits.issuesMax - 1),
    { ...last, message: more, hint: 'mend those above first' },
  ];
};

export const byPlace = (a: Issue, b: Issue): number => a.line - b.line || a.col - b.col;

const issue = (file: string, { line, col }: Place, message: string, hint?: string): Issue => ({
  rule: RULE,
  severity: 'error',
  file,
  line,
  col,
  message,
  ...(hint === undefined ? {} : { hint }),
});

const sayYaml = (code: string, message: string): string => {
  if (code === 'MULTIPLE_DOCS') return 'one file holds one document; remove the `---`';
  if (code === 'TAB_AS_INDENT') return 'indent with spaces, not with a tab';
  return visible(message.split('\n')[0] ?? message);
};

/**
 * The parser works recursively and takes seconds over a hundred thousand brackets, so depth is counted before it starts.
 * Brackets inside text are counted too; no sentence opens thirty-two of them.
 */
function tooDeep(text: string): Place | null {
  let open = 0;
  for (const [index, line] of text.split('\n').entries()) {
    // `- - - -` opens a level with every dash.
    const dashes = /^[\s\-?:]*/.exec(line)?.[0].match(/[-?:](?=\s)/g)?.length ?? 0;
    if (dashes > limits.yamlDepthMax) return { line: index + 1, col: 1 };
    for (let at = 0; at < line.length; at += 1) {
      const sign = line[at];
      if (sign === '[' || sign === '{') open += 1;
      if ((sign === ']' || sign === '}') && open > 0) open -= 1;
      if (open > limits.yamlDepthMax) return { line: index + 1, col: at + 1 };
    }
  }
  return null;
}

/** Where the sign stands with which a file has become too long to be looked at in a moment. */
function tooMany(text: string): Place | null {
  let seen = 0;
  let line = 1;
  let begins = 0;
  for (const { 0: sign, index } of text.matchAll(/[\n,[{?]|[:-](?=\s)/g)) {
    seen += 1;
    if (seen > limits.yamlSignsMax) return { line, col: index - begins + 1 };
    if (sign === '\n') [line, begins] = [line + 1, index + 1];
  }
  return null;
}

type Forbidden = Readonly<{ offset: number; message: string; hint?: string }>;

const TWICE = 'this key stands twice; only one of them could count';

function keysTwiceIn(map: YAMLMap): readonly Node[] {
  const seen = new Set<unknown>();
  return map.items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    const twice = seen.has(key.value);
    seen.add(key.value);
    return twice ? [key] : [];
  });
}

function forbidden(document: Document.Parsed): readonly Forbidden[] {
  const found: Forbidden[] = [];
  const report = (node: Node, message: string, hint?: string): void =>
    void found.push({ offset: node.range?.[0] ?? 0, message, ...(hint === undefined ? {} : { hint }) });
  visit(document, {
    Node(_key, node, path) {
      if (isAlias(node)) return report(node, 'aliases (*name) are not used here', 'write the value out');
      if (node.anchor !== undefined) report(node, 'anchors (&name) are not used here', 'remove it');
      if (node.tag !== undefined) report(node, `tags (${visible(node.tag)}) are not used here`, 'remove it');
      if (isCollection(node) && path.filter(isCollection).length >= limits.yamlDepthMax) {
        report(node, `nested deeper than ${limits.yamlDepthMax} levels`);
        return visit.SKIP;
      }
      if (isMap(node)) for (const key of keysTwiceIn(node)) report(key, TWICE);
      return undefined;
    },
    Pair(_key, pair) {
      const { key } = pair;
      if (!isScalar(key)) {
        if (key !== null && typeof key === 'object' && 'range' in key) report(key as Node, 'a key is a word');
        return;
      }
      if (key.value === '<<') report(key, 'merge keys (<<) are not used here', 'write the values out');
      if (FORBIDDEN_KEYS.has(String(key.value))) report(key, `\`${String(key.value)}\` is not a name`);
    },
  });
  return found;
}

const keyText = (pair: Pair): string => (isScalar(pair.key) ? String(pair.key.value) : '');
const startOf = (node: unknown): number | null =>
  node !== null && typeof node === 'object' && 'range' in node && Array.isArray(node.range)
    ? Number(node.range[0])
    : null;

function offsetOf(root: Node, path: Path, at: 'key' | 'value'): number {
  let node: unknown = root;
  let offset = startOf(root) ?? 0;
  for (const [index, part] of path.entries()) {
    if (isMap(node)) {
      const pair: Pair | undefined = node.items.find((item) => keyText(item) === String(part));
      if (pair === undefined) return offset;
      const last = index === path.length - 1;
      offset =
        (last && at === 'key' ? startOf(pair.key) : (startOf(pair.value) ?? startOf(pair.key))) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(part)];
      offset = startOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

type Text = Readonly<{ path: Path; text: string; offset: number }>;

function textsOf(node: unknown, path: Path = []): readonly Text[] {
  if (isMap(node)) return node.items.flatMap((pair) => textsOf(pair, path));
  if (isPair(node)) {
    const key: Text[] = isScalar(node.key)
      ? [{ path, text: String(node.key.value), offset: startOf(node.key) ?? 0 }]
      : [];
    return [...key, ...textsOf(node.value, [...path, keyText(node)])];
  }
  if (isSeq(node)) return node.items.flatMap((item, index) => textsOf(item, [...path, index]));
  if (isScalar(node) && typeof node.value === 'string')
    return [{ path, text: node.value, offset: startOf(node) ?? 0 }];
  return [];
}
