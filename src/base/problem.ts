/**
 * Something a person must act on. It carries a code and the facts; the sentence and the next step live in one place
 * (`app/trouble.ts`), so that the same trouble reads the same on every screen, and the exit code in `cli/failure.ts`.
 */
export const problemCodes = [
  'usage',
  'invalid-file',
  'missing-secret',
  'not-authorised',
  'remote-failed',
  'outcome-unknown',
  'needs-confirmation',
  'overdue',
  'drill-overdue',
  'journal-broken',
  'not-found',
  'letter-refused',
  'plan-changed',
  'drill-not-passed',
  'drill-unmapped',
  'letter-not-released',
  'list-unreadable',
  'storage-full',
  'storage-locked',
  'storage-read-only',
  'storage-network',
  'storage-io',
  'output-lost',
  'several-incidents',
  'no-incident',
  'incident-closed',
  'engine-held',
  'handed-over',
  'step-not-ready',
  'not-installed',
  'wall',
  'sealed',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

export class Problem extends Error {
  readonly code: ProblemCode;
  readonly facts: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, facts: Readonly<Record<string, string>> = {}, cause?: unknown) {
    super(
      `${code}: ${Object.entries(facts)
        .map(([key, value]) => `${key}=${value}`)
        .join(' ')}`,
      { cause },
    );
    this.name = 'Problem';
    this.code = code;
    this.facts = facts;
  }
}

export const isProblem = (error: unknown): error is Problem => error instanceof Problem;

/** One fault in a file a person wrote: always all of them, never the first alone. Lines and columns count from 1. */
export type Issue = Readonly<{
  rule: string;
  severity: 'error' | 'warning';
  file: string;
  line: number;
  col: number;
  message: string;
  hint?: string;
  /** The line it stands on, to be shown with a caret; left out where it could hold a secret. */
  source?: string;
  /** A word that can only have been meant as another one, so that a program may put it right. */
  fix?: Readonly<{ from: string; to: string }>;
}>;
