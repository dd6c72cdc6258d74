/** A reader of RFC 4180 by the letter, to look at our own output with other eyes. */
export function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text.charAt(i + 1) === '"') cell += text.charAt((i += 1));
      else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ',' || char === '\r') {
      row.push(cell);
      cell = '';
    } else if (char === '\n') {
      rows.push(row);
      row = [];
    } else cell += char;
  }
  return rows;
}
