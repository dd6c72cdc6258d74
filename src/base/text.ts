/**
 * What could act on a terminal, a page or a reader, or not be seen at all: controls, line and paragraph separators, marks
 * that reorder text, characters without width or ink, tags, half a surrogate pair. Three kinds stay where they are of use
 * and are shown where they carry or cover something: a joiner between letters of other scripts or emoji, a variation
 * selector after what it varies, and up to six marks on one letter.
 */
const HIDDEN = new RegExp(
  [
    String.raw`[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\ufff9-\ufffb]`,
    String.raw`[\p{Default_Ignorable_Code_Point}--[\u180b-\u180d\u180f\u200c\u200d\ufe00-\ufe02\ufe0e\ufe0f]]`,
    // Two joiners in a row, or one beside ASCII, join nothing and can spell a hidden message.
    String.raw`(?<![[^\u0000-\u007f]--[\p{Z}\u200c\u200d]])[\u200c\u200d]|[\u200c\u200d](?=[\u200c\u200d])`,
    // Emoji and text style, keycaps, variants of Han and Mongolian letters.
    String.raw`(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}]|[0-9#*](?=\ufe0f\u20e3))[\ufe0e\ufe0f]`,
    String.raw`(?<!\p{Script=Han})[\ufe00-\ufe02]|(?<!\p{Script=Mongolian})[\u180b-\u180d\u180f]`,
    // A mark on nothing covers what stands before the text; a tower of marks covers the lines around it.
    String.raw`(?<![^])\p{M}+|(?<=[\p{Mn}\p{Me}]{6})[\p{Mn}\p{Me}]`,
  ].join('|'),
  'gv',
);

/** Starts a formula in some spreadsheet (OWASP ASVS 1.2.10), small and full-width forms and blanks before it included. */
// oxlint-disable-next-line no-control-regex -- NUL, TAB, CR and LF are among them
const FORMULA = /^[\s\u0000]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]|^[\t\r\n\u0000]/;

/** Nothing hidden is among these, and nearly every text has no others: the long expression costs many times as much. */
const PRINTABLE = /^[ -~]*$/;

/** Foreign text for one line of a terminal: nothing is dropped, what could act or hide reads as `\u{..}`. */
export const visible = (text: string): string =>
  PRINTABLE.test(text) ? text : text.replace(HIDDEN, codePoints);

/** As `visible`, for text of many lines: line ends stay (CR LF counts as one) and a tab becomes four spaces. */
export const visibleBlock = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replace(HIDDEN, (found) => (found === '\n' ? found : found === '\t' ? '    ' : codePoints(found)));

/**
 * JSON that is safe on a terminal too: what `visible` would show stands as JSON escapes. Such characters occur inside strings
 * alone, where an escape means the same text to every parser.
 */
export const visibleJson = (json: string): string =>
  PRINTABLE.test(json) ? json : json.replace(HIDDEN, codeUnits);

/** One cell of a CSV file: always quoted (RFC 4180), an apostrophe before anything that would run as a formula. */
export const csvCell = (text: string): string =>
  `"${FORMULA.test(text) ? "'" : ''}${text.replaceAll('"', '""')}"`;

/** Foreign texts as one row of a CSV file that may be opened in a spreadsheet or shown on a terminal; its end is CR LF. */
export const csvRow = (texts: readonly string[]): string =>
  `${texts.map((text) => csvCell(visible(text))).join(',')}\r\n`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Words of our own in HTML, between tags and inside a quoted attribute alike. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (found) => ENTITIES[found] ?? '');

/** Foreign text of one line in HTML. */
export const htmlText = (text: string): string => escapeHtml(visible(text));

/** Characters that CommonMark or GFM could read as markup anywhere in a line. */
const MARKS = /[\\`*_{}[\]<>#|~&$]/g;

/** Words that none of what follows would touch. */
const UNMARKED = /^(?!.*www\.)[a-z(](?:[a-z0-9 ,;.'()/?!%=-]|:(?!\/\/))*(?<! )$/i;

/**
 * Foreign text for one line of Markdown: no markup, no link, no list or heading from how it begins, nothing that a terminal
 * acts on. A Markdown reader shows it as it was.
 */
export const markdownText = (text: string): string =>
  UNMARKED.test(text)
    ? text
    : visible(text)
        .trim()
        .replace(MARKS, '\\$&')
        .replaceAll('://', '\\://')
        .replaceAll(/www\./gi, (found) => `${found.slice(0, -1)}\\.`)
        .replace(/^([-+=])/, '\\$1')
        .replace(/^(\d{1,9})([.)])/, '$1\\$2');

function codePoints(found: string): string {
  if (found.length === 1) return `\\u{${found.charCodeAt(0).toString(16)}}`;
  return Array.from(found, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`).join('');
}

function codeUnits(found: string): string {
  // A loop over code units: a pair of surrogates is two escapes in JSON.
  return found
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
