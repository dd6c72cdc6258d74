/** A list of which only the rows in sight are made: where the window starts, so that the chosen row is in it. */
export const windowFrom = (chosen: number, total: number, rows: number, from = 0): number => {
  const last = Math.max(0, total - rows);
  const start = chosen < from ? chosen : chosen >= from + rows ? chosen - rows + 1 : from;
  return Math.min(last, Math.max(0, start));
};

export const clamp = (value: number, total: number): number => Math.max(0, Math.min(total - 1, value));

/** Moves of a chosen row by the ids that every list shares. Null for any other id. */
export const moveBy = (id: string, chosen: number, total: number, page = 10): number | null => {
  const verb = id.slice(id.indexOf(':') + 1);
  switch (verb) {
    case 'next':
      return clamp(chosen + 1, total);
    case 'previous':
      return clamp(chosen - 1, total);
    case 'first':
      return 0;
    case 'last':
      return clamp(total - 1, total);
    case 'page-next':
      return clamp(chosen + page, total);
    case 'page-previous':
      return clamp(chosen - page, total);
    default:
      return null;
  }
};

/** Words in any order, each a part of the text: what a tired person types. An exact start ranks before a part. */
export const matches = (query: string, text: string): number => {
  const hay = text.toLowerCase();
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return 1;
  let score = 0;
  for (const word of words) {
    const at = hay.indexOf(word);
    if (at >= 0) score += at === 0 || hay[at - 1] === ' ' ? 2 : 1;
  }
  return score / words.length;
};
