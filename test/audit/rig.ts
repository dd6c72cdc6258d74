import type { Listed } from '../../src/connectors/connector.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import { inventorySchema } from '../../src/model/inventory.ts';

/** Small inventories and listings; a test says what it is about. */

export const item = (more: Partial<Listed> = {}): Listed => ({
  kind: 'integration',
  id: '1',
  title: 'thing',
  state: 'active',
  detail: '',
  ...more,
});

type Raw = Readonly<Record<string, unknown>>;
type Parts = Readonly<Partial<Record<string, readonly Raw[] | Raw>>>;

const channel = { medium: 'web-chat', holds: ['transcripts'], data: ['contact'], owner: 'Nell' };
const filled = (list: unknown, usual: Raw): readonly Raw[] =>
  Array.isArray(list) ? list.map((one: Raw) => ({ ...usual, ...one })) : [];

export const inventoryOf = (parts: Parts): Inventory =>
  inventorySchema.parse({
    ...parts,
    channels: filled(parts['channels'], channel),
    integrations: filled(parts['integrations'], { stops: 'it', owner: 'Nell' }),
    credentials: filled(parts['credentials'], { kind: 'token', opens: [], stops: 'it', owner: 'Nell' }),
  });
