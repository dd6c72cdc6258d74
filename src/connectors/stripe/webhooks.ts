import { z } from 'zod';
import { addressOf, addressSchema } from '../address.ts';
import { pausing } from '../thing.ts';
import type { Thing } from '../thing.ts';
import { stripe, VERSION } from './api.ts';
import { destinationInput, destinationSchema, endpointInput, endpointSchema } from './schema.ts';
import type { DestinationInput, EndpointInput } from './schema.ts';

/** Stripe's two ways of sending events away: webhook endpoints, and the event destinations of v2. */

const endpointState = z.object({
  status: z.string(),
  address: addressSchema,
  events: z.array(z.string()),
});

const endpoint: Thing<EndpointInput, z.infer<typeof endpointState>> = {
  vendor: stripe,
  what: 'the webhook endpoint',
  state: endpointState,
  ask: ({ endpoint: id }) => ({ method: 'GET', path: `/v1/webhook_endpoints/${id}` }),
  of({ json }) {
    const { success, data } = endpointSchema.safeParse(json);
    if (!success) return null;
    return {
      status: data.status,
      address: addressOf(data.url),
      events: data.enabled_events.toSorted(),
    };
  },
  isOff: ({ status }) => status === 'disabled',
  off: (before) => ({ ...before, status: 'disabled' }),
  turn: ({ status }, { endpoint: id }) => ({
    method: 'POST',
    path: `/v1/webhook_endpoints/${id}`,
    form: { disabled: String(status === 'disabled') },
  }),
  shows: ({ json }, to) => endpointSchema.safeParse(json).data?.status === to.status,
  remarks: ({ address, events }) => [
    `the receiver is ${address.host}, for ${events.length === 1 ? (events[0] ?? '') : `${events.length} kinds of events`}`,
  ],
  says: { on: 'Stripe shows the endpoint as enabled', off: 'Stripe shows the endpoint as disabled' },
};

export const pauseEndpoint = pausing<EndpointInput, z.infer<typeof endpointState>>(endpoint, {
  title: 'Switch a webhook endpoint off',
  confidence: 'confirmed',
  scopes: ['Webhook Endpoints: write (of a restricted key)'],
  secrets: ['api_key'],
  input: endpointInput,
  breaks: [
    'Stripe sends no more events to this endpoint. They stay in its list for 30 days and can be fetched from there afterwards; its signing secret stays the same.',
  ],
  byHand: {
    where: 'dashboard.stripe.com > Workbench > Webhooks, for live and for test mode',
    steps: [
      'Open the endpoint with this id and write down its address and its events',
      'Choose Disable in its menu; do not delete it, a new one gets a new signing secret',
      'Reload the page and see that it is shown as disabled',
    ],
    record: 'the endpoint’s id, whether it was enabled before, the time, a picture of the page',
  },
});

const destinationState = z.object({ status: z.string(), type: z.string(), events: z.array(z.string()) });

const destination: Thing<DestinationInput, z.infer<typeof destinationState>> = {
  vendor: stripe,
  what: 'the event destination',
  state: destinationState,
  ask: ({ destination: id }) => ({
    method: 'GET',
    path: `/v2/core/event_destinations/${id}`,
    headers: VERSION,
  }),
  of({ json }) {
    const { success, data } = destinationSchema.safeParse(json);
    if (!success) return null;
    return { status: data.status, type: data.type, events: data.enabled_events.toSorted() };
  },
  isOff: ({ status }) => status === 'disabled',
  off: (before) => ({ ...before, status: 'disabled' }),
  turn: ({ status }, { destination: id }) => ({
    method: 'POST',
    path: `/v2/core/event_destinations/${id}/${status === 'disabled' ? 'disable' : 'enable'}`,
    headers: VERSION,
  }),
  shows: ({ json }, to) => destinationSchema.safeParse(json).data?.status === to.status,
  remarks: ({ type }) => [`it sends to a destination of type ${type}`],
  says: { on: 'Stripe shows the destination as enabled', off: 'Stripe shows the destination as disabled' },
};

export const pauseDestination = pausing<DestinationInput, z.infer<typeof destinationState>>(destination, {
  title: 'Switch an event destination off',
  confidence: 'confirmed',
  scopes: ['Event Destinations: write (of a restricted key)'],
  secrets: ['api_key'],
  input: destinationInput,
  breaks: ['Stripe sends no more events to this destination; Amazon EventBridge destinations included.'],
  byHand: {
    where: 'dashboard.stripe.com > Workbench > Webhooks > Event destinations',
    steps: ['Open the destination with this id', 'Choose Disable', 'Reload and see that it is disabled'],
    record: 'the destination’s id, whether it was enabled before, the time',
  },
});
