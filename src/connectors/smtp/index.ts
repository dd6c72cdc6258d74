import { z } from 'zod';
import { isMailAddress } from '../../base/mail-address.ts';
import { isProblem } from '../../base/problem.ts';
import { MailError } from '../../io/mail.ts';
import type { Connector, Delivery, Health, Outside } from '../connector.ts';
import { serverAt } from './address.ts';

const config = z.strictObject({
  from: z
    .string()
    .refine(isMailAddress, 'is no e-mail address')
    .describe('the address that letters come from; answers and what comes back arrive there'),
  from_name: z
    .string()
    .max(200)
    .exactOptional()
    .describe('the name beside it; else the legal name of the company'),
  user: z.string().min(1).exactOptional().describe('the account; without it nobody is logged in'),
  ca: z
    .string()
    .min(1)
    .exactOptional()
    .describe('a PEM file of authorities that are trusted beside those of the system'),
});

const textIn = (settings: Outside['config'], name: string): string | null => {
  const found = settings[name];
  return typeof found === 'string' ? found : null;
};

const deliver: Delivery = {
  from: (settings) => ({ address: textIn(settings, 'from') ?? '', name: textIn(settings, 'from_name') }),
  open: async (outside) => {
    const user = textIn(outside.config, 'user');
    return await outside.mail.connect({
      ...serverAt(outside.baseUrl),
      caFile: textIn(outside.config, 'ca'),
      login: user === null ? null : { user, password: await outside.secret('password') },
    });
  },
};

/** As far as it can be tried without a letter: the connection, its security, the account. */
const health = async (outside: Outside): Promise<Health> => {
  try {
    const line = await deliver.open(outside);
    line.close();
    const { host, security } = serverAt(outside.baseUrl);
    const account =
      textIn(outside.config, 'user') === null ? 'nobody is logged in' : 'the account is accepted';
    return {
      ok: true,
      detail: `${host} answers (${security}), ${account}; whether it takes a letter, the seed shows`,
    };
  } catch (error) {
    if (error instanceof MailError || isProblem(error)) return { ok: false, detail: error.message };
    throw error;
  }
};

/**
 * A mail server. It offers no action, because letters leave only as merged, released and approved mailings (`letters send`): nothing
 * in a runbook can send one. Sending is of class D: a letter whose answer was lost is never sent again by the tool.
 */
export const connector: Connector = {
  title: 'Mail server (SMTP)',
  baseUrl: null,
  config,
  secrets: { password: 'of the account that may send in the name of the company' },
  actions: {},
  deliver,
  health,
  simulator: null,
};
