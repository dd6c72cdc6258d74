import { z } from 'zod';
import type { AlertFault } from './alert.ts';
import { id } from './fields.ts';

/** One line about the incident for those who have no access to it: to a file, to a channel, or to both. */
export const bulletinSchema = z
  .strictObject({
    every_minutes: z
      .number()
      .int()
      .min(5)
      .max(240)
      .optional()
      .describe('minutes between two lines; 15 where nothing is said'),
    file: z
      .string()
      .min(1)
      .max(1000)
      .optional()
      .describe(
        'the file that holds the line, from the root; one that firebreak did not write is left alone',
      ),
    readable_by: z
      .enum(['owner', 'group', 'everyone'])
      .optional()
      .describe('who may read the file: owner (0600) where nothing is said, group (0640), everyone (0644)'),
    slack: z
      .strictObject({
        connector: id.describe('a connector of the kind slack'),
        channel: z.string().min(1).describe('the channel of the managers: its id, or its name with #'),
      })
      .optional(),
  })
  .describe(
    'a line every few minutes while the app has an incident open: whether it is still bleeding, steps, the next clock, who is in command; nothing that anybody typed',
  );

export type Bulletin = Readonly<z.infer<typeof bulletinSchema>>;

export const usualBulletin = { every_minutes: 15, readable_by: 'owner' } as const;

export const bulletinModes = { owner: 0o600, group: 0o640, everyone: 0o644 } as const;

export type BulletinPlace = 'file' | 'slack';

/** `touched`: the incident is about that very workspace, and whoever is in it would read along. */
export type BulletinFault = AlertFault | 'touched';

/** What became of the line at a place, written down when that changes and not each time; a part of `Events`. */
export type BulletinEvents = {
  'bulletin.told': { place: BulletinPlace };
  'bulletin.failed': { place: BulletinPlace; fault: BulletinFault };
};
