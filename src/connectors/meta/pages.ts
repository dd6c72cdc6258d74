import { z } from 'zod';
import type { Outcome } from '../../model/action.ts';
import type { CallAnswer } from '../call.ts';
import { action } from '../connector.ts';
import type { Action, Outside } from '../connector.ts';
import { previewSetting, switchOff } from '../setting.ts';
import type { Setting } from '../setting.ts';
import { shown } from '../several.ts';
import { atHost } from '../vendor.ts';
import { appId, cutShort, endsHere, graph, graphId, node, ok, refusal, succeeded } from './graph.ts';
import { pageApps } from './schema.ts';

/**
 * Where messages of Messenger and Instagram are subscribed to: at the page, which also carries those of the Instagram account
 * that is linked to it, or at an Instagram account that was let in by Instagram's own login. Our app's subscription alone.
 */

type Kind = Readonly<{
  /** "page": completes "the ...'s subscription". */
  word: string;
  secret: string;
  at(outside: Outside): Outside;
  /** The app as this list names it. */
  app(outside: Outside): string;
}>;

const FACEBOOK = 'https://graph.facebook.com';

const page: Kind = { word: 'page', secret: 'page_token', at: (outside) => outside, app: appId };
/** There the app has an id of its own, and every answer is about the app whose token asks. */
export const instagram: Kind = {
  word: 'Instagram account',
  secret: 'instagram_token',
  at: (outside) => atHost(outside, FACEBOOK, 'https://graph.instagram.com'),
  app: (outside) => String(outside.config['instagram_app_id'] ?? appId(outside)),
};

const fields = z.object({ subscribed_fields: z.array(z.string()) });
type Fields = z.infer<typeof fields>;
const appsPath = (outside: Outside, id: string): string => node(outside, `/${id}/subscribed_apps`);

const unshown = ({ word }: Kind, { status: http }: CallAnswer): Outcome => ({
  result: 'failed',
  detail: `reading the ${word}'s subscriptions: our app is listed, and the answer does not show its fields`,
  http,
});

const settingOf = <In extends Readonly<Record<string, string>>>(
  kind: Kind,
  idOf: (input: In) => string,
): Setting<In, Fields> => ({
  what: `the ${kind.word}'s subscription`,
  state: fields,
  async read(given, outside) {
    const answer = await graph(kind.at(outside), await outside.secret(kind.secret), {
      method: 'GET',
      path: appsPath(outside, idOf(given)),
    });
    const parsed = pageApps.safeParse(answer.json);
    if (!ok(answer) || !parsed.success)
      return { refusal: refusal(answer, `reading the ${kind.word}'s subscriptions`) };
    const own = parsed.data.data.find((one) => one.id === kind.app(outside));
    if (own === undefined && !endsHere(answer))
      return { refusal: cutShort(`reading the ${kind.word}'s subscriptions`) };
    // It is listed: that its fields are not shown does not mean that there are none.
    if (own !== undefined && own.subscribed_fields === undefined) return { refusal: unshown(kind, answer) };
    const others = parsed.data.data.length - (own === undefined ? 0 : 1);
    const remarks =
      others === 0
        ? []
        : [`other apps receive this ${kind.word}'s messages too and are not touched: ${others}`];
    return { state: { subscribed_fields: own?.subscribed_fields ?? [] }, remarks };
  },
  isOff: (state) => state.subscribed_fields.length === 0,
  off: () => ({ subscribed_fields: [] }),
  async set(to, given, outside) {
    const list = to.subscribed_fields.join(',');
    const answer = await graph(kind.at(outside), await outside.secret(kind.secret), {
      method: list === '' ? 'DELETE' : 'POST',
      path: appsPath(outside, idOf(given)),
      ...(list === '' ? {} : { form: { subscribed_fields: list } }),
    });
    const did = `${list === '' ? 'unsubscribing the app from' : 'subscribing the app to'} the ${kind.word}`;
    return succeeded(answer)
      ? { result: 'done', detail: `${did}: confirmed`, http: 200 }
      : refusal(answer, did);
  },
  says: {
    on: `the ${kind.word} still sends its messages to our app`,
    off: `the ${kind.word} does not list our app`,
  },
});

type Said<In extends Readonly<Record<string, string>>> = Pick<
  Action<In>,
  'title' | 'scopes' | 'input' | 'byHand'
> &
  Readonly<{ breaks: readonly string[] }>;

const stopping = <In extends Readonly<Record<string, string>>>(
  kind: Kind,
  idOf: (input: In) => string,
  { breaks, ...said }: Said<In>,
): Action => {
  const setting = settingOf(kind, idOf);
  return action<In>({
    ...said,
    effect: 'reversible',
    retry: 'B',
    confidence: 'unconfirmed',
    secrets: [kind.secret],
    async preview(given, outside) {
      const request = { method: 'DELETE', path: appsPath(outside, idOf(given)) } as const;
      return {
        calls: [shown(kind.at(outside).baseUrl, request, 'for the app whose token asks, no other')],
        breaks,
        ...(await previewSetting(setting, given, outside)),
      };
    },
    ...switchOff(setting),
  });
};

export const stopPageWebhooks = stopping(page, (given) => given.page_id, {
  title: "Stop the app's page webhooks",
  scopes: ['pages_manage_metadata'],
  input: z.object({ page_id: graphId('page id') }),
  breaks: [
    'Messenger messages of this page, and Instagram messages of the account linked to it, no longer reach the app',
  ],
  byHand: {
    where: 'App Dashboard > Messenger > Settings > Webhooks, and Page settings > Advanced messaging',
    steps: ['Note the fields that are on for the page', 'Remove the page from the webhook'],
    record: 'page, fields, time',
  },
});

export const stopInstagramWebhooks = stopping(instagram, (given) => given.instagram_id, {
  title: "Stop the app's webhooks of an Instagram account",
  scopes: ['instagram_business_basic', 'instagram_business_manage_messages'],
  input: z.object({ instagram_id: graphId('Instagram professional account id') }),
  breaks: ['Instagram messages and comments of this account no longer reach the app'],
  byHand: {
    where: 'App Dashboard > Instagram > API setup with Instagram login > Generate access tokens',
    steps: ['Note the fields that are on for the account', 'Switch its webhook subscription off'],
    record: 'account, fields, time',
  },
});
