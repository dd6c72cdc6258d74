/** A line that is shorter was ended on purpose: it is an example, or the last of its paragraph. */
const FULL = 70;

const isAsItIs = (line: string): boolean => line.startsWith(' ') || line.startsWith('Example: ');

const broken = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let row = '';
  for (const word of text.split(' ')) {
    if (row !== '' && row.length + 1 + word.length > width) {
      lines.push(row);
      row = word;
    } else row = row === '' ? word : `${row} ${word}`;
  }
  return [...lines, row];
};

/**
 * Prose that was written in lines of some length, set for a terminal of another: where a terminal breaks a line by itself, it breaks
 * words. Lines that are indented, short, or an example to copy stay as they are.
 */
export const reflow = (text: string, width: number): string => {
  const paragraphs: string[] = [];
  let open = false;
  for (const line of text.split('\n')) {
    const last = paragraphs.at(-1);
    const prose = line !== '' && !isAsItIs(line);
    if (open && prose && last !== undefined) paragraphs[paragraphs.length - 1] = `${last} ${line}`;
    else paragraphs.push(line);
    open = prose && line.length >= FULL;
  }
  return paragraphs.flatMap((line) => (isAsItIs(line) ? [line] : broken(line, width))).join('\n');
};
