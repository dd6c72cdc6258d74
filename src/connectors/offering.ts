import type { ZodType } from 'zod';

/** The parameters of an action for a listed thing; none where the action would not take them, so that no row is written that cannot run. */
export const offering = (
  input: ZodType,
  params: Readonly<Record<string, string>>,
): Readonly<{ params?: Readonly<Record<string, string>> }> =>
  input.safeParse(params).success ? { params } : {};
