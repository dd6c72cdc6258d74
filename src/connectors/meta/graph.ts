import { z } from 'zod';
import { isProblem } from '../../base/problem.ts';
import { Secret } from '../../io/secrets.ts';
import type { Outcome, Proof } from '../../model/action.ts';
import { call, ofFirstTry, refused } from '../call.ts';
import type { CallAnswer, CallRequest } from '../call.ts';
import type { Outside } from '../connector.ts';
import { cut } from '../several.ts';

/** How the Graph API is spoken to, and how its refusals read: HTTP says little, `error.code` says what it is. */

const envelope = z.object({
  error: z.object({
    code: z.number(),
    message: z.string().default(''),
    error_subcode: z.number().optional(),
  }),
});
export type GraphError = Readonly<{ code: number; message: string; subcode: number | null }>;

export const graphError = (answer: CallAnswer): GraphError | null => {
  const found = envelope.safeParse(answer.json);
  if (!found.success) return null;
  const { code, message, error_subcode: subcode = null } = found.data.error;
  return { code, message: cut(message), subcode };
};

/** The path of a Graph node under the configured version. */
export const node = (outside: Outside, path: string): string =>
  `/${String(outside.config['graph_version'] ?? 'v23.0')}${path}`;

export const appId = (outside: Outside): string => String(outside.config['app_id'] ?? '');

export const graph = async (outside: Outside, token: Secret, request: CallRequest): Promise<CallAnswer> =>
  await call(outside, { ...request, headers: { authorization: `Bearer ${token.use()}` } });

/** The app's own token: it may look into every token of the app, and outlives the tool's system-user token. */
export const appToken = async (outside: Outside): Promise<Secret> =>
  new Secret(`${appId(outside)}|${(await outside.secret('app_secret')).use()}`);

/** A secret that is nice to have; null where the workspace does not name it. */
export const optionalSecret = async (outside: Outside, name: string): Promise<Secret | null> => {
  try {
    return await outside.secret(name);
  } catch (error) {
    if (isProblem(error) && error.code === 'missing-secret') return null;
    throw error;
  }
};

/** Rate limits of the app (4), the user (17) and the WhatsApp account (80007). */
const throttled = new Set([4, 17, 80_007]);
/** Missing permission: 10 and 200 to 299; 190 is a token that is no longer valid. */
const forbidden = (code: number): boolean => code === 10 || code === 190 || (code >= 200 && code <= 299);

/** Under code 100: what does not exist, or belongs to a business that this token may not see. */
const NOT_SEEN = 33;

const said = (answer: CallAnswer, what: string): string => {
  const error = graphError(answer);
  return error === null
    ? `${what}: answered ${answer.status}`
    : `${what}: answered ${answer.status}, code ${error.code}, "${error.message}"`;
};

/** What a refusal of a changing call means. */
export const refusal = (answer: CallAnswer, what: string): Outcome =>
  ofFirstTry(answer, refusalOf(answer, what));

const refusalOf = (answer: CallAnswer, what: string): Outcome => {
  const plain = refused(answer, what);
  const error = graphError(answer);
  if (error === null || answer.status >= 500) return plain;
  const detail = said(answer, what);
  if (throttled.has(error.code))
    return { result: 'failed', detail, http: answer.status, retryAfterMs: 60_000 };
  if (error.code === 190) return { result: 'forbidden', detail, http: answer.status, cause: 'credential' };
  const foreign = error.subcode === NOT_SEEN;
  const cause: Pick<Outcome, 'cause'> = foreign ? { cause: 'organisation' } : {};
  return { result: forbidden(error.code) ? 'forbidden' : 'failed', detail, http: answer.status, ...cause };
};

export const unanswered = (answer: CallAnswer, what: string): Proof => ({
  is: 'unproved',
  how: said(answer, what),
  http: answer.status,
});

/** `{success: true}` of a changing call; anything else with status 200 was not what the vendor describes. */
export const succeeded = (answer: CallAnswer): boolean =>
  answer.status === 200 && z.object({ success: z.literal(true) }).safeParse(answer.json).success;

/** Whether a list ends with this answer: what is not on one page of it may stand on the next. */
export const endsHere = ({ json }: Pick<CallAnswer, 'json'>): boolean =>
  z.object({ paging: z.object({ next: z.string() }) }).safeParse(json).success === false;

export const cutShort = (what: string): Outcome => ({
  result: 'failed',
  detail: `${what}: the list goes on, and what is looked for is not on its first page`,
  http: 200,
});

export const ok = (answer: CallAnswer): boolean =>
  answer.status === 200 && answer.json !== null && graphError(answer) === null;

/** A numeric id of the Graph; YAML may have read it as a number. */
export const graphId = (what: string): z.ZodType<string> =>
  z
    .union([z.string(), z.number()])
    .transform(String)
    .pipe(z.string().regex(/^\d{3,25}$/, 'write the number that Meta shows'))
    .describe(what);
