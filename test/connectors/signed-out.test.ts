import { expect, test } from 'vitest';
import type { Json } from '../../src/base/canonical.ts';
import { cases as google } from '../fixtures/connectors/google.ts';
import { cases as microsoft } from '../fixtures/connectors/microsoft.ts';
import { cases as okta } from '../fixtures/connectors/okta.ts';
import { act, inWorld } from '../contracts/acts.ts';
import { members } from '../contracts/trial.ts';

/** Where only a log tells whether somebody is signed in: it runs behind, so an old sign-out is no reason to leave this one out. */

const all = await members();
const DAY_BEFORE = '2026-02-28T01:00:00.000Z';

type State = Readonly<{ log: readonly Json[]; users: readonly Readonly<Record<string, Json>>[] }>;
const logged =
  (entry: Json) =>
  (state: Json): Json => {
    const { log, ...rest } = state as unknown as State;
    return { ...rest, log: [...log, entry] } as Json;
  };
const signedOut = (state: Json): Json => {
  const { users, ...rest } = state as unknown as State;
  return { ...rest, users: users.map((one) => ({ ...one, sessions_from: DAY_BEFORE })) } as Json;
};

test.each([
  [
    'google',
    google.find(({ action }) => action === 'sign-out'),
    logged({ app: 'admin', event: 'RESET_SIGNIN_COOKIES', user: 'alex@lrh.example', time: DAY_BEFORE }),
  ],
  [
    'okta',
    okta.find(({ action }) => action === 'end-sessions'),
    logged({ published: DAY_BEFORE, eventType: 'user.session.clear', user: '00u1simuser0000000001' }),
  ],
  ['microsoft', microsoft.find(({ action }) => action === 'end-sessions'), signedOut],
] as const)('%s signs out anew whoever was signed out long ago', async (name, one, long) => {
  const member = all.find((each) => each.name === name);
  if (member === undefined || one === undefined) throw new Error(`${name} signs nobody out`);
  await inWorld(member, one, async (world) => {
    world.change(long);
    expect((await world.action.preview(world.input, world.outside())).now).not.toBe('already');
    expect((await act(world)).result).toBe('accepted');
    expect(world.writes).toHaveLength(1);
    // Just now is another matter: what was begun since would be a race, and not a log that is late.
    expect((await act(world)).result).toBe('already');
  });
});
