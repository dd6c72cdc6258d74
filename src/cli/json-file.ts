import { isAbsolute, join } from 'node:path';
import { parseJson } from '../base/json.ts';
import { Problem } from '../base/problem.ts';
import { limits } from '../model/limits.ts';
import type { Context } from './context.ts';

/** What a calculator is given: a file, or `-` for standard input. @throws Problem `invalid-file` where it is not JSON. */
export async function readJsonFile(
  { world: { environment, files } }: Context,
  file: string,
): Promise<unknown> {
  const path = isAbsolute(file) ? file : join(environment.cwd, file);
  const text =
    file === '-'
      ? await environment.stdin.readAll(limits.answerBytesMax)
      : files.readText(path, limits.answerBytesMax);
  try {
    return parseJson(text);
  } catch (cause) {
    throw new Problem(
      'invalid-file',
      {
        file,
        why: `it is not JSON that can be read in one way: ${cause instanceof Error ? cause.message : ''}`,
      },
      cause,
    );
  }
}

export const isRecord = (found: unknown): found is Readonly<Record<string, unknown>> =>
  typeof found === 'object' && found !== null && !Array.isArray(found);
