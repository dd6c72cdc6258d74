import { z } from 'zod';
import type { Json } from '../../base/canonical.ts';
import { emptying } from '../emptying.ts';
import { pausing } from '../thing.ts';
import type { Thing } from '../thing.ts';
import { cut } from '../several.ts';
import { rowsOf, textAt, under } from '../vendor.ts';
import { data, query, quoted, salesforce, walk } from './api.ts';
import { activeSchema, loginSchema, sessionSchema, userInput } from './schema.ts';
import type { UserInput } from './schema.ts';

/** A person at Salesforce: frozen (the quick pause), signed out, deactivated. */

const frozen = z.object({ login: z.string(), frozen: z.boolean() });
type Frozen = z.infer<typeof frozen>;

const login: Thing<UserInput, Frozen> = {
  vendor: salesforce,
  what: 'the user’s login',
  state: frozen,
  ask: ({ user }, outside) =>
    query(outside, `SELECT Id,IsFrozen FROM UserLogin WHERE UserId=${quoted(user)}`),
  of({ json }) {
    const { success, data: row } = loginSchema.safeParse(rowsOf(under(json, 'records'))[0]);
    return success ? { login: cut(row.Id, 18), frozen: row.IsFrozen } : null;
  },
  isOff: (state) => state.frozen,
  off: (before) => ({ ...before, frozen: true }),
  turn: (to, _input, outside) => ({
    method: 'PATCH',
    path: data(outside, `/sobjects/UserLogin/${encodeURIComponent(to.login)}`),
    json: { IsFrozen: to.frozen },
  }),
  says: { on: 'Salesforce shows the user as not frozen', off: 'Salesforce shows the user as frozen' },
};

export const freezeUser = pausing<UserInput, Frozen>(login, {
  title: 'Freeze a user',
  confidence: 'unconfirmed',
  scopes: ['Manage Users, or Freeze Users'],
  secrets: ['token'],
  input: userInput,
  breaks: [
    'The person cannot sign in. Sessions and tokens that are open go on: end them as well. Assignments and licence stay.',
  ],
  byHand: {
    where: 'Setup > Users > Users > the user',
    steps: ['Press Freeze', 'Reload: the button now says Unfreeze'],
    record: 'the user’s id, the time',
  },
});

const active = z.object({ active: z.boolean() });
type Active = z.infer<typeof active>;

const account: Thing<UserInput, Active> = {
  vendor: salesforce,
  what: 'the user',
  state: active,
  ask: ({ user }, outside) => query(outside, `SELECT IsActive FROM User WHERE Id=${quoted(user)}`),
  of({ json }) {
    const { success, data: row } = activeSchema.safeParse(rowsOf(under(json, 'records'))[0]);
    return success ? { active: row.IsActive } : null;
  },
  isOff: (state) => !state.active,
  off: () => ({ active: false }),
  turn: (to, { user }, outside) => ({
    method: 'PATCH',
    path: data(outside, `/sobjects/User/${user}`),
    json: { IsActive: to.active },
  }),
  says: { on: 'Salesforce shows the user as active', off: 'Salesforce shows the user as not active' },
};

export const deactivateUser = pausing<UserInput, Active>(account, {
  title: 'Deactivate a user',
  confidence: 'unconfirmed',
  scopes: ['Manage Users'],
  secrets: ['token'],
  input: userInput,
  breaks: [
    'The person is out. Scheduled jobs, workflows and dashboards that run as this user may fail; Salesforce refuses where the user is still needed. To stop somebody tonight, freeze instead.',
  ],
  byHand: {
    where: 'Setup > Users > Users > the user > Edit',
    steps: [
      'Take away the tick at Active',
      'Save',
      'Where Salesforce names what depends on the user, freeze instead',
    ],
    record: 'the user’s id, what depended on it, the time',
  },
});

const keptSession = (row: Json): Json => {
  const { success, data: one } = sessionSchema.safeParse(row);
  return success
    ? {
        id: cut(one.Id, 18),
        type: cut(one.SessionType ?? '', 40),
        login: cut(one.LoginType ?? '', 40),
        created: cut(one.CreatedDate, 40),
      }
    : {};
};

export const endSessions = emptying<UserInput>(
  {
    vendor: salesforce,
    what: 'sessions of the user',
    // With a session end those that came out of it, so the newest go first: what is a child is younger than its parent.
    walk: ({ user }, outside) =>
      walk(
        outside,
        `SELECT Id,ParentId,SessionType,LoginType,CreatedDate FROM AuthSession WHERE UsersId=${quoted(user)} ORDER BY CreatedDate DESC`,
      ),
    kept: keptSession,
    end: (row, _input, outside) => ({
      method: 'DELETE',
      path: data(outside, `/sobjects/AuthSession/${encodeURIComponent(textAt(row, 'Id'))}`),
    }),
    pattern: (_input, outside) => ({ method: 'DELETE', path: data(outside, '/sobjects/AuthSession/*') }),
    remarks: ['a person whose login is not frozen can sign in again at once'],
  },
  {
    title: 'End all sessions of a user',
    confidence: 'unconfirmed',
    scopes: ['Manage Users'],
    secrets: ['token'],
    input: userInput,
    breaks: ['The person, and whatever works with a session of theirs, is signed out.'],
    byHand: {
      where: 'Setup > Security > Session Management',
      steps: ['Show the sessions of this user', 'Tick all of them', 'Remove', 'Reload: none is left'],
      record: 'how many sessions, their addresses, the time',
    },
  },
);
