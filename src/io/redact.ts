/** `%2B` as some systems write it back: `%2b`. */
const lowerEscapes = (text: string): string =>
  text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());

/** How a secret reads on the way: in a URL, in a form (RFC 3986 and WHATWG differ on `!'()*~` and blanks), in JSON, as bytes. */
const formsOf = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret, 'utf8');
  const component = encodeURIComponent(secret.toWellFormed());
  const strict = component.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  const form = new URLSearchParams({ v: secret }).toString().slice(2);
  const json = JSON.stringify(secret).slice(1, -1);
  // A URL escapes the apostrophe of a query, and of the four others none.
  const query = component.replaceAll("'", '%27');
  const escaped = [component, query, strict, form, form.replaceAll('+', '%20')];
  const hex = bytes.toString('hex');
  return [
    secret,
    ...escaped,
    ...escaped.map(lowerEscapes),
    json,
    json.replaceAll('/', String.raw`\/`),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    hex,
    hex.toUpperCase(),
  ];
};

/** Shorter than this a beginning of a secret could be any word. */
const BEGINNING_MIN = 8;

/**
 * For a sentence: also removes a secret that was cut short with the text around it, as the vendor's words are in an outcome.
 * Meta, for one, quotes the token that it refuses.
 */
export const redactSentence = (secrets: readonly string[]): ((text: string) => string) => {
  const whole = redact(secrets);
  const beginnings = secrets
    .filter((secret) => secret.length > BEGINNING_MIN)
    .flatMap((secret) =>
      Array.from({ length: secret.length - BEGINNING_MIN }, (_, i) => secret.slice(0, secret.length - 1 - i)),
    );
  return (text) =>
    beginnings.reduce(
      (masked, beginning) => masked.replaceAll(`${beginning}...`, '[secret]...'),
      whole(text),
    );
};

/**
 * Removes known secret values, and their usual encodings, from any text that leaves the tool. The first line of defence is
 * that secrets travel as `Secret` and are never put into text; this is the second.
 */
export const redact = (secrets: readonly string[]): ((text: string) => string) => {
  const forms = new Set(secrets.filter((secret) => secret.length >= 6).flatMap(formsOf));
  const longestFirst = [...forms].toSorted((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((masked, form) => masked.replaceAll(form, '[secret]'), text);
};
