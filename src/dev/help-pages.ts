import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { helpOf } from '../cli/program.ts';
import type { CommandSpec } from '../cli/spec.ts';
import { topicIds, topics } from '../cli/topics.ts';
import { tree } from '../cli/tree/index.ts';

/** The widths that most people see: what is no terminal has 80, and no page is set wider than 100. */
export const WIDTHS = [80, 100] as const;

/** Stands before each page, with the words that ask for it; no page holds one. */
const MARK = '\u001e';

type Page = readonly [asked: string, text: string];

const pathsOf = (
  specs: readonly CommandSpec[],
  before: readonly string[] = [],
): readonly (readonly string[])[] =>
  specs.flatMap((spec) => [[...before, spec.name], ...pathsOf(spec.parts ?? [], [...before, spec.name])]);

const ended = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

/** Every page of help that can be asked for by name, as the program prints it at that width. */
export const helpPages = (width: number): readonly Page[] => {
  const paths = [[], ...pathsOf(tree)];
  const page = (path: readonly string[]): string => helpOf(path, width) ?? '';
  return [
    ...paths.map((path): Page => [[...path, '--help'].join(' '), page(path)]),
    ...topicIds.map((id): Page => [`help ${id}`, ended(topics[id])]),
    ['help', ended(page([]))],
  ];
};

/** `dist/help-80.txt` and its like: the launcher prints from these, so that help needs nothing of the program. */
export const writeHelpPages = (root: string): void => {
  mkdirSync(join(root, 'dist'), { recursive: true });
  for (const width of WIDTHS) {
    const text = helpPages(width)
      .map(([asked, page]) => `${MARK}${asked}\n${page}`)
      .join('');
    writeFileSync(join(root, `dist/help-${width}.txt`), `${text}${MARK}`);
  }
};
