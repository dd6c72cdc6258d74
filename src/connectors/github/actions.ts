import { revokeCredentials } from './credentials.ts';
import { deleteDeployKey } from './deploy-key.ts';
import { revokeAuthorization, revokeGrant } from './grants.ts';
import { suspendApp, uninstallApp } from './installations.ts';
import { makeDeployKey } from './make-deploy-key.ts';
import { stopActions } from './stop-actions.ts';
import { pauseWebhook } from './webhook.ts';

export const actions = {
  'pause-webhook': pauseWebhook,
  'delete-deploy-key': deleteDeployKey,
  'make-deploy-key': makeDeployKey,
  'revoke-credentials': revokeCredentials,
  'suspend-app': suspendApp,
  'uninstall-app': uninstallApp,
  'stop-actions': stopActions,
  'revoke-grant': revokeGrant,
  'revoke-authorization': revokeAuthorization,
} as const;
