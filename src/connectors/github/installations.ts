import { z } from 'zod';
import { hasId } from '../found.ts';
import { removing } from '../removal.ts';
import type { Found } from '../removal.ts';
import { cut } from '../several.ts';
import { pausing } from '../thing.ts';
import type { Thing } from '../thing.ts';
import type { Outside } from '../connector.ts';
import { pages, succeeded } from '../vendor.ts';
import { asApp } from './app.ts';
import { installationInput, installationSchema } from './schema.ts';
import type { InstallationInput } from './schema.ts';
import { walk } from './walk.ts';

/** Our own app where it is installed: suspended, which stops its calls and its webhooks alike, or taken out. */

const pathOf = ({ installation_id: id }: InstallationInput): string => `/app/installations/${id}`;

const state = z.object({ suspended: z.boolean() });
type State = z.infer<typeof state>;

const installation: Thing<InstallationInput, State> = {
  vendor: asApp,
  what: 'the installation',
  state,
  ask: (input) => ({ method: 'GET', path: pathOf(input) }),
  of({ json }) {
    const { success, data } = installationSchema.safeParse(json);
    return success ? { suspended: data.suspended_at !== null } : null;
  },
  isOff: ({ suspended }) => suspended,
  off: () => ({ suspended: true }),
  turn: ({ suspended }, input) => ({
    method: suspended ? 'PUT' : 'DELETE',
    path: `${pathOf(input)}/suspended`,
  }),
  says: {
    on: 'GitHub shows the installation as not suspended',
    off: 'GitHub shows the installation as suspended',
  },
};

const SCOPES = ['the app’s own private key: GitHub takes nobody else’s word for it'];

export const suspendApp = pausing<InstallationInput, State>(installation, {
  title: 'Suspend an installation of our app',
  confidence: 'confirmed',
  scopes: SCOPES,
  secrets: ['app_private_key'],
  input: installationInput,
  breaks: ['The app’s calls are refused and it gets no webhooks for this account, until it is taken back.'],
  byHand: {
    where: 'github.com: the organisation, Settings > Third-party Access > GitHub Apps > Configure',
    steps: [
      'Open the installation with this number: it stands at the end of the page’s address',
      'Press Suspend at the end of the page. What the account suspends, the app cannot take back',
      'Reload: the page says that it is suspended',
    ],
    record: 'the number of the installation, the account, the time',
  },
});

const find = async (input: InstallationInput, outside: Outside): Promise<Found> => {
  const answer = await asApp.ask(outside, { method: 'GET', path: pathOf(input) });
  if (succeeded(answer)) {
    const { success, data } = installationSchema.safeParse(answer.json);
    const kept = success
      ? { app: cut(data.app_slug, 80), repositories: cut(data.repository_selection ?? '', 20) }
      : {};
    return { is: 'there', kept };
  }
  const refusal = asApp.refused(answer, 'looking for the installation');
  if (answer.status !== 404) return { is: 'hidden', refusal };
  const all = await pages(asApp, outside, walk('/app/installations'), 'listing the installations');
  const isThere =
    !('rows' in all) ||
    !all.complete ||
    all.rows.some((row) => hasId(row, 'id', String(input.installation_id)) !== false);
  return isThere
    ? { is: 'hidden', refusal }
    : { is: 'gone', how: 'GitHub’s list of the app’s installations can be read and does not hold it' };
};

export const uninstallApp = removing<InstallationInput>(
  {
    vendor: asApp,
    what: 'the installation',
    find,
    end: (input) => ({ method: 'DELETE', path: pathOf(input) }),
  },
  {
    title: 'Uninstall our app from an account',
    confidence: 'confirmed',
    scopes: SCOPES,
    secrets: ['app_private_key'],
    input: installationInput,
    breaks: [
      'The app is out with all its tokens; an owner of the account must install it anew. Suspending can be taken back.',
    ],
    byHand: {
      where: 'github.com: the organisation, Settings > Third-party Access > GitHub Apps > Configure',
      steps: ['Open the installation with this number', 'Press Uninstall', 'Reload: it is gone'],
      record: 'the number of the installation, its repositories and permissions, the time',
    },
  },
);
