import { z } from 'zod';
import { secretRefSchema } from './secret.ts';
import { id } from './fields.ts';

/** Where a signed checkpoint is left, out of reach of whoever has this machine. Each form is known by the key it carries. */

const url = z.url({ protocol: /^https?$/ });
const path = z.string().min(1);

export const anchorSchema = z.union([
  z.strictObject({
    slack: id.describe('a connector of the kind slack'),
    channel: z.string().min(1).describe('the channel of the incident: its id, or its name with #'),
  }),
  z.strictObject({
    timestamp: url.describe('the address of an RFC 3161 time stamping authority'),
    ca: path.optional().describe('PEM file of the authority that must have issued its certificate'),
  }),
  z.strictObject({
    syslog: z.string().min(1).describe('host of a syslog server that takes TLS (RFC 5425)'),
    port: z.int().min(1).max(65_535).optional().describe('6514 where nothing is said'),
    ca: path.optional().describe('PEM file of the authority that issued the server’s certificate'),
    cert: path.optional().describe('PEM file of our own certificate, where the server wants one'),
    key: secretRefSchema.optional().describe('its private key'),
  }),
  z.strictObject({ folder: path.describe('a folder on another machine, as it is mounted here') }),
  z.strictObject({
    put: url.describe(
      'where objects are put and read back: https://bucket.s3.eu-west-1.amazonaws.com/firebreak',
    ),
    region: z
      .string()
      .min(1)
      .optional()
      .describe('with an access key: the region that requests are signed for'),
    access_key: secretRefSchema.optional(),
    secret_key: secretRefSchema.optional(),
    authorization: secretRefSchema.optional().describe('the whole Authorization header, for what is not S3'),
  }),
  z.strictObject({
    cosigner: z
      .string()
      .regex(
        /^[^+\s]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+$/,
        'the key that `firebreak journal cosign --key` prints',
      )
      .describe('the key of a second responder’s firebreak'),
  }),
]);

export type Anchor = Readonly<z.infer<typeof anchorSchema>>;

export const anchorKinds = ['slack', 'timestamp', 'syslog', 'folder', 'put', 'cosigner'] as const;
export type AnchorKind = (typeof anchorKinds)[number];

export const kindOf = (anchor: Anchor): AnchorKind => {
  const found = anchorKinds.find((kind) => Object.hasOwn(anchor, kind));
  // The schema gives every form its key.
  return found ?? 'folder';
};

/** What went wrong with an anchor, in a word that says what to look at. */
export const anchorFaults = ['unreachable', 'refused', 'not-configured', 'not-read-back', 'differs'] as const;
export type AnchorFault = (typeof anchorFaults)[number];
