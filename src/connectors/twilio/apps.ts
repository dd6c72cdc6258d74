import type { Proof } from '../../model/action.ts';
import { byPerson } from '../by-hand.ts';
import type { Outside } from '../connector.ts';
import { pages, under } from '../vendor.ts';
import { account, twilio, walk } from './api.ts';
import { appInput } from './schema.ts';
import type { AppInput } from './schema.ts';

/** Apps of others that may act on our account: listed by the API, taken away by people alone. */

export const appsPath = (outside: Outside): string =>
  `/2010-04-01/Accounts/${account(outside)}/AuthorizedConnectApps.json`;

const prove = async ({ app }: AppInput, outside: Outside): Promise<Proof> => {
  const what = 'reading the authorised apps';
  const all = await pages(twilio, outside, walk(appsPath(outside), 'authorized_connect_apps'), what);
  if ('refusal' in all) return { is: 'unproved', how: all.refusal.detail };
  if (all.rows.some((row) => under(row, 'connect_app_sid') === app))
    return { is: 'refuted', how: 'Twilio still lists the app as authorised', http: 200 };
  return all.complete
    ? { is: 'proved', how: 'Twilio does not list the app as authorised', http: 200 }
    : { is: 'unproved', how: 'the list of authorised apps was too long to be read to its end', http: 200 };
};

export const deauthorizeApp = byPerson<AppInput>({
  title: 'Take an app’s authorisation away',
  effect: 'irreversible',
  confidence: 'confirmed',
  scopes: ['a person with the role Owner or Administrator'],
  secrets: ['password'],
  input: appInput,
  breaks: ['The app can no longer act on our account; whoever uses it must authorise it again.'],
  byHand: {
    where: 'console.twilio.com > Account > Authorized apps',
    steps: [
      'Open the app with this SID and write down its permissions',
      'Choose Deauthorize',
      'Come back here: Twilio is asked whether it is gone',
    ],
    record: 'the app’s name and SID, its permissions, the time',
  },
  prove,
});
