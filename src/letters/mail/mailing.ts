import { z } from 'zod';
import { sha256Hex } from '../../base/hash.ts';
import { isMailAddress } from '../../base/mail-address.ts';
import { Problem } from '../../base/problem.ts';

/** A mailing as `letters merge` writes it in JSON Lines: what all of its letters have in common, and one letter a line. Pure. */

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const head = z.strictObject({
  schema: z.literal('firebreak.mailing/v1'),
  incident: z.string(),
  letter: z.string(),
  templates: z.record(z.string(), sha256),
  drill: z.boolean(),
});
export type MailingHead = Readonly<z.infer<typeof head>>;

const letter = z.strictObject({
  n: z.int().min(1),
  key: z.string().regex(/^[0-9a-f]{32}$/),
  id: z.string(),
  to: z.string().refine(isMailAddress, 'is no e-mail address'),
  name: z.string(),
  language: z.string(),
  subject: z.string().min(1),
  text: z.string().min(1),
  sha256,
});
export type MailLetter = Readonly<z.infer<typeof letter>>;

/** A line of a mailing has at most this many characters: a letter has a page or two. */
const LINE_MAX = 1 << 20;

/** The head alone. @throws Problem `invalid-file` */
export function headOf(file: string, pieces: Iterable<Uint8Array>): MailingHead {
  for (const line of linesOf(file, pieces, 0)) return parsed(head, line, file, 1);
  throw wrong(file, 1, 'the file is empty');
}

/** Which letters of a file: those that are `wanted` by number, in pieces that begin with the line of letter `from`. */
type Wanted = Readonly<{ from: number; wanted: (n: number) => boolean }>;

/**
 * The letters that are wanted, in their order. Nothing of the file is held but a line, and of others nothing is read but their end.
 * @throws Problem `invalid-file` with the line, for what is no mailing or has letters out of order
 */
export function* lettersOf(
  file: string,
  pieces: Iterable<Uint8Array>,
  { from, wanted }: Wanted,
): Generator<MailLetter, void> {
  let n = from;
  for (const line of linesOf(file, pieces, from)) {
    if (wanted(n)) yield letterIn(line, n, file);
    n += 1;
  }
}

const letterIn = (line: string, n: number, file: string): MailLetter => {
  const found = parsed(letter, line, file, n + 1);
  if (found.n !== n) throw wrong(file, n + 1, `letter ${found.n} stands where letter ${n} belongs`);
  if (sha256Hex(found.text) !== found.sha256)
    throw wrong(file, n + 1, 'its text is not what its sha256 says');
  return found;
};

/** `before`: so many lines of the file stand before these pieces. */
function* linesOf(file: string, pieces: Iterable<Uint8Array>, before: number): Generator<string, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let [rest, count] = ['', before];
  const decode = (piece?: Uint8Array): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch {
      throw wrong(file, count + 1, 'it is not UTF-8');
    }
  };
  for (const piece of pieces) {
    const lines = (rest + decode(piece)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LINE_MAX) throw wrong(file, count + lines.length + 1, 'the line does not end');
    for (const line of lines) {
      count += 1;
      yield line;
    }
  }
  if (rest + decode() !== '') throw wrong(file, count + 1, 'the last line is cut: the merge is not finished');
}

function parsed<T>(schema: z.ZodType<T>, line: string, file: string, at: number): T {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw wrong(file, at, 'it is no JSON');
  }
  const found = schema.safeParse(value);
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw wrong(
    file,
    at,
    `${issue?.path.join('.') ?? 'it'}: ${issue?.message ?? 'is not as a merge writes it'}`,
  );
}

const wrong = (file: string, line: number, why: string): Problem =>
  new Problem('invalid-file', { file, line: String(line), why });
