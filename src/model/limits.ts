/** Every bound in one place, each with its reason. Sizes in bytes, times in milliseconds. */
export const limits = {
  /** A definition larger than this is a mistake or an attack; the largest real runbook is a tenth of it. */
  yamlBytesMax: 256 * 1024,
  yamlDepthMax: 32,
  /** Connecting and the whole exchange; shown on the screen while waiting. */
  connectMs: 15_000,
  exchangeMs: 60_000,
  /** A runaway answer ends here; no containment call needs more. */
  answerBytesMax: 8 * 1024 * 1024,
  redirectsMax: 3,
  /** Retries of 429 and 5xx inside one attempt. */
  retriesMax: 4,
  retryWaitMaxMs: 20_000,
  /** A request whose answer was lost may still be under way at the vendor for this long. */
  inFlightMs: 10_000,
  /** Evidence before destruction is tried for this long, then the thief is cut off anyway. */
  preserveMs: 60_000,
  /** A preview older than this is made again before anything runs. */
  previewMaxAgeMs: 5 * 60_000,
  evidenceBytesMax: 64 * 1024 * 1024,
  /** A private field's clear text, well under what SQLite and the screen can take. */
  textCharsMax: 20_000,
  /** Part of a definition kept in the public leaf, under the 65,535 bytes of a leaf. */
  planPartChars: 24_000,
  /** Poll of an accepted job before it is called unverified. */
  pollMs: 500,
  pollDeadlineMs: 30_000,
  contactStaleDays: 180,
  commandOutputBytesMax: 1024 * 1024,
  commandMs: 60_000,
  /** A private key in PEM form is a tenth of it. */
  secretBytesMax: 64 * 1024,
  passphraseCharsMin: 12,
  passphraseBytesMax: 4096,
} as const;
