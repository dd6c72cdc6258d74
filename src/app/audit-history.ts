import { join } from 'node:path';
import { z } from 'zod';
import { sha256Hex, utf8 } from '../base/hash.ts';
import { Problem } from '../base/problem.ts';
import { limits } from '../model/limits.ts';
import { severities } from '../model/names.ts';
import type { Base } from './base.ts';

/** What earlier audits found and what people answered, in the data folder: one file for each workspace. */

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const kept = z.object({
  rule: z.string(),
  subject: z.string(),
  found: z.string(),
  severity: z.enum(severities),
});
const historySchema = z.object({
  past: z.array(z.object({ date, by: z.string(), findings: z.array(kept), notAsked: z.array(z.string()) })),
  answers: z.array(
    z.object({
      id: z.string(),
      answer: z.enum(['yes', 'no', 'unknown']),
      date,
      by: z.string(),
      note: z.string(),
    }),
  ),
});
export type History = Readonly<z.infer<typeof historySchema>>;

const nothing: History = { past: [], answers: [] };

const placeOf = ({ home, workspace }: Base): Readonly<{ folder: string; file: string }> => {
  const folder = join(home, 'audit');
  return { folder, file: join(folder, `${sha256Hex(workspace ?? '').slice(0, 16)}.json`) };
};

/** @throws Problem `invalid-file`: a history that cannot be read is never taken for none */
export const readHistory = (base: Base): History => {
  const { file } = placeOf(base);
  if (!base.files.exists(file)) return nothing;
  const refuse = (): Problem =>
    new Problem('invalid-file', {
      file,
      why: 'it is not a history of audits; put it aside to begin a new one',
    });
  try {
    return historySchema.parse(JSON.parse(base.files.readPrivate(file, limits.auditBytesMax)));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) throw refuse();
    throw error;
  }
};

/** The newest ones that find room: what can be written can be read again, or no audit would ever be made any more. */
const fitting = (past: History['past'], bytes: number): History['past'] => {
  let left = bytes;
  const from = past.findLastIndex((one) => (left -= utf8(JSON.stringify(one)).length) < 0);
  return past.slice(from + 1);
};

/** Years of quarters, and of answers: what is older says nothing about tonight. */
export const keepHistory = (base: Base, { past, answers }: History): void => {
  const { folder, file } = placeOf(base);
  base.files.privateDir(folder);
  const whole: History = {
    past: fitting(past.slice(-limits.auditsKept), limits.auditPastBytesMax),
    answers: answers.slice(-limits.auditAnswersKept),
  };
  base.files.writeAtomic(file, `${JSON.stringify(whole)}\n`);
};
