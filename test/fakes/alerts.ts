import type { OpenIncident, View } from '../../src/app/contract.ts';
import type { Fresh } from '../../src/model/event.ts';
import { bulletinLine } from '../../src/projections/bulletin.ts';
import { alertsNow } from '../../src/projections/alerts.ts';

/** Nobody is named who would get a line. */
export const noBulletin: OpenIncident['bulletin'] = {
  everyMs: null,
  line: () => 'quiet-heron: Still bleeding? YES.',
  look: async () => await Promise.resolve([]),
  write: () => null,
};

/** What an incident says of the law beside its clocks; it rings as the app does, into the fake journal. */
export const fakeLaw = (
  view: () => View,
  write: (...events: readonly Fresh[]) => void,
): Pick<OpenIncident, 'alert' | 'bulletin' | 'duties' | 'ends' | 'meant' | 'told'> => ({
  duties: () => ({ duties: [], pending: [] }),
  ends: () => [],
  meant: () => null,
  told: (duty) => ({ duty, title: duty, to: 'the authority', told: [], since: [], changed: 0 }),
  bulletin: { ...noBulletin, line: (everyMs) => bulletinLine({ ...view(), everyMs }) },
  alert: async () => {
    const { state, clocks, now } = view();
    const alerts = alertsNow(state, clocks, now);
    write(
      ...alerts.map(({ duty, threshold, due }): Fresh => ({
        kind: 'alert.rung',
        pub: { duty, threshold, due },
      })),
    );
    return await Promise.resolve({ alerts, told: Promise.resolve([]) });
  },
});
