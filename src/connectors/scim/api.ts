import type { Json } from '../../base/canonical.ts';
import type { Outcome } from '../../model/action.ts';
import { refused } from '../call.ts';
import type { CallAnswer } from '../call.ts';
import type { Outside } from '../connector.ts';
import { cut } from '../several.ts';
import { bearer, vendor } from '../vendor.ts';
import { errorSchema, metaSchema } from './schema.ts';

/** How SCIM is spoken: its own media type, and errors with a detail. */

const SCIM = 'application/scim+json';

const meaning = (answer: CallAnswer, what: string): Outcome => {
  const outcome = refused(answer, what);
  const { success, data } = errorSchema.safeParse(answer.json);
  const words = success ? `${data.scimType} ${data.detail}`.trim() : '';
  return words === '' ? outcome : { ...outcome, detail: `${outcome.detail} "${cut(words)}"` };
};

export const scim = vendor(
  async (outside) => ({ ...(await bearer(outside, 'token')), accept: SCIM }),
  meaning,
);

/** The version of what was read, for `If-Match`; null where the provider keeps none. */
export const versionOf = (answer: CallAnswer): string | null =>
  answer.headers.get('etag') ?? metaSchema.safeParse(answer.json).data?.meta?.version ?? null;

/** The one operation that is sent, in the dialect of the provider. */
const operation = (active: boolean, outside: Outside): Json => {
  const { dialect } = outside.config;
  if (dialect === 'object') return { op: 'replace', value: { active } };
  const value = dialect === 'text' ? (active ? 'True' : 'False') : active;
  return { op: 'replace', path: 'active', value };
};

export const patchOf = (active: boolean, outside: Outside): Json => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [operation(active, outside)],
});

export const PATCH_HEADERS = { 'content-type': SCIM } as const;
