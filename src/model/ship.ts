import { z } from 'zod';
import type { EventKind } from './event.ts';
import { privateFields } from './private-fields.ts';
import { secretRefSchema } from './secret.ts';

/** Where the journal is sent as it grows, entry by entry, for whoever watches all systems at once. Each form is known by its key. */

const path = z.string().min(1);

/** What a leaked credential is sealed in goes nowhere, whatever a policy says. */
const NEVER: ReadonlySet<string> = new Set(['credential.given.secret']);

/** Private fields by the name that a policy names them by: `note.added.text`. */
const shippableFields: readonly string[] = Object.entries(privateFields)
  .flatMap(([kind, names]) => names.map((name) => `${kind}.${name}`))
  .filter((name) => !NEVER.has(name));

export const fieldName = (kind: EventKind, name: string): string => `${kind}.${name}`;

const fields = z
  .array(z.enum(shippableFields))
  .optional()
  .describe('private fields that may leave in clear, as note.added.text; without a word none does');

const inClear = /^http:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])([:/]|$)/;

export const shipSchema = z.union([
  z.strictObject({
    https: z
      .url({ protocol: /^https?$/ })
      .refine((url) => url.startsWith('https:') || inClear.test(url), 'events go over https')
      .describe('where events are posted, a line of JSON each'),
    authorization: secretRefSchema.optional().describe('the whole Authorization header'),
    fields,
  }),
  z.strictObject({
    syslog: z.string().min(1).describe('host of a syslog server that takes TLS (RFC 5425)'),
    port: z.int().min(1).max(65_535).optional().describe('6514 where nothing is said'),
    ca: path.optional().describe('PEM file of the authority that issued the server’s certificate'),
    cert: path.optional().describe('PEM file of our own certificate, where the server wants one'),
    key: secretRefSchema.optional().describe('its private key'),
    fields,
  }),
  z.strictObject({
    folder: path.describe('a folder that a collector reads: one file of JSON lines for each lot of events'),
    fields,
  }),
]);

export type Ship = Readonly<z.infer<typeof shipSchema>>;

export const shipKinds = ['https', 'syslog', 'folder'] as const;
export type ShipKind = (typeof shipKinds)[number];

export const shipKindOf = (ship: Ship): ShipKind =>
  // The schema gives every form its key.
  shipKinds.find((kind) => Object.hasOwn(ship, kind)) ?? 'folder';

/** Why a lot of events did not arrive, in a word that says what to look at. */
export const shipFaults = ['unreachable', 'refused', 'slow', 'not-configured'] as const;
export type ShipFault = (typeof shipFaults)[number];
