import type { Json } from '../../base/canonical.ts';
import type { CallAnswer, CallRequest } from '../call.ts';
import type { Outside } from '../connector.ts';
import { textAt, under } from '../vendor.ts';
import type { Vendor, Walk } from '../vendor.ts';
import { slack, slackRefused } from './api.ts';
import type { Answer, Args } from './api.ts';

/**
 * The admin methods: Enterprise plans only, with the token of a person who administers the organisation. Slack answers 200 to
 * what it refuses; here that is told as 400, so that nothing takes it for a success.
 */

const answers = new WeakMap<CallAnswer, Answer>();

export const admin: Vendor = {
  ask: async (outside, { path, json }) => {
    const token = await outside.secret('admin_token');
    const answer = await slack(outside, token, path.slice(1), (json ?? {}) as Args);
    const status = answer.status === 200 && !answer.ok ? 400 : answer.status;
    const told: CallAnswer = { status, json: answer.data, text: '', headers: answer.headers };
    answers.set(told, answer);
    return told;
  },
  refused: (answer, what) => slackRefused(answers.get(answer) ?? { ...refusedAnswer, ...answer }, what),
};
const refusedAnswer = { ok: false, error: '', data: {} } as const;

export const method = (name: string, args: Args): CallRequest => ({
  method: 'POST',
  path: `/${name}`,
  json: args as Json,
});

export const teamOf = (outside: Outside): string => String(outside.config['team_id'] ?? '');

export const walk = (name: string, field: string, args: Args): Walk => {
  const first = method(name, { ...args, limit: 100 });
  return {
    first,
    rows: ({ json }) => {
      const rows = under(json, field);
      return Array.isArray(rows) ? (rows as readonly Json[]) : null;
    },
    next: ({ json }) => {
      const cursor = textAt(under(json, 'response_metadata'), 'next_cursor');
      return cursor === '' ? null : method(name, { ...args, limit: 100, cursor });
    },
  };
};
