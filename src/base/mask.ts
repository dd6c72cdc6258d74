/** What was masked, so that the person sees it before anything is saved. */
export type Masked = Readonly<{ kind: MaskKind; count: number }>;
export type MaskKind = 'card-number' | 'token' | 'bearer' | 'jwt' | 'private-key' | 'iban' | 'cut';

/** Longer text is cut and says so: nothing is ever saved without having been looked at. */
export const MASK_LIMIT = 4_194_304;

/** Nothing that is hidden is shorter than a card number of thirteen digits: most words of a definition are, and are asked about all the same. */
const SHORTEST = 13;

/**
 * Tokens by the prefix their vendor gives them. Each pattern is a literal and one open-ended run with nothing after
 * it, so a failed match costs a few characters and the whole search stays linear.
 */
const TOKENS: readonly RegExp[] = [
  /(gh[pousr]_)[A-Za-z0-9]{16,}/g,
  /(github_pat_)[A-Za-z0-9_]{16,}/g,
  /(glpat-)[A-Za-z0-9_-]{16,}/g,
  /(npm_)[A-Za-z0-9]{30,}/g,
  /(xox[a-z][-.])[A-Za-z0-9.-]{10,}/g,
  /(xapp-)[A-Za-z0-9-]{10,}/g,
  /(hooks\.slack\.com\/(?:services|workflows|triggers)\/)[A-Za-z0-9/_-]{16,}/g,
  /(EAA)[A-Za-z0-9]{16,}/g,
  /(IG(?:QV|QW|AA))[A-Za-z0-9_-]{24,}/g,
  /((?:sk|rk|pk)_(?:live|test)_)[A-Za-z0-9]{8,}/g,
  /(whsec_)[A-Za-z0-9+/=_-]{8,}/g,
  /(sk-(?:ant|proj)-)[A-Za-z0-9_-]{16,}/g,
  /((?:AKIA|ASIA))[A-Z2-7]{16}/g,
  /(AIza)[A-Za-z0-9_-]{35}/g,
  /(ya29\.)[A-Za-z0-9_-]{16,}/g,
  /(SG\.)[A-Za-z0-9_-]{16,}[A-Za-z0-9_.-]*/g,
  /(shp(?:at|ca|pa|ss)_)[A-Fa-f0-9]{16,}/g,
  /(pat-(?:na|eu)\d-)[A-Fa-f0-9-]{16,}/g,
];

const JWT = /eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,4}/g;
const BEARER = /(bearer[ \t]{1,8})([A-Za-z0-9._~+/=-]{8,})/gi;
const IBAN = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ \u00a0-]?[A-Za-z0-9]){11,30}/g;
const KEY_BEGIN = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
const KEY_END = /-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;

/**
 * Hides card numbers, access tokens, private keys and account numbers in text that a person pasted or an API sent.
 * A card number keeps its first six and last four digits at most (PCI DSS 3.4.1). What it does not know it leaves:
 * masking is a net under the sealed fields, not a replacement for them.
 */
export function maskSecrets(text: string): Readonly<{ text: string; masked: readonly Masked[] }> {
  if (text.length < SHORTEST) return { text, masked: [] };
  const counts = new Map<MaskKind, number>();
  const count = (kind: MaskKind): void => void counts.set(kind, (counts.get(kind) ?? 0) + 1);

  let out = text;
  if (out.length > MASK_LIMIT) {
    out = `${out.slice(0, MASK_LIMIT)}\n[${text.length - MASK_LIMIT} more characters were not kept]`;
    count('cut');
  }
  out = maskKeys(out, count);
  for (const pattern of TOKENS) {
    out = out.replace(pattern, (_, prefix: string) => {
      count('token');
      return `[token ${prefix}…]`;
    });
  }
  out = out.replace(JWT, (found) => {
    if (found.split('.').length < 3) return found;
    count('jwt');
    return '[token eyJ…]';
  });
  out = out.replace(BEARER, (found, word: string, value: string) => {
    // "bearer responsibility" is prose: a credential has a digit or is long.
    if (!/\d/.test(value) && value.length < 24) return found;
    count('bearer');
    return `[token ${word.trim()} …]`;
  });
  out = maskIbans(out, count);
  out = maskCards(out, count);
  return { text: out, masked: [...counts].map(([kind, n]) => ({ kind, count: n })) };
}

/** What was masked, for a person: `2 card numbers`. */
export const maskedWords = (masked: readonly Masked[]): readonly string[] =>
  masked.map(({ kind, count }) => `${count} ${kind.replace('-', ' ')}${count === 1 ? '' : 's'}`);

/** As a screen says it, once, before Enter keeps the text. */
export const keptWords = (masked: readonly Masked[]): string =>
  `Hidden before saving: ${maskedWords(masked).join(', ')}. This is what will be kept. Enter goes on.`;

/** Masks every text inside a value, names of fields aside. */
export function maskWithin<T>(value: T): T {
  if (typeof value === 'string') return maskSecrets(value).text as T;
  if (Array.isArray(value)) return value.map((one: unknown) => maskWithin(one)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, maskWithin<unknown>(one)])) as T;
}

type Count = (kind: MaskKind) => void;

/** From each BEGIN line to the next END line, or to the end of the text when the paste was cut off. */
function maskKeys(text: string, count: Count): string {
  const parts: string[] = [];
  let from = 0;
  KEY_BEGIN.lastIndex = 0;
  for (let begin = KEY_BEGIN.exec(text); begin !== null; begin = KEY_BEGIN.exec(text)) {
    KEY_END.lastIndex = KEY_BEGIN.lastIndex;
    const end = KEY_END.exec(text);
    parts.push(text.slice(from, begin.index), '[private key]');
    count('private-key');
    from = end === null ? text.length : KEY_END.lastIndex;
    KEY_BEGIN.lastIndex = from;
  }
  return parts.join('') + text.slice(from);
}

// Length of an account number by country (SWIFT IBAN registry).
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ' +
    'ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 ' +
    'LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 ' +
    'PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** Each number ends where its country says, so that what stands right behind it is looked at too. */
function maskIbans(text: string, count: Count): string {
  const parts: string[] = [];
  let from = 0;
  IBAN.lastIndex = 0;
  for (let found = IBAN.exec(text); found !== null; found = IBAN.exec(text)) {
    const iban = ibanAt(found[0]);
    IBAN.lastIndex = found.index + (iban?.used ?? 2);
    if (iban === null) continue;
    parts.push(text.slice(from, found.index), `[IBAN ${iban.compact.slice(0, 2)}…${iban.compact.slice(-4)}]`);
    from = IBAN.lastIndex;
    count('iban');
  }
  return parts.join('') + text.slice(from);
}

function ibanAt(found: string): Readonly<{ compact: string; used: number }> | null {
  const length = IBAN_LENGTHS.get(found.slice(0, 2).toUpperCase());
  if (length === undefined) return null;
  let used = 0;
  let compact = '';
  while (compact.length < length && used < found.length) {
    const char = found.charAt(used++);
    if (/[A-Za-z0-9]/.test(char)) compact += char.toUpperCase();
  }
  return compact.length < length || !mod97(compact) ? null : { compact, used };
}

/** ISO 7064 mod 97-10 over the number with its first four characters moved to the end. */
function mod97(iban: string): boolean {
  let rest = 0;
  for (const char of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(char, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** Thirteen digits with at most one sign between two of them: where there are none, no sign needs to be looked at by itself. */
const DIGITS =
  /[0-9\uff10-\uff19\u0660-\u0669\u06f0-\u06f9\u0966-\u096f](?:[^0-9\uff10-\uff19\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]?[0-9\uff10-\uff19\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]){12}/;
const SEPARATOR = /[ \-._\u00a0\u2000-\u200b\u2010-\u2015\u202f\u3000\uff0d\uff0e]/;

/** A run of digits with at most one separator between two of them; `starts` marks where a group of digits begins. */
type Run = { digits: string; at: number[]; starts: boolean[] };

function maskCards(text: string, count: Count): string {
  if (!DIGITS.test(text)) return text;
  const parts: string[] = [];
  let kept = 0;
  let i = 0;
  while (i < text.length) {
    if (digitAt(text, i) === null) {
      i += 1;
      continue;
    }
    const run = readRun(text, i);
    const last = run.at.at(-1) ?? i;
    for (const [from, length] of findCards(run, text.charAt(i - 1) === '+')) {
      const digits = run.digits.slice(from, from + length);
      parts.push(
        text.slice(kept, run.at[from]),
        digits.slice(0, 6),
        '*'.repeat(length - 10),
        digits.slice(-4),
      );
      kept = (run.at[from + length - 1] ?? last) + 1;
      count('card-number');
    }
    i = last + 1;
  }
  return parts.join('') + text.slice(kept);
}

function readRun(text: string, start: number): Run {
  const run: Run = { digits: '', at: [], starts: [] };
  for (let i = start; i < text.length; i += 1) {
    const digit = digitAt(text, i);
    if (digit === null) {
      if (!SEPARATOR.test(text.charAt(i)) || digitAt(text, i + 1) === null) break;
      continue;
    }
    run.starts.push(run.at.at(-1) !== i - 1);
    run.digits += digit;
    run.at.push(i);
  }
  return run;
}

/** Card numbers begin and end with a group of digits, so an order number beside one is not eaten with it. */
function findCards(run: Run, afterPlus: boolean): [from: number, length: number][] {
  const found: [number, number][] = [];
  const size = run.digits.length;
  for (let from = 0; from + 13 <= size; from += 1) {
    if (run.starts[from] !== true) continue;
    for (let length = Math.min(19, size - from); length >= 13; length -= 1) {
      const ends = from + length === size || run.starts[from + length] === true;
      // "+49 1511 ..." is a telephone number: E.164 allows up to 15 digits.
      const phone = afterPlus && from === 0 && length <= 15;
      if (!ends || phone || !isCard(run.digits.slice(from, from + length))) continue;
      found.push([from, length]);
      from += length - 1;
      break;
    }
  }
  return found;
}

// First digits that card brands use (ISO/IEC 7812); without this, one in ten time stamps would pass for a card.
const ISSUER = /^(?:22[0-9]{2}|2[3-6]|27[01]|2720|3[0-9]|4|5|6|8[12])/;

function isCard(digits: string): boolean {
  if (!ISSUER.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

/** Digits of every script that people type card numbers in: ASCII, full-width, Arabic-Indic, Devanagari. */
function digitAt(text: string, i: number): string | null {
  const code = text.charCodeAt(i);
  for (const zero of [0x30, 0xff10, 0x660, 0x6f0, 0x966]) {
    if (code >= zero && code <= zero + 9) return String(code - zero);
  }
  return null;
}
