/**
 * What a terminal could act on or hide: C0, DEL and C1 controls, line and paragraph separators, marks that reorder
 * text, characters without width or ink, tags and lone surrogates. ZWJ and ZWNJ stay: emoji and several scripts need them.
 */
const HIDDEN =
  // oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
  /[\u034f\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}\p{Cs}]/gu;

/** Starts a formula in some spreadsheet (OWASP ASVS 1.2.10), full-width forms included. */
// oxlint-disable-next-line no-control-regex -- NUL, TAB, CR and LF are among them
const FORMULA = /^[=+\-@\t\r\n\u0000|%\uff1d\uff0b\uff0d\uff20]/;

/** Foreign text for one line of a terminal: nothing is dropped, what could act or hide reads as `\u{..}`. */
export function visible(text: string): string {
  return text.replace(HIDDEN, escape);
}

/** As `visible`, for text of many lines: line ends stay (CR LF counts as one) and a tab becomes four spaces. */
export function visibleBlock(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(HIDDEN, (found) => (found === '\n' ? found : found === '\t' ? '    ' : escape(found)));
}

/** One cell of a CSV file: always quoted (RFC 4180), an apostrophe before anything that would run as a formula. */
export function csvCell(text: string): string {
  return `"${FORMULA.test(text) ? "'" : ''}${text.replaceAll('"', '""')}"`;
}

function escape(found: string): string {
  return `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`;
}
