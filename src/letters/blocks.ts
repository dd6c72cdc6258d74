import { unreachable } from '../base/assert.ts';
import { visible } from '../base/text.ts';
import type { Block, Run, Runs } from './body.ts';
import { linesOf, oneLine, ownWords, paragraphs, type Shown, type Sink } from './sinks.ts';

/**
 * The letter as blocks. A sink yields text, so this one yields records set off by control characters; every value went
 * through `visible`, which leaves none in it, therefore nothing that a stranger wrote begins a record or a run.
 */
const RECORD = '\u001e';
const [STRONG, STRONG_END, MARK, MARK_END, BREAK] = ['\u0002', '\u0003', '\u0004', '\u0005', '\u000b'];
const SWITCHES = new RegExp(`([${STRONG}${STRONG_END}${MARK}${MARK_END}])`);

type Kind = 'h1' | 'h2' | 'item' | 'text' | 'paragraph' | 'gap';
const KINDS: ReadonlySet<string> = new Set(['h1', 'h2', 'item', 'text', 'paragraph', 'gap']);

const record = (kind: Kind, words: string): string => `${RECORD}${kind} ${words}`;

const marked = (value: Shown, words: string): string =>
  value.is === 'marker' ? `${MARK}${words}${MARK_END}` : words;

export const blocks: Sink = {
  layout: (template) =>
    linesOf(template)
      .map(({ is, text }) => {
        if (is === 'tag' || is === 'block') return text;
        const words = ownWords(text, visible).replaceAll(
          /\*\*(.+?)\*\*/g,
          (_, strong: string) => `${STRONG}${strong}${STRONG_END}`,
        );
        return record(is === 'blank' ? 'gap' : is, words);
      })
      .join('\n'),
  inline: (value) => marked(value, visible(oneLine(value))),
  block: (value) => {
    if (value.is === 'list') return value.items.map((item) => record('item', visible(item))).join('');
    if (value.is === 'marker') return record('paragraph', marked(value, visible(oneLine(value))));
    return paragraphs(value.text)
      .map((words) => record('paragraph', words.replaceAll('\n', BREAK)))
      .join('');
  },
  page: (body) => body,
};

/** The blocks that `blocks` wrote down, with lines and items put together as a reader of the template expects. */
export function readBlocks(written: string): readonly Block[] {
  const out: Block[] = [];
  let before: Kind = 'gap';
  for (const part of written.split(RECORD)) {
    const [kind = '', ...rest] = part.split(' ');
    if (!isKind(kind)) continue;
    const lines = rest.join(' ').trim().split(BREAK).map(runsOf);
    const runs = lines.flat();
    if (kind !== 'gap' && !isEmpty(runs)) {
      const last = out.at(-1);
      if (kind === 'item' && before === 'item' && last?.is === 'list')
        out[out.length - 1] = { is: 'list', items: [...last.items, runs] };
      else if (kind === 'text' && before === 'text' && last?.is === 'paragraph')
        out[out.length - 1] = { is: 'paragraph', lines: [joined(last.lines.flat(), runs)] };
      else out.push(blockOf(kind, lines));
    }
    before = kind;
  }
  return out;
}

const isKind = (word: string): word is Kind => KINDS.has(word);

const isEmpty = (runs: Runs): boolean => runs.every(({ text }) => text.trim() === '');

const joined = (first: Runs, second: Runs): Runs => [...first, { is: 'plain', text: ' ' }, ...second];

function blockOf(kind: Exclude<Kind, 'gap'>, lines: readonly Runs[]): Block {
  switch (kind) {
    case 'h1':
    case 'h2':
      return { is: 'heading', level: kind === 'h1' ? 1 : 2, runs: lines.flat() };
    case 'item':
      return { is: 'list', items: [lines.flat()] };
    case 'text':
    case 'paragraph':
      return { is: 'paragraph', lines };
    default:
      return unreachable(kind);
  }
}

/** A mark inside strong words is a mark: it has to be seen more. */
function runsOf(line: string): Runs {
  const runs: Run[] = [];
  let [strong, mark] = [false, false];
  for (const part of line.split(SWITCHES)) {
    if (part === STRONG || part === STRONG_END) strong = part === STRONG;
    else if (part === MARK || part === MARK_END) mark = part === MARK;
    else if (part !== '') runs.push({ is: mark ? 'mark' : strong ? 'strong' : 'plain', text: part });
  }
  return runs;
}
