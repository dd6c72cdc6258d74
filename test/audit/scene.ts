import { review } from '../../src/audit/review.ts';
import { policyOf } from '../../src/audit/rule.ts';
import type { Audited, OwnCredential } from '../../src/audit/rule.ts';
import { thingsOf } from '../../src/audit/seen.ts';
import type { Listed } from '../../src/connectors/connector.ts';
import type { Posture } from '../../src/connectors/posture.ts';
import { inventoryOf } from './rig.ts';

/** One look at a small company with one system, and what the rules find in it. */

export type Scene = Readonly<{
  inventory?: Parameters<typeof inventoryOf>[0];
  items?: readonly Listed[];
  own?: readonly OwnCredential[];
  posture?: Posture;
}>;

export const TODAY = '2026-11-27';
export const sync = { id: 'sync', title: 'Sync', connector: 'crm', vendor_id: '1' };
export const audited = ({
  inventory: parts = { integrations: [sync] },
  items = [],
  own = [],
  posture = {},
}: Scene): Audited => {
  const inventory = inventoryOf(parts);
  const seen = [
    { is: 'asked' as const, instance: 'crm', kind: 'http', listing: { items, blindSpots: [] }, posture },
  ];
  return {
    today: TODAY,
    inventory,
    policy: policyOf(inventory),
    seen,
    things: thingsOf(seen, inventory),
    own,
  };
};
export const found = (scene: Scene): readonly string[] =>
  review(audited(scene), [], []).map(({ rule }) => rule);

export const alerts = (open: number, leaked = 0): Scene => ({
  posture: { alerts: { is: 'told', open, public: leaked, oldest: '2026-11-01T00:00:00Z' } },
});
export const number = (faults: readonly string[]): Scene => ({
  posture: { numbers: { is: 'told', numbers: [{ id: '7', title: '+353 1 555 0100', faults }] } },
});
export const template = (texts: readonly string[], hosts: readonly string[] = []): Scene => ({
  inventory: { integrations: [sync], audit: { domains: ['lrh.example'] } },
  posture: {
    ...number([]).posture,
    templates: { is: 'told', templates: [{ id: '8', title: 'order (en)', texts, hosts }] },
  },
});
