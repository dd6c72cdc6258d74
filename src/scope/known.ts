import type { Mapping } from '../model/mapping.ts';

/**
 * Exports whose columns are known: the field names are those of the vendors' interfaces, which change more slowly than the tables
 * of their consoles. A preview shows what they find before anything is kept.
 */
export const knownMappings = {
  'whatsapp-webhook': {
    title: 'WhatsApp Cloud API, bodies of webhook calls, one a line',
    format: 'jsonl',
    each: 'entry.*.changes.*.value.messages.*',
    columns: { phone: 'from', at: 'timestamp', ids: { whatsapp: 'from' } },
    time: 'unix',
    phone_prefix: '+',
    data: ['contact', 'free-text'],
  },
  'zendesk-users': {
    title: 'Zendesk, users, JSON Lines of the account export',
    format: 'jsonl',
    columns: {
      email: 'email',
      phone: 'phone',
      name: 'name',
      language: 'locale',
      at: 'updated_at',
      ids: { zendesk: 'id' },
    },
    data: ['contact'],
  },
  'intercom-contacts': {
    title: 'Intercom, contacts of its API, one a line',
    format: 'jsonl',
    columns: {
      email: 'email',
      phone: 'phone',
      name: 'name',
      language: 'language_override',
      at: 'last_seen_at',
      ids: { intercom: 'id' },
    },
    time: 'unix',
    data: ['contact'],
  },
  'chatwoot-contacts': {
    title: 'Chatwoot, contacts, CSV',
    format: 'csv',
    columns: { email: 'email', phone: 'phone_number', name: 'name', ids: { chatwoot: 'id' } },
    data: ['contact'],
  },
  'slack-users': {
    title: "Slack, users.json of the workspace export, one user a line (jq -c '.[]' users.json)",
    format: 'jsonl',
    columns: {
      email: 'profile.email',
      phone: 'profile.phone',
      name: 'profile.real_name',
      at: 'updated',
      ids: { slack: 'id' },
    },
    time: 'unix',
    data: ['contact'],
  },
  'stripe-charges': {
    title: 'Stripe, charges of its API, one a line',
    format: 'jsonl',
    columns: {
      email: 'billing_details.email',
      phone: 'billing_details.phone',
      name: 'billing_details.name',
      country: 'billing_details.address.country',
      card_brand: 'payment_method_details.card.brand',
      at: 'created',
      ids: { stripe: 'customer' },
    },
    time: 'unix',
    data: ['contact', 'payment-card', 'order'],
  },
  'sendgrid-events': {
    title: 'SendGrid, bodies of the event webhook, one list a line',
    format: 'jsonl',
    each: '*',
    columns: { email: 'email', at: 'timestamp' },
    time: 'unix',
    data: ['contact'],
  },
} as const satisfies Readonly<Record<string, Mapping>>;
