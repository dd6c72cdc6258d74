import { Buffer } from 'node:buffer';

/** How a secret could read when it slips out: as it is, and in each encoding on the way. */
const formsOf = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret, 'utf8');
  return [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ s: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
  ];
};

/** The secrets that a value gives away in any form; named by their place in the list, not by their text. */
export const leaks = (value: unknown, secrets: readonly string[]): readonly number[] => {
  const text = JSON.stringify(value) ?? '';
  return secrets.flatMap((secret, index) =>
    formsOf(secret).some((form) => text.includes(form)) ? [index] : [],
  );
};
