import { revokeCredentials } from './credentials.ts';
import { deleteDeployKey } from './deploy-key.ts';
import { pauseWebhook } from './webhook.ts';

export const actions = {
  'pause-webhook': pauseWebhook,
  'delete-deploy-key': deleteDeployKey,
  'revoke-credentials': revokeCredentials,
} as const;
