import type { Connector } from '../connector.ts';
import { healthBy } from '../listing.ts';
import { scim } from './api.ts';
import { deactivateUser } from './deactivate.ts';
import { configAnswer, configSchema } from './schema.ts';
import { scimSimulator } from './simulator.ts';

const health = healthBy(
  scim,
  () => ({ method: 'GET', path: '/ServiceProviderConfig' }),
  ({ json }) => {
    const { success, data } = configAnswer.safeParse(json);
    if (!success) return { detail: 'the token is let in; what the provider can do it does not say' };
    const versions = data.etag.supported ? 'it keeps versions' : 'it keeps no versions';
    return {
      detail: data.patch.supported
        ? `the token is let in, and ${versions}`
        : 'the token is let in, but the provider does not take changes (PATCH): deactivate by hand',
    };
  },
);

/** Any provider that speaks SCIM 2.0; the base URL ends where /Users begins. */
export const connector: Connector = {
  title: 'SCIM 2.0',
  baseUrl: null,
  config: configSchema,
  secrets: { token: 'the bearer token that the provider gave for provisioning' },
  actions: { 'deactivate-user': deactivateUser },
  health,
  simulator: scimSimulator,
};
