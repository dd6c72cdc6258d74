import { makeFinder, merged } from './needles.ts';
import type { Finder, Span } from './needles.ts';

/** `%2B` as some systems write it back: `%2b`. */
const lowerEscapes = (text: string): string =>
  text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());

/** The characters of base64 that stand for these bytes wherever they begin in what was encoded: as in `user:secret`. */
const base64Inside = (bytes: Buffer): readonly string[] =>
  [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const whole = Math.floor(((before + bytes.length) * 8) / 6);
    return encoded.slice(before === 0 ? 0 : before + 1, whole);
  });

const base64Url = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_');

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * How a secret reads on the way: in a URL, in a form (RFC 3986 and WHATWG differ on `!'()*~` and blanks), in JSON, in HTML,
 * as bytes, backwards.
 */
const formsOf = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret, 'utf8');
  const component = encodeURIComponent(secret.toWellFormed());
  const strict = component.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  const form = new URLSearchParams({ v: secret }).toString().slice(2);
  const json = JSON.stringify(secret).slice(1, -1);
  const html = secret.replace(/[&<>"']/g, (found) => HTML[found] ?? found);
  // A URL escapes the apostrophe of a query, and of the four others none.
  const query = component.replaceAll("'", '%27');
  const escaped = [component, query, strict, form, form.replaceAll('+', '%20')];
  const hex = bytes.toString('hex');
  const inside = base64Inside(bytes);
  const all = [
    secret,
    ...escaped,
    ...escaped.map(lowerEscapes),
    json,
    json.replaceAll('/', String.raw`\/`),
    html,
    html.replaceAll('&#39;', '&#x27;'),
    bytes.toString('base64').replace(/=+$/, ''),
    ...inside,
    bytes.toString('base64url'),
    ...inside.map(base64Url),
    hex,
    hex.toUpperCase(),
    secret.split('').toReversed().join(''),
  ];
  return [...new Set(all)].filter((one) => one.length >= SECRET_MIN);
};

/** Shorter than this a secret, or a beginning of one, could be any word. */
const SECRET_MIN = 6;
const BEGINNING_MIN = 8;

/** Made once for each secret: a thousand leaked tokens are looked for in every answer. */
const made = new Map<string, readonly string[]>();
const MADE_MAX = 4096;
const knownForms = (secret: string): readonly string[] => {
  const known = made.get(secret) ?? formsOf(secret);
  if (made.size >= MADE_MAX) made.clear();
  made.set(secret, known);
  return known;
};

/**
 * For a sentence: also removes a secret that was cut short with the text around it, as the vendor's words are in an outcome.
 * Meta, for one, quotes the token that it refuses.
 */
export const redactSentence = (secrets: readonly string[]): ((text: string) => string) => {
  const whole = redact(secrets);
  return (text) => {
    const plain = whole(text);
    if (!/\.\.\.|\u2026/.test(plain)) return plain;
    return plain.replace(/[^]*?(?:\.\.\.|\u2026|$)/g, (part) => {
      const dots = /(?:\.\.\.|\u2026)$/.exec(part);
      if (dots === null) return part;
      const before = part.slice(0, dots.index);
      const length = Math.max(0, ...secrets.map((secret) => beginningAtEnd(before, secret)));
      return length === 0 ? part : `${before.slice(0, before.length - length)}[secret]${dots[0]}`;
    });
  };
};

/** How many characters at the end of a text are the beginning of a secret; 0 where they could be a word. */
const beginningAtEnd = (text: string, secret: string): number => {
  for (let length = secret.length - 1; length >= BEGINNING_MIN; length -= 1)
    if (text.endsWith(secret.slice(0, length))) return length;
  return 0;
};

/**
 * Where a text was broken into lines, in the text itself or in JSON that holds it. Blanks are looked at from the first of
 * them on only: otherwise a megabyte of them would be looked at a million times.
 */
const BREAK = /(?<![ \t])[ \t]*(?:\r?\n|(?:\\r)?\\n)[ \t]*/g;

/**
 * Removes known secret values, and their usual encodings, from any text that leaves the tool; one that was broken over several
 * lines too. The first line of defence is that secrets travel as `Secret` and are never put into text; this is the second.
 */
export const redact = (secrets: readonly string[]): ((text: string) => string) => {
  const find = finderOf(secrets);
  return (text) => {
    const plain = without(text, merged(find(text)));
    return plain.search(BREAK) === -1 ? plain : acrossLines(plain, find);
  };
};

/** So much is looked at of a long answer of which little is shown. */
const HEAD_BYTES = 64 * 1024;
/** What a secret may be broken with, however much of it. */
const BLANK = /\s+|\\[rnt]/g;
/** A character of a secret is written with so many at most: three bytes of UTF-8, each as `%2B`, and room. */
const WIDEST = 12;

/**
 * So many characters from the beginning of an answer, as `redact` would leave them. An answer of megabytes is looked through only where
 * what was looked at behind them is too short to hold a secret that begins in what is shown: nothing else is done while it is looked through.
 */
export const redactBeginning = (secrets: readonly string[]): ((bytes: Buffer, length: number) => string) => {
  const hide = redact(secrets);
  const longest = secrets.reduce((most, { length }) => Math.max(most, length), 0);
  return (bytes, length) => {
    if (bytes.length > HEAD_BYTES) {
      const head = hide(bytes.subarray(0, HEAD_BYTES).toString('utf8'));
      if (head.slice(length).replace(BLANK, '').length >= WIDEST * longest) return head.slice(0, length);
    }
    return hide(bytes.toString('utf8')).slice(0, length);
  };
};

/** Fields in which vendors show credentials that nobody gave us, as in a list of all that an app has. */
const NAMED =
  /("(?:client_secret|secret|signing_secret|access_token|refresh_token|id_token|api_access_token|auth_token|full_token|hmac_token|private_key)"\s*:\s*")((?:[^"\\]|\\.)+)"/g;

/** Removes what a record of an exchange would hold of such fields: the tool itself has read them by then. */
export const redactNamed = (text: string): string => text.replace(NAMED, '$1[secret]"');

/** Whoever asks for what is known gets the same list until another is known: the search for it is prepared once. */
const finders = new WeakMap<readonly string[], Finder>();
const finderOf = (secrets: readonly string[]): Finder => {
  const forms = (): readonly string[] =>
    secrets.filter((one) => one.length >= SECRET_MIN).flatMap(knownForms);
  const finder = finders.get(secrets) ?? makeFinder(forms());
  finders.set(secrets, finder);
  return finder;
};

const without = (text: string, cuts: readonly Span[]): string => {
  let [out, from] = ['', 0];
  for (const [start, end] of cuts) {
    out += `${text.slice(from, start)}[secret]`;
    from = end;
  }
  return from === 0 ? text : out + text.slice(from);
};

/** The same where line ends stand inside: found in the text without them, cut out of the text with them. */
const acrossLines = (text: string, find: Finder): string => {
  const found = find(text.replace(BREAK, ''));
  if (found.length === 0) return text;
  const breaks = [...text.matchAll(BREAK)].map((one) => ({ at: one.index, length: one[0].length }));
  const back = (position: number): number =>
    breaks.reduce((sum, { at, length }) => (at <= sum ? sum + length : sum), position);
  return without(text, merged(found.map(([start, end]): Span => [back(start), back(end - 1) + 1])));
};

/** Every value that was ever a `Secret` in this process: what an unforeseen error may quote. */
const held = new Set<string>();
export const hold = (secret: string): void => void held.add(secret);
export const redactHeld = (text: string): string => redactSentence([...held])(text);
