/** A sentence of a letter, or a line that stands alone; the place of its first character in the whole text. */
export type Sentence = Readonly<{ text: string; at: number }>;

const END = /[.!?…]["'”’»)\]]{0,2}(?=\s)|\n(?=\s*\n|\s*- )/g;

/** Cuts after a full stop, between paragraphs and before items; a line end inside a paragraph is a blank. */
export function sentencesOf(text: string): readonly Sentence[] {
  const found: Sentence[] = [];
  let from = 0;
  const cut = (end: number): void => {
    const raw = text.slice(from, end);
    const trimmed = raw.trim();
    if (trimmed !== '') found.push({ text: flat(trimmed), at: from + raw.indexOf(trimmed.charAt(0)) });
    from = end;
  };
  for (const { index, 0: mark } of text.matchAll(END)) cut(index + mark.length);
  cut(text.length);
  return found;
}

/** Each line end becomes one blank, so that places inside stay what they were. */
const flat = (text: string): string => text.replace(/[\r\n\t]/g, ' ');

/** What two texts have in common whatever the layout made of their white space and bullets. */
export const bare = (text: string): string => text.replace(/^- /gm, '').replace(/\s+/g, ' ').trim();
