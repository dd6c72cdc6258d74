import fc from 'fast-check';
import { instant } from '../../src/base/instant.ts';

/** Events about the clocks of one person each, two of which there are, and about who was told that one runs out. */

const clockName = fc.constantFrom('gdpr.dsar:1', 'gdpr.dsar:2');
const place = fc.nat({ max: 30 });
const time = fc.nat({ max: 2_000_000_000 }).map((ms) => instant(1_700_000_000_000 + ms));

export const personPubs = {
  'clock.opened': fc.record({
    clock: clockName,
    at: time,
    zone: fc.constant(null),
    country: fc.constant(null),
  }),
  'clock.corrected': fc.record({ clock: clockName, at: time, corrects: place }),
  'clock.extended': fc.record({ clock: clockName, told: time, decider: fc.constantFrom('ada', 'ben') }),
  'alert.rung': fc.record({
    duty: fc.constantFrom('gdpr.33-1', 'gdpr.dsar:1'),
    threshold: fc.constantFrom('24h', 'due'),
    due: time,
  }),
  'alert.failed': fc.record({
    way: fc.constantFrom('slack', 'command' as const),
    fault: fc.constantFrom('refused', 'unreachable' as const),
  }),
  'bulletin.told': fc.record({ place: fc.constantFrom('file', 'slack' as const) }),
  'bulletin.failed': fc.record({
    place: fc.constantFrom('file', 'slack' as const),
    fault: fc.constantFrom('touched', 'unreachable' as const),
  }),
  'clock.ended': fc.record({ clock: clockName, how: fc.constantFrom('withdrawn', 'refused' as const) }),
};
