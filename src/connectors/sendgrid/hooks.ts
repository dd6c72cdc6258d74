import { z } from 'zod';
import { pausing } from '../thing.ts';
import type { Thing } from '../thing.ts';
import { addressObstacle, hostOf, keepable, NOWHERE, UNKEPT } from '../address.ts';
import { sendgrid } from './api.ts';
import { hookInput, hookSchema, hostInput, parseSchema, subuserInput, subuserSchema } from './schema.ts';
import type { HookInput, HostInput, SubuserInput } from './schema.ts';

/** What passes mail on to others: event webhooks, inbound parse; and a subuser as a whole. */

const hookState = z.object({ enabled: z.boolean(), url: z.string() });
type HookState = z.infer<typeof hookState>;

const hook: Thing<HookInput, HookState> = {
  vendor: sendgrid,
  what: 'the event webhook',
  state: hookState,
  ask: ({ hook: id }) => ({ method: 'GET', path: `/v3/user/webhooks/event/settings/${id}` }),
  of({ json }) {
    const { success, data } = hookSchema.safeParse(json);
    return success ? { enabled: data.enabled, url: keepable(data.url) } : null;
  },
  isOff: ({ enabled }) => !enabled,
  // Its address is asked for in every change, so one that is not kept is lost with it.
  off: ({ url }) => ({ enabled: false, url: url === UNKEPT ? NOWHERE : url }),
  // Always with the id: without one the oldest webhook is changed.
  turn: ({ enabled, url }, { hook: id }) => ({
    method: 'PATCH',
    path: `/v3/user/webhooks/event/settings/${id}`,
    json: { enabled, url },
  }),
  shows: ({ json }, to) => hookSchema.safeParse(json).data?.enabled === to.enabled,
  remarks: ({ url }) => [`it sends to ${hostOf(url)}`],
  obstacle: async ({ url }) => await Promise.resolve(addressObstacle(url)),
  says: { on: 'SendGrid shows the webhook as enabled', off: 'SendGrid shows the webhook as not enabled' },
};

export const pauseHook = pausing<HookInput, HookState>(hook, {
  title: 'Switch an event webhook off',
  confidence: 'confirmed',
  scopes: ['user.webhooks.event.settings.update'],
  secrets: ['api_key'],
  input: hookInput,
  breaks: [
    'SendGrid tells this receiver nothing more of opens, clicks, bounces and addresses; it is not told later.',
  ],
  byHand: {
    where: 'app.sendgrid.com > Settings > Mail Settings > Event Webhooks',
    steps: ['Open the webhook with this id', 'Switch Enabled off and save', 'Reload and see it off'],
    record: 'the webhook’s id, its address, whether it was enabled before, the time',
  },
});

const parseState = z.object({ url: z.string(), spam_check: z.boolean(), send_raw: z.boolean() });
type ParseState = z.infer<typeof parseState>;

const parse: Thing<HostInput, ParseState> = {
  vendor: sendgrid,
  what: 'the inbound parse',
  state: parseState,
  ask: ({ hostname }) => ({ method: 'GET', path: `/v3/user/webhooks/parse/settings/${hostname}` }),
  of({ json }) {
    const { success, data } = parseSchema.safeParse(json);
    return success ? { url: keepable(data.url), spam_check: data.spam_check, send_raw: data.send_raw } : null;
  },
  isOff: ({ url }) => url === NOWHERE,
  // There is no switch: it is pointed at an address that cannot exist (RFC 6761), and SendGrid tries for three days.
  off: (before) => ({ ...before, url: NOWHERE }),
  turn: (to, { hostname }) => ({
    method: 'PATCH',
    path: `/v3/user/webhooks/parse/settings/${hostname}`,
    json: { ...to },
  }),
  shows: ({ json }, to) => parseSchema.safeParse(json).data?.url === to.url,
  remarks: ({ url }) => [`incoming mail goes to ${hostOf(url)}`],
  obstacle: async ({ url }) => await Promise.resolve(addressObstacle(url)),
  says: {
    on: 'SendGrid still passes incoming mail to a receiver',
    off: 'SendGrid shows an address that cannot exist as the receiver',
  },
};

export const divertParse = pausing<HostInput, ParseState>(parse, {
  title: 'Stop passing incoming mail on',
  confidence: 'confirmed',
  scopes: ['user.webhooks.parse.settings.update'],
  secrets: ['api_key'],
  input: hostInput,
  breaks: [
    'Mail to this host name reaches nobody meanwhile. SendGrid keeps trying for up to three days (from memory) and then drops it.',
  ],
  byHand: {
    where: 'app.sendgrid.com > Settings > Inbound Parse',
    steps: [
      'Write down the destination and the options of this host name',
      'Change the destination to https://paused.invalid/',
      'Reload and see it changed',
    ],
    record: 'the host name, the destination as it was, the time',
  },
});

const subuserState = z.object({ disabled: z.boolean() });

const subuser: Thing<SubuserInput, z.infer<typeof subuserState>> = {
  vendor: sendgrid,
  what: 'the subuser',
  state: subuserState,
  ask: ({ subuser: name }) => ({
    method: 'GET',
    path: '/v3/subusers',
    query: { username: name, limit: '500' },
  }),
  of({ json }, { subuser: name }) {
    const rows = z.array(subuserSchema).safeParse(json).data ?? [];
    const found = rows.find((row) => row.username === name);
    return found === undefined ? null : { disabled: found.disabled };
  },
  isOff: ({ disabled }) => disabled,
  off: () => ({ disabled: true }),
  turn: ({ disabled }, { subuser: name }) => ({
    method: 'PATCH',
    path: `/v3/subusers/${name}`,
    json: { disabled },
  }),
  says: { on: 'SendGrid shows the subuser as enabled', off: 'SendGrid shows the subuser as disabled' },
};

export const pauseSubuser = pausing<SubuserInput, z.infer<typeof subuserState>>(subuser, {
  title: 'Disable a subuser',
  confidence: 'confirmed',
  scopes: ['subusers.update'],
  secrets: ['api_key'],
  input: subuserInput,
  breaks: ['All mail of this subuser stops, and nobody can sign in as it.'],
  byHand: {
    where: 'app.sendgrid.com > Settings > Subuser Management',
    steps: ['Find the subuser', 'Choose Disable', 'Reload and see it disabled'],
    record: 'the subuser’s name, whether it was enabled before, the time',
  },
});
