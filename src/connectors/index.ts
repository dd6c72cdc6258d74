// Written by `npm run gen`; change the files it lists instead.
import type { ConnectorEntry } from './connector.ts';

export const connectors = {
  github: { title: 'GitHub', load: async () => (await import('./github/index.ts')).connector },
  meta: { title: 'Meta (WhatsApp, Messenger, Instagram)', load: async () => (await import('./meta/index.ts')).connector },
} as const satisfies Readonly<Record<string, ConnectorEntry>>;
