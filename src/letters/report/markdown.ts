import { unreachable } from '../../base/assert.ts';
import { markdownText } from '../../base/text.ts';
import type { Block, Run, Runs } from '../body.ts';

/** Blocks as Markdown; whatever is foreign in them is text there too. */
export const markdownOf = (blocks: readonly Block[]): string =>
  `${blocks.map((block) => linesOf(block).join('\n')).join('\n\n')}\n`;

const linesOf = (block: Block): readonly string[] => {
  switch (block.is) {
    case 'heading':
      return [`${'#'.repeat(block.level)} ${line(block.runs)}`];
    case 'paragraph':
      return [block.lines.map(line).join('  \n')];
    case 'list':
      return block.items.map((item) => `- ${line(item)}`);
    case 'table':
      return [
        row(block.head.map((text) => markdownText(text))),
        row(block.head.map(() => '---')),
        ...block.rows.map(({ cells }) => row(cells.map(line))),
      ];
    default:
      return unreachable(block);
  }
};

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const line = (runs: Runs): string => runs.map(run).join('');

/** A space between two runs parts their words; inside strong marks it would end them. */
const run = ({ is, text }: Run): string => {
  const [, before = '', after = ''] = /^(\s*)[\s\S]*?(\s*)$/.exec(text) ?? [];
  const words = markdownText(text.replaceAll(/\s*[\r\n]+\s*/g, ' / '));
  if (words === '') return '';
  return `${before === '' ? '' : ' '}${is === 'plain' ? words : `**${words}**`}${after === '' ? '' : ' '}`;
};
