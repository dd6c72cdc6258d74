import { z } from 'zod';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import { previewSetting, switchOff } from '../setting.ts';
import type { Setting } from '../setting.ts';
import { shown } from '../several.ts';
import { appId, graph, graphId, node, ok, refusal, succeeded } from './graph.ts';
import { pageApps } from './schema.ts';

/** Messenger, and the Instagram account behind a page: our app's subscription to the page, with its fields. */

const input = z.object({ page_id: graphId('page id') });
type Input = z.infer<typeof input>;
const fields = z.object({ subscribed_fields: z.array(z.string()) });
type Fields = z.infer<typeof fields>;

const path = (outside: Outside, page: string): string => node(outside, `/${page}/subscribed_apps`);

const setting: Setting<Input, Fields> = {
  what: "the page's subscription",
  state: fields,
  async read({ page_id: page }, outside) {
    const answer = await graph(outside, await outside.secret('page_token'), {
      method: 'GET',
      path: path(outside, page),
    });
    const parsed = pageApps.safeParse(answer.json);
    if (!ok(answer) || !parsed.success)
      return { refusal: refusal(answer, "reading the page's subscriptions") };
    const own = parsed.data.data.find((one) => one.id === appId(outside));
    const others = parsed.data.data.length - (own === undefined ? 0 : 1);
    const remarks =
      others === 0 ? [] : [`other apps receive this page's messages too and are not touched: ${others}`];
    return { state: { subscribed_fields: own?.subscribed_fields ?? [] }, remarks };
  },
  isOff: (state) => state.subscribed_fields.length === 0,
  off: () => ({ subscribed_fields: [] }),
  async set(to, { page_id: page }, outside) {
    const list = to.subscribed_fields.join(',');
    const answer = await graph(outside, await outside.secret('page_token'), {
      method: list === '' ? 'DELETE' : 'POST',
      path: path(outside, page),
      ...(list === '' ? {} : { form: { subscribed_fields: list } }),
    });
    const did = list === '' ? 'unsubscribing the app from the page' : 'subscribing the app to the page';
    return succeeded(answer)
      ? { result: 'done', detail: `${did}: confirmed`, http: 200 }
      : refusal(answer, did);
  },
  says: { on: 'the page still sends its messages to our app', off: 'the page does not list our app' },
};

export const stopPageWebhooks = action<Input>({
  title: "Stop the app's page webhooks",
  effect: 'reversible',
  retry: 'B',
  confidence: 'unconfirmed',
  scopes: ['pages_manage_metadata'],
  secrets: ['page_token'],
  input,
  byHand: {
    where: 'App Dashboard > Messenger > Settings > Webhooks, and Page settings > Advanced messaging',
    steps: ['Note the fields that are on for the page', 'Remove the page from the webhook'],
    record: 'page, fields, time',
  },
  async preview({ page_id: page }, outside) {
    return {
      calls: [
        shown(
          outside.baseUrl,
          { method: 'DELETE', path: path(outside, page) },
          'for the app of the page token',
        ),
      ],
      breaks: ['Messenger and Instagram messages of this page no longer reach the app'],
      ...(await previewSetting(setting, { page_id: page }, outside)),
    };
  },
  ...switchOff(setting),
});
