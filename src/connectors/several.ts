import type { Json } from '../base/canonical.ts';
import type { Call, Outcome, Proof, Result } from '../model/action.ts';
import type { CallRequest } from './call.ts';

/** What the connectors share that act on several credentials at once: how they are shown, and one answer for all of them. */

/** Stands in for a secret in everything that is shown. */
export const HIDDEN = '[secret]';

/** Foreign text that goes into an outcome: cut, because an answer may be eight megabytes. Escaping is the sink's work. */
export const cut = (text: string, max = 200): string =>
  text.length <= max ? text : `${text.slice(0, max)}...`;

/** One request as a preview shows it. The request must already carry `HIDDEN` where a secret will be. */
export const shown = (baseUrl: string, request: CallRequest, note?: string): Call => {
  const url = new URL(baseUrl.replace(/\/$/, '') + request.path);
  for (const [key, value] of Object.entries(request.query ?? {})) url.searchParams.set(key, value);
  const form = request.form === undefined ? undefined : new URLSearchParams(request.form).toString();
  const body = request.json === undefined ? form : JSON.stringify(request.json);
  const clear = (text: string): string => text.replaceAll(encodeURIComponent(HIDDEN), HIDDEN);
  return {
    method: request.method,
    url: clear(url.href),
    ...(body === undefined ? {} : { body: clear(body) }),
    ...(note === undefined ? {} : { note }),
  };
};

/** "credential 2 of 3": a suspect is never named by any part of its value. */
export const ordinal = (index: number, count: number): string =>
  count === 1 ? 'the credential' : `credential ${index + 1} of ${count}`;

/** The most worrying first: it names the whole. */
const worst: readonly Result[] = [
  'unknown',
  'failed',
  'forbidden',
  'not-supported',
  'accepted',
  'done',
  'already',
];

/** One outcome for several credentials: the worst result, every sentence, and the receipts in the order given. */
export const joined = (outcomes: readonly Outcome[], notes: readonly string[] = []): Outcome => {
  const deciding = outcomes.toSorted((a, b) => worst.indexOf(a.result) - worst.indexOf(b.result))[0];
  if (deciding === undefined)
    return { result: 'failed', detail: 'no credential was given, so nothing was sent' };
  const receipts: readonly Json[] = outcomes.map((one) => one.receipt ?? null);
  return {
    ...deciding,
    detail: [...outcomes.map((one) => one.detail), ...notes].join('; '),
    receipt: { credentials: receipts },
  };
};

/** Proved only when every single one is; refuted as soon as one still works. */
export const allProved = (proofs: readonly Proof[]): Proof => {
  const deciding =
    proofs.find((one) => one.is === 'refuted') ?? proofs.find((one) => one.is === 'unproved') ?? proofs[0];
  if (deciding === undefined)
    return { is: 'unproved', how: 'no credential was given, so there is nothing to ask with' };
  return { ...deciding, how: proofs.map((one) => one.how).join('; ') };
};
