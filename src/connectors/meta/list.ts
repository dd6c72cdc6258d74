import { formatUtc, instant } from '../../base/instant.ts';
import { NetworkError } from '../../io/http.ts';
import { addressOf } from '../address.ts';
import type { Secret } from '../../io/secrets.ts';
import type { Health, Listed, Listing, Outside } from '../connector.ts';
import { cut } from '../several.ts';
import { appId, appToken, graph, node, ok, refusal } from './graph.ts';
import { instagramRows, pageRows, systemUsersOf } from './list-business.ts';
import { rows, sendsTo } from './rows.ts';
import type { Rows } from './rows.ts';
import {
  appSubscriptions,
  assignedUsers,
  debugToken,
  named,
  phoneNumber,
  phones,
  subscribedApps,
} from './schema.ts';

/** What exists at Meta and can be seen: subscriptions at all three levels and the people assigned, never the tokens. */

const accountRows = async (
  outside: Outside,
  token: Secret,
  waba: Listed,
  business: string,
  system: ReadonlyMap<string, string>,
): Promise<Rows[]> => [
  await rows(outside, token, `/${waba.id}/subscribed_apps`, subscribedApps, (found) =>
    found.data.map(({ whatsapp_business_api_data: app, override_callback_uri: override }) => ({
      kind: 'integration',
      id: `${waba.id}/${cut(app.id, 40)}`,
      title: cut(app.name ?? 'an app without a name', 120),
      // Only our own app: one that a stranger subscribed must not pass for it.
      ...(app.id === appId(outside) ? { params: { waba: waba.id } } : {}),
      state: 'active',
      detail:
        override === undefined
          ? "sends to the app's own callback"
          : `override at the account: ${addressOf(override).host}`,
      ...sendsTo(override ?? ''),
    })),
  ),
  await rows(
    outside,
    token,
    `/${waba.id}/assigned_users`,
    assignedUsers,
    (found) =>
      found.data.map((user) => ({
        kind: 'credential',
        id: `${waba.id}/user/${cut(user.id, 40)}`,
        title: cut(user.name, 120),
        // A system user is known by its id alone, as the rows of its tokens are; a person by the account they are on.
        params: { ...(system.has(user.id) ? {} : { waba: waba.id }), user_id: cut(user.id, 40) },
        state: 'active',
        detail: `${system.has(user.id) ? `system user (${system.get(user.id) ?? ''}), it may hold tokens, ` : ''}assigned to the account: ${cut((user.tasks ?? []).join(', '))}`,
        scopes: (user.tasks ?? []).map((one) => cut(one, 60)),
      })),
    { business },
  ),
  await numbers(outside, token, waba),
];

const numbers = async (outside: Outside, token: Secret, waba: Listed): Promise<Rows> => {
  const found: Listed[] = [];
  const base = await rows(outside, token, `/${waba.id}/phone_numbers`, phones, (data) =>
    data.data.map((phone) => ({
      kind: 'integration',
      id: phone.id,
      title: cut(phone.display_phone_number, 40),
      state: 'unknown',
      detail: '',
    })),
  );
  const blindSpots = [...base.blindSpots];
  for (const phone of base.items) {
    const one = await rows(
      outside,
      token,
      `/${phone.id}`,
      phoneNumber,
      ({ webhook_configuration: hook }) => {
        const override = hook?.override_callback_uri ?? hook?.phone_number ?? '';
        const detail =
          override === ''
            ? 'no override at the number'
            : `override at the number: ${addressOf(override).host}`;
        return [{ ...phone, params: { phone: phone.id }, state: 'active', detail, ...sendsTo(override) }];
      },
      { fields: 'webhook_configuration' },
    );
    found.push(...one.items);
    blindSpots.push(...one.blindSpots);
  }
  return { items: found, blindSpots };
};

export const list = async (outside: Outside): Promise<Listing> => {
  const token = await outside.secret('token');
  const business = String(outside.config['business_id'] ?? '');
  const parts: Rows[] = [
    await rows(
      outside,
      await appToken(outside),
      `/${appId(outside)}/subscriptions`,
      appSubscriptions,
      (found) =>
        found.data.map((one) => ({
          kind: 'integration',
          id: `${appId(outside)}/${cut(one.object, 60)}`,
          title: `App webhook for ${cut(one.object, 60)}`,
          state: one.active ? 'active' : 'paused',
          ...(one.active ? { params: { object: cut(one.object, 60) } } : {}),
          detail: `the app's own callback: ${addressOf(one.callback_url).host}`,
          ...sendsTo(one.callback_url),
        })),
    ),
  ];
  const blindSpots = [
    'Tokens cannot be listed, only the system users who may hold them: Business settings > Users > System users',
    'Apps of other businesses are seen only where they are subscribed to our accounts and pages',
  ];
  if (business === '')
    blindSpots.push('No business_id in the configuration, so no WhatsApp account was looked at');
  else {
    const accounts = await rows(
      outside,
      token,
      `/${business}/owned_whatsapp_business_accounts`,
      named,
      (found) =>
        found.data.map((one) => ({
          kind: 'integration',
          id: one.id,
          title: cut(one.name, 120),
          state: 'unknown',
          detail: '',
        })),
    );
    blindSpots.push(...accounts.blindSpots);
    const system = await systemUsersOf(outside, token, business);
    blindSpots.push(...system.blindSpots);
    for (const account of accounts.items)
      parts.push(...(await accountRows(outside, token, account, business, system.roles)));
    const assigned = new Set(parts.flatMap(({ items }) => items.map(({ params }) => params?.['user_id'])));
    parts.push({ items: system.items.filter(({ id }) => !assigned.has(id)), blindSpots: [] });
    parts.push(await pageRows(outside, token, business));
  }
  parts.push(await instagramRows(outside));
  return {
    items: parts.flatMap((part) => part.items),
    blindSpots: [...blindSpots, ...parts.flatMap((part) => part.blindSpots)],
  };
};

export const health = async (outside: Outside): Promise<Health> => {
  try {
    const own = await outside.secret('token');
    const request = {
      method: 'GET',
      path: node(outside, '/debug_token'),
      query: { input_token: own.use() },
    } as const;
    const answer = await graph(outside, await appToken(outside), request);
    const parsed = debugToken.safeParse(answer.json);
    if (!ok(answer) || !parsed.success) return { ok: false, detail: refusal(answer, 'debug_token').detail };
    const { is_valid: valid, scopes, expires_at: expires = 0 } = parsed.data.data;
    const missing = ['whatsapp_business_management', 'business_management'].filter(
      (scope) => !scopes.includes(scope),
    );
    const until = expires === 0 ? 'never expires' : `expires ${formatUtc(instant(expires * 1000))}`;
    if (!valid) return { ok: false, detail: 'the token is no longer valid', scopes };
    if (missing.length > 0)
      return { ok: false, detail: `the token lacks ${missing.join(', ')}; it ${until}`, scopes };
    return { ok: true, detail: `the token works and ${until}`, scopes };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return { ok: false, detail: error.message };
  }
};
