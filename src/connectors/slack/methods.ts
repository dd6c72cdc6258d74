import type { Said, Told, Method } from './method.ts';
import { adminMethods } from './method-admin.ts';
import { channels } from './method-channels.ts';
import { files } from './method-files.ts';
import { messages } from './method-messages.ts';

/** The Web API methods of the simulator, and the scopes of each. */

const test = ({ world, token }: Told): Said => ({
  world,
  ok: {
    url: 'https://example.slack.com/',
    team: world.team,
    team_id: world.team_id,
    user: token.user,
    user_id: token.user_id,
    ...(token.bot_id === null ? {} : { bot_id: token.bot_id }),
  },
});

/** The app stays; a bot leaves its channels. */
const revoke = ({ world, args, token }: Told): Said => {
  if (args['test'] === 'true') return { world, ok: { revoked: false } };
  const tokens = world.tokens.map((one) => (one.token === token.token ? { ...one, revoked: true } : one));
  const gone = token.bot_id === null ? '' : token.user_id;
  const channels = world.channels.map((one) => ({
    ...one,
    members: one.members.filter((id) => id !== gone),
  }));
  return { world: { ...world, tokens, channels }, ok: { revoked: true } };
};

export const methods: Readonly<Record<string, Method>> = {
  'auth.test': { scopes: [], serve: test },
  'auth.revoke': { scopes: [], serve: revoke },
  ...adminMethods,
  ...channels,
  ...messages,
  ...files,
};
