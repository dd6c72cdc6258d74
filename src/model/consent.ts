import { z } from 'zod';
import { id } from './fields.ts';

/** What a manager has consented to: one drill that nobody is told of before. */

const hour = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);

export const consentSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,80}$/),
  scenario: id,
  by: z.string().min(1).max(200),
  /** Who wrote it down. */
  recorded_by: z.string().max(64),
  recorded_at: z.number(),
  /** The last day on which it may begin, where the team is: `2026-12-31`. */
  until: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  /** Hours of the day in which it must not begin, where the team is; the end may lie on the next day. */
  not_between: z.strictObject({ from: hour, to: hour }).nullable(),
});
export type Consent = Readonly<z.infer<typeof consentSchema>>;

export const consentsSchema = z.strictObject({ v: z.literal(1), consents: z.array(consentSchema).max(1000) });

export type Hours = NonNullable<Consent['not_between']>;

/** `22:00-06:00`; null for anything else. */
export const parseHours = (text: string): Hours | null => {
  const [from = '', to = '', ...more] = text.split('-');
  const found = consentSchema.shape.not_between.safeParse({ from: from.trim(), to: to.trim() });
  return more.length > 0 || !found.success || found.data === null || from === to ? null : found.data;
};

/** `at` as `23:30`. Hours that end before they begin go over midnight. */
export const isWithin = ({ from, to }: Hours, at: string): boolean =>
  from < to ? at >= from && at < to : at >= from || at < to;
