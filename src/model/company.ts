import { z } from 'zod';
import { alertsSchema } from './alert.ts';
import { bulletinSchema } from './bulletin.ts';
import { anchorSchema } from './anchor.ts';
import { placeSchema } from './place.ts';
import { country, date, id, parameter, words } from './fields.ts';
import { parseSshKey } from '../base/sshsig.ts';
import { limits } from './limits.ts';
import { regulatedAs, roles } from './names.ts';
import { cadenceSchema } from './cadence.ts';
import { secretRefSchema } from './secret.ts';
import { backupSchema } from './backup.ts';
import { retentionSchema } from './retention.ts';
import { shipSchema } from './ship.ts';

/** `firebreak.yaml`: who the organisation is, which systems the tool reaches and where each secret comes from. */

const line = words(300);

export const instanceSchema = z.strictObject({
  uses: id.describe('the kind of connector: meta, github, slack, oauth, http, command'),
  title: line.optional(),
  base_url: z
    .url({ protocol: /^(https?|smtps?)$/ })
    .optional()
    .describe(
      'where it answers; a mail server as smtps://host:465, or as smtp://host:587 where TLS begins with STARTTLS',
    ),
  recipe: id.optional().describe('for http and command: the file connectors/<recipe>.yaml'),
  config: z.record(parameter, z.union([z.string(), z.number().int(), z.boolean()])).optional(),
  secrets: z.record(parameter, secretRefSchema).optional(),
  pace: z
    .strictObject({
      at_once: z.number().int().min(1).max(100).optional(),
      per_minute: z.number().int().min(1).max(100_000).optional(),
    })
    .optional()
    .describe('how many requests the system takes at the same time, and in a minute'),
});
export type Instance = Readonly<z.infer<typeof instanceSchema>>;

/** Who approves, signs; without a key a person can do everything but approve. */
const personSchema = z.strictObject({
  handle: id,
  name: line,
  roles: z.array(z.enum(roles)),
  joined: date.optional().describe('when this person came on call; the first drill follows soon after'),
  keys: z
    .array(
      z
        .string()
        .max(limits.sshKeyCharsMax)
        .refine((text) => parseSshKey(text) !== null, 'write a line of a .pub file: ssh-ed25519 AAAA...'),
    )
    .max(limits.sshKeysMax)
    .optional()
    .describe('SSH public keys that approvals are signed with, as in id_ed25519.pub'),
});

export const companySchema = z.strictObject({
  organisation: z.strictObject({
    name: line,
    legal_name: line.optional(),
    address: line.optional(),
    country: country.describe('main establishment'),
    zone: z.string().describe('IANA time zone, for example Europe/Dublin'),
    acts_as: z.enum(['controller', 'processor', 'both']),
    takes_cards: z.boolean(),
    sector: line.optional(),
    regulated_as: z
      .array(z.enum(regulatedAs))
      .optional()
      .describe('what special laws make of the company; each brings duties of its own'),
    holidays: z
      .strictObject({ add: z.array(date).optional(), remove: z.array(date).optional() })
      .optional()
      .describe(
        'days that your region adds to the public holidays of the country, or that do not count for you',
      ),
    authority: line.optional().describe('the data protection authority you report to'),
    dpo: id.optional().describe('a row of contacts.yaml'),
    acquirer: id.optional().describe('a row of contacts.yaml'),
    languages: z.array(z.string()).optional(),
  }),
  people: z
    .array(personSchema)
    .optional()
    .describe('handles stand in the public part of the journal, names in the sealed one'),
  connectors: z.record(id, instanceSchema),
  places: z
    .record(id, placeSchema)
    .optional()
    .describe('where a new credential is put, so that the service that needs it reads it'),
  anchors: z
    .record(id, anchorSchema)
    .optional()
    .describe(
      'where signed checkpoints of the journal are left, so that nobody can shorten or rewrite it later',
    ),
  ship: z
    .record(id, shipSchema)
    .optional()
    .describe('who is sent the journal as OCSF events while it grows; what is private stays here'),
  backup: backupSchema.optional(),
  alerts: alertsSchema.optional(),
  bulletin: bulletinSchema.optional(),
  pack_signers: z
    .array(words(2000))
    .optional()
    .describe('whose runbook packs count as signed: lines as in allowed_signers of OpenSSH'),
  drills: cadenceSchema.optional(),
  retention: retentionSchema.optional(),
  terminal: z
    .strictObject({
      lock_minutes: z
        .number()
        .int()
        .min(0)
        .max(1440)
        .describe('minutes without a key until what is private is hidden; 0: never'),
    })
    .optional(),
});
export type Company = Readonly<z.infer<typeof companySchema>>;
