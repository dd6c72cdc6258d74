import { z } from 'zod';
import type { ActionInput } from '../connector.ts';
import { pausing } from '../thing.ts';
import type { Thing } from '../thing.ts';
import { graph } from './api.ts';
import { appInput, enabledSchema, userInput } from './schema.ts';
import type { AppInput, UserInput } from './schema.ts';

/** What Entra ID can switch off and on again: a person's sign-in, an enterprise app. */

const state = z.object({ enabled: z.boolean() });
type Enabled = z.infer<typeof state>;

const signIn = <In extends ActionInput>(
  what: string,
  path: (input: In) => string,
  says: Thing<In, Enabled>['says'],
): Thing<In, Enabled> => ({
  vendor: graph,
  what,
  state,
  ask: (input) => ({ method: 'GET', path: path(input), query: { $select: 'id,accountEnabled' } }),
  of({ json }) {
    const { success, data } = enabledSchema.safeParse(json);
    return success ? { enabled: data.accountEnabled } : null;
  },
  isOff: ({ enabled }) => !enabled,
  off: () => ({ enabled: false }),
  turn: (to, input) => ({ method: 'PATCH', path: path(input), json: { accountEnabled: to.enabled } }),
  says,
});

export const blockSignIn = pausing<UserInput, Enabled>(
  signIn('the user', ({ user }) => `/v1.0/users/${user}`, {
    on: 'Entra shows the user’s account as enabled',
    off: 'Entra shows the user’s account as not enabled',
  }),
  {
    title: 'Block a user’s sign-in',
    confidence: 'unconfirmed',
    scopes: ['User.EnableDisableAccount.All and User.Read.All; for administrators a higher role'],
    secrets: ['token'],
    input: userInput,
    breaks: [
      'The person cannot sign in anywhere. Access tokens that are out work for up to an hour more, unless the app re-checks continuously: end the sessions as well.',
    ],
    byHand: {
      where: 'entra.microsoft.com > Users > the user > Properties > Settings',
      steps: [
        'Take away the tick at Account enabled',
        'Save',
        'Where users are synchronised from an Active Directory, disable the account there too, or it comes back',
      ],
      record: 'the user’s object id, the time, whether the account is synchronised',
    },
  },
);

export const pauseApp = pausing<AppInput, Enabled>(
  signIn('the enterprise app', ({ app }) => `/v1.0/servicePrincipals/${app}`, {
    on: 'Entra shows the app as enabled for sign-in',
    off: 'Entra shows the app as not enabled for sign-in',
  }),
  {
    title: 'Switch an enterprise app off',
    confidence: 'unconfirmed',
    scopes: ['Application.ReadWrite.All'],
    secrets: ['token'],
    input: appInput,
    breaks: [
      'Nobody can sign in to the app, and it gets no new tokens. Those that are out work for up to an hour more.',
    ],
    byHand: {
      where: 'entra.microsoft.com > Enterprise apps > the app > Properties',
      steps: ['Set Enabled for users to sign-in to No', 'Save', 'Reload and see that it says No'],
      record: 'the app’s object id, the time',
    },
  },
);
