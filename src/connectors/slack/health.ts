import type { Health, Outside } from '../connector.ts';
import { unread } from '../call.ts';
import { cut } from '../several.ts';
import { ownSlack, slackRefused } from './api.ts';
import { whoSchema } from './schema.ts';

export const health = async (outside: Outside): Promise<Health> => {
  const what = 'asking who we are';
  try {
    const answer = await ownSlack(outside, 'auth.test');
    const who = whoSchema.safeParse(answer.data);
    if (!answer.ok || !who.success) return { ok: false, detail: slackRefused(answer, what).detail };
    const detail = `the token works as ${cut(who.data.user, 80)} in ${cut(who.data.team, 80)}`;
    const header = answer.headers.get('x-oauth-scopes');
    if (header === null) return { ok: true, detail };
    return {
      ok: true,
      detail,
      scopes: header
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    };
  } catch (error) {
    return { ok: false, detail: unread(error, what).detail };
  }
};
