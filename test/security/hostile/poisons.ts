/** Short ones, because a screen may cut a text: each begins with what matters. FORGED must never begin a line of its own. */

const ESC = '\u001b';
export const FORGED = 'PROVED by nobody';

export const poisons = {
  escapes: `${ESC}[31m${ESC}]52;c;eA==\u0007${ESC}]8;;file:///x${ESC}\\${ESC}P+q${ESC}\\${ESC}[2J`,
  controls: '\u009b2J\u009d0;x\u009c\u0090q\u009c\u0000\u0007\b\b\u007f\u0085\u008d',
  lines: `\r\n${FORGED}\r${FORGED}\n\n${FORGED}\u2028\v\f\t`,
  order: '\u202e\u2066\u2067\u200f\u061cשלום \u202dعربي\u2069 ',
  unseen: '\u200b\u2060\ufeff\u00ad\u{e0041}\u{e007f}\ufe01\u200d\u200d\u3164\u{1d173}',
  marks: `e${'\u0301'.repeat(40)}Z${'\u0489\u0334\u20dd'.repeat(12)}`,
  halves: '\ud800x\udc00\ud83d ',
  wide: '👩‍👩‍👧‍👦🏳️‍🌈👍🏽1️⃣🇮🇪❤️漢字かな한국어각ｗｉｄｅﷺनमस्ते'.repeat(3),
  long: `${'x'.repeat(5000)} `,
  longWide: `${'漢👩‍💻'.repeat(300)} `,
} as const satisfies Readonly<Record<string, string>>;

/** What acts and what cannot be seen, in so few letters that no cut removes it. */
export const AT_ONCE = `${ESC}]52;c;eA==\u0007\u009b2J\u200b\u2060\u00ad`;
