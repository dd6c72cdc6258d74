import { z } from 'zod';
import type { ActionInput } from '../connector.ts';
import { flag, pausing } from '../thing.ts';
import type { Thing } from '../thing.ts';
import { admin, accountPath, iam, userPath } from './api.ts';
import { accountInput, disabledSchema, keyInput, suspendedSchema, userInput } from './schema.ts';
import type { AccountInput, KeyInput, UserInput } from './schema.ts';

/** What Google can switch off and on again: a person, a service account, one of its keys. */

export const suspendUser = pausing<UserInput, z.infer<typeof suspendedSchema>>(
  flag<UserInput, z.infer<typeof suspendedSchema>>({
    vendor: admin,
    what: 'the user',
    path: ({ user }) => userPath(user),
    state: suspendedSchema,
    off: { suspended: true },
    method: 'PATCH',
    says: { on: 'Google shows the user as not suspended', off: 'Google shows the user as suspended' },
  }),
  {
    title: 'Suspend a user',
    confidence: 'confirmed',
    scopes: ['https://www.googleapis.com/auth/admin.directory.user'],
    secrets: ['token'],
    input: userInput,
    breaks: [
      'The person is signed out and cannot sign in; mail to them bounces and invitations stop. Data stays. An administrator above us cannot be suspended.',
    ],
    byHand: {
      where: 'admin.google.com > Directory > Users > the user',
      steps: ['Press Suspend user', 'Confirm', 'Reload: the page says that the user is suspended'],
      record: 'the user’s address, the time',
    },
  },
);

const disabled = z.object({ disabled: z.boolean() });
type Disabled = z.infer<typeof disabled>;

const switchOf = <In extends ActionInput>(
  what: string,
  path: (input: In, rest?: string) => string,
): Thing<In, Disabled> => ({
  vendor: iam,
  what,
  state: disabled,
  ask: (input) => ({ method: 'GET', path: path(input) }),
  of({ json }) {
    const { success, data } = disabledSchema.safeParse(json);
    return success ? { disabled: data.disabled } : null;
  },
  isOff: (state) => state.disabled,
  off: () => ({ disabled: true }),
  turn: (to, input) => ({
    method: 'POST',
    path: path(input, to.disabled ? ':disable' : ':enable'),
    json: {},
  }),
  says: { on: `Google shows ${what} as not disabled`, off: `Google shows ${what} as disabled` },
});

const CLOUD = ['https://www.googleapis.com/auth/cloud-platform'];

export const disableKey = pausing<KeyInput, Disabled>(
  switchOf('the key', ({ account, key }, rest) => `${accountPath(account, `/keys/${key}`)}${rest ?? ''}`),
  {
    title: 'Disable a key of a service account',
    confidence: 'confirmed',
    scopes: [...CLOUD, 'iam.serviceAccountKeys.disable'],
    secrets: ['token'],
    input: keyInput,
    breaks: [
      'Whatever signs in with this key gets no new tokens; those that are out work for up to an hour more.',
    ],
    byHand: {
      where: 'console.cloud.google.com > IAM & Admin > Service Accounts > the account > Keys',
      steps: ['Find the key by its id', 'Choose Disable in its menu', 'Reload: it says Disabled'],
      record: 'the account and the key’s id, the time',
    },
  },
);

export const disableAccount = pausing<AccountInput, Disabled>(
  switchOf('the service account', ({ account }, rest) => accountPath(account, rest)),
  {
    title: 'Disable a service account',
    confidence: 'confirmed',
    scopes: [...CLOUD, 'iam.serviceAccounts.disable'],
    secrets: ['token'],
    input: accountInput,
    breaks: [
      'Everything that runs as this account is refused, whatever key it uses. Give it a minute; tokens that are out may work for up to an hour.',
    ],
    byHand: {
      where: 'console.cloud.google.com > IAM & Admin > Service Accounts',
      steps: ['Open the account', 'Press Disable service account', 'Reload: its status says Disabled'],
      record: 'the account’s address, the time',
    },
  },
);
