import type { Outcome } from '../../model/action.ts';
import { refused } from '../call.ts';
import type { CallAnswer } from '../call.ts';
import { cut } from '../several.ts';
import { bearer, vendor } from '../vendor.ts';
import { errorSchema } from './schema.ts';

/** How SendGrid is spoken to: a key in the header, errors as a list of sentences. */

const meaning = (answer: CallAnswer, what: string): Outcome => {
  const found = errorSchema.safeParse(answer.json);
  const outcome = refused(answer, what);
  const message = found.data?.errors[0]?.message ?? '';
  return message === '' ? outcome : { ...outcome, detail: `${outcome.detail} "${cut(message)}"` };
};

const plain = vendor(async (outside) => await bearer(outside, 'api_key'), meaning);

export const sendgrid: typeof plain = {
  ...plain,
  // Accounts kept in the EU answer at a host of their own.
  ask: async (outside, request) =>
    await plain.ask(
      outside.config['region'] === 'eu' && outside.baseUrl === 'https://api.sendgrid.com'
        ? { ...outside, baseUrl: 'https://api.eu.sendgrid.com' }
        : outside,
      request,
    ),
};
