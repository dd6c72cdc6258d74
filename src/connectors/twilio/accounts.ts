import { z } from 'zod';
import { pausing } from '../thing.ts';
import type { Thing } from '../thing.ts';
import { cut } from '../several.ts';
import { twilio } from './api.ts';
import { accountSchema, subaccountInput } from './schema.ts';
import type { SubaccountInput } from './schema.ts';

/** A subaccount as a whole: everything in it stands still, its numbers stay. */

const state = z.object({ status: z.string(), name: z.string() });

const subaccount: Thing<SubaccountInput, z.infer<typeof state>> = {
  vendor: twilio,
  what: 'the subaccount',
  state,
  ask: ({ subaccount: sid }) => ({ method: 'GET', path: `/2010-04-01/Accounts/${sid}.json` }),
  // The answer holds the subaccount's Auth Token too: nothing but these two is taken from it.
  of({ json }) {
    const { success, data } = accountSchema.safeParse(json);
    return success ? { status: data.status, name: cut(data.friendly_name, 80) } : null;
  },
  isOff: ({ status }) => status === 'suspended' || status === 'closed',
  // Never "closed": that is for ever.
  off: (before) => ({ ...before, status: 'suspended' }),
  turn: ({ status }, { subaccount: sid }) => ({
    method: 'POST',
    path: `/2010-04-01/Accounts/${sid}.json`,
    form: { Status: status === 'suspended' ? 'suspended' : 'active' },
  }),
  shows: ({ json }, to) => accountSchema.safeParse(json).data?.status === to.status,
  remarks: ({ name }) => [`it is called ${name}`],
  says: { on: 'Twilio shows the subaccount as active', off: 'Twilio shows the subaccount as suspended' },
};

export const suspendSubaccount = pausing<SubaccountInput, z.infer<typeof state>>(subaccount, {
  title: 'Suspend a subaccount',
  confidence: 'confirmed',
  scopes: ['the main account’s credentials; a subaccount cannot suspend itself'],
  secrets: ['password'],
  input: subaccountInput,
  breaks: [
    'Calls, messages and every API request of this subaccount stop at once. What is queued fails (30002); its numbers are kept.',
  ],
  byHand: {
    where: 'console.twilio.com > Account > Subaccounts',
    steps: [
      'Open the subaccount with this SID',
      'Choose Suspend; never Close, which is for ever',
      'Reload and see that it is shown as suspended',
    ],
    record: 'the subaccount’s SID, whether it was active before, the time',
  },
});
