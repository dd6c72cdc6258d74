import { z } from 'zod';
import { id } from './fields.ts';

/** Who else hears that a clock runs out, beside the bell of the terminal. */
export const alertsSchema = z
  .strictObject({
    slack: z
      .strictObject({
        connector: id.describe('a connector of the kind slack'),
        channel: z.string().min(1).describe('the channel of the incident: its id, or its name with #'),
      })
      .optional(),
    command: z
      .array(z.string().min(1).max(1000))
      .min(1)
      .max(20)
      .optional()
      .describe('a program and its arguments; the line is added as the last one'),
  })
  .describe(
    'told once for each clock and threshold while the app runs: codename, duty and time left, and nothing that anybody typed',
  );

export type Alerts = Readonly<z.infer<typeof alertsSchema>>;

export type AlertWay = 'slack' | 'command';

/** Why somebody could not be told, in a word that says what to look at. */
export type AlertFault = 'unreachable' | 'refused' | 'not-configured' | 'failed';
