import { z } from 'zod';
import { pausing } from '../thing.ts';
import type { Thing } from '../thing.ts';
import { stripe } from './api.ts';
import { linkInput, linkSchema } from './schema.ts';
import type { LinkInput } from './schema.ts';

/** A payment link that a thief posted into chats, or that leads to a page that is no longer ours. */

const state = z.object({ active: z.boolean() });

const link: Thing<LinkInput, z.infer<typeof state>> = {
  vendor: stripe,
  what: 'the payment link',
  state,
  ask: ({ link: id }) => ({ method: 'GET', path: `/v1/payment_links/${id}` }),
  of({ json }) {
    const { success, data } = linkSchema.safeParse(json);
    return success ? { active: data.active } : null;
  },
  isOff: ({ active }) => !active,
  off: () => ({ active: false }),
  turn: ({ active }, { link: id }) => ({
    method: 'POST',
    path: `/v1/payment_links/${id}`,
    form: { active: String(active) },
  }),
  shows: ({ json }, to) => linkSchema.safeParse(json).data?.active === to.active,
  says: { on: 'Stripe shows the link as active', off: 'Stripe shows the link as not active' },
};

export const stopLink = pausing<LinkInput, z.infer<typeof state>>(link, {
  title: 'Stop a payment link',
  confidence: 'confirmed',
  scopes: ['Payment Links: write (of a restricted key)'],
  secrets: ['api_key'],
  input: linkInput,
  breaks: ['Whoever opens the link is told that it is no longer active and cannot pay through it.'],
  byHand: {
    where: 'dashboard.stripe.com > Payment Links',
    steps: ['Open the link with this id', 'Choose Deactivate', 'Open its address and see that it is closed'],
    record: 'the link’s id, the time, a picture of its page',
  },
});
