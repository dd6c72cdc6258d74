import { z } from 'zod';
import type { ActionInput } from '../connector.ts';
import { pausing } from '../thing.ts';
import type { Said, Thing } from '../thing.ts';
import { rowsOf, under } from '../vendor.ts';
import { okta } from './api.ts';
import { appInput, hookInput, secretInput, thingSchema, userInput } from './schema.ts';
import type { AppInput, HookInput, SecretInput, UserInput } from './schema.ts';

/** What Okta switches by its life cycle: one path for on, one for off, and a status to read. */

const state = z.object({ status: z.string() });
type State = z.infer<typeof state>;

type Cycle<In extends ActionInput> = Readonly<{
  what: string;
  /** Where it is read: itself, or a list that holds it where it cannot be read alone. */
  read: (input: In) => string;
  path: (input: In) => string;
  id: (input: In) => string;
  off: Readonly<{ status: string; verb: string }>;
  on: Readonly<{ verb: string }>;
}>;

const cycle = <In extends ActionInput>(one: Cycle<In>): Thing<In, State> => ({
  vendor: okta,
  what: one.what,
  state,
  ask: (input) => ({ method: 'GET', path: one.read(input) }),
  of({ json }, input) {
    const row = Array.isArray(json) ? rowsOf(json).find((each) => under(each, 'id') === one.id(input)) : json;
    const { success, data } = thingSchema.safeParse(row);
    return success ? { status: data.status } : null;
  },
  isOff: ({ status }) => status === one.off.status,
  off: () => ({ status: one.off.status }),
  turn: ({ status }, input) => ({
    method: 'POST',
    path: `${one.path(input)}/lifecycle/${status === one.off.status ? one.off.verb : one.on.verb}`,
  }),
  says: { on: `Okta shows ${one.what} as not off`, off: `Okta shows ${one.what} as ${one.off.status}` },
});

const INACTIVE = { off: { status: 'INACTIVE', verb: 'deactivate' }, on: { verb: 'activate' } } as const;

type Words<In extends ActionInput> = Pick<Said<In>, 'title' | 'scopes' | 'breaks' | 'byHand' | 'input'>;

const lifecycle = <In extends ActionInput>(one: Cycle<In>, words: Words<In>) =>
  pausing<In, State>(cycle(one), { ...words, confidence: 'confirmed', secrets: ['token'] });

export const suspendUser = lifecycle<UserInput>(
  {
    what: 'the user',
    read: ({ user }) => `/api/v1/users/${user}`,
    path: ({ user }) => `/api/v1/users/${user}`,
    id: ({ user }) => user,
    off: { status: 'SUSPENDED', verb: 'suspend' },
    on: { verb: 'unsuspend' },
  },
  {
    title: 'Suspend a user',
    scopes: ['okta.users.manage'],
    input: userInput,
    breaks: [
      'The person cannot sign in to Okta or through it; groups and apps stay assigned. Sessions that apps keep themselves go on until they end there.',
    ],
    byHand: {
      where: 'Okta Admin Console > Directory > People',
      steps: [
        'Open the person and see that the status is Active',
        'More Actions > Suspend; never Deactivate, which takes all apps away',
        'Reload and see the status Suspended',
      ],
      record: 'the person’s Okta id, the status before, the time',
    },
  },
);

export const deactivateApp = lifecycle<AppInput>(
  {
    what: 'the app',
    read: ({ app }) => `/api/v1/apps/${app}`,
    path: ({ app }) => `/api/v1/apps/${app}`,
    id: ({ app }) => app,
    ...INACTIVE,
  },
  {
    title: 'Deactivate an app',
    scopes: ['okta.apps.manage'],
    input: appInput,
    breaks: [
      'Nobody can sign in to this app through Okta, and its own access to Okta’s API ends. Activated again, Okta goes through its group assignments anew.',
    ],
    byHand: {
      where: 'Okta Admin Console > Applications',
      steps: ['Open the app', 'Choose Deactivate at its status', 'Reload and see Inactive'],
      record: 'the app’s id, whether it was active before, the time',
    },
  },
);

export const pauseEventHook = lifecycle<HookInput>(
  {
    what: 'the event hook',
    read: ({ hook }) => `/api/v1/eventHooks/${hook}`,
    path: ({ hook }) => `/api/v1/eventHooks/${hook}`,
    id: ({ hook }) => hook,
    ...INACTIVE,
  },
  {
    title: 'Switch an event hook off',
    scopes: ['okta.eventHooks.manage'],
    input: hookInput,
    breaks: ['Okta sends no more events to its receiver; what happens meanwhile is not sent later.'],
    byHand: {
      where: 'Okta Admin Console > Workflow > Event Hooks',
      steps: ['Find the hook', 'Actions > Deactivate', 'Reload and see Inactive'],
      record: 'the hook’s id, whether it was active before, the time',
    },
  },
);

export const pauseInlineHook = lifecycle<HookInput>(
  {
    what: 'the inline hook',
    read: () => '/api/v1/inlineHooks',
    path: ({ hook }) => `/api/v1/inlineHooks/${hook}`,
    id: ({ hook }) => hook,
    ...INACTIVE,
  },
  {
    title: 'Switch an inline hook off',
    scopes: ['okta.inlineHooks.manage'],
    input: hookInput,
    breaks: [
      'Signing in, registering or the claims of tokens go on without what the hook adds or refuses: look at what it is for before it is switched off.',
    ],
    byHand: {
      where: 'Okta Admin Console > Workflow > Inline Hooks',
      steps: ['Find the hook and write down its type', 'Actions > Deactivate', 'Reload and see Inactive'],
      record: 'the hook’s id and type, whether it was active before, the time',
    },
  },
);

export const pauseSecret = lifecycle<SecretInput>(
  {
    what: 'the client secret',
    read: ({ app }) => `/api/v1/apps/${app}/credentials/secrets`,
    path: ({ app, secret }) => `/api/v1/apps/${app}/credentials/secrets/${secret}`,
    id: ({ secret }) => secret,
    ...INACTIVE,
  },
  {
    title: 'Switch an app’s client secret off',
    scopes: ['okta.apps.manage'],
    input: secretInput,
    breaks: [
      'Whatever signs in with this secret is refused. Okta refuses to switch the only secret off: add the new one first.',
    ],
    byHand: {
      where: 'Okta Admin Console > Applications > the app > General > Client Credentials',
      steps: [
        'Generate a new secret and give it to the service',
        'Choose Deactivate at the leaked one',
        'Reload and see Inactive',
      ],
      record: 'the app, the secret’s id, the time, which service got the new one',
    },
  },
);
