import { z } from 'zod';
import { roles } from './names.ts';

/** How often a team practises: every number of it stands here, and a workspace may say another one in `drills:`. */

const days = z.number().int().min(1).max(3660);

export const cadenceSchema = z
  .strictObject({
    programme_days: days.optional().describe('at most so many days between two drills; without it 183'),
    scenario_days: days.optional().describe('each scenario within so many days; without it 365'),
    person_days: days.optional().describe('each person on call within so many days; without it 365'),
    joining_days: days.optional().describe('somebody new within so many days of `joined`; without it 30'),
    elements_days: days
      .optional()
      .describe('each element of PCI DSS 12.10.1 within so many days; without it 365'),
    notice_days: days.optional().describe('what is due within so many days is said; without it 30'),
    on_call: z
      .array(z.enum(roles))
      .min(1)
      .optional()
      .describe('the roles of whoever must practise; without it responder and commander'),
  })
  .describe('how often the team practises');
export type CadenceSource = Readonly<z.infer<typeof cadenceSchema>>;
export type CadenceRules = Readonly<{ [Key in keyof CadenceSource]-?: NonNullable<CadenceSource[Key]> }>;

/** Two drills a year are stricter than PCI DSS 12.10.2 (every 12 months); the other numbers are starting values of ours. */
const startingValues: CadenceRules = {
  programme_days: 183,
  scenario_days: 365,
  person_days: 365,
  joining_days: 30,
  elements_days: 365,
  notice_days: 30,
  on_call: ['responder', 'commander'],
};

export const cadenceRules = (own: CadenceSource | undefined): CadenceRules => ({
  ...startingValues,
  ...Object.fromEntries(Object.entries(own ?? {}).filter(([, value]) => value !== undefined)),
});

/** What PCI DSS 4.0.1, 12.10.1 wants in the plan, in our words: from memory, the text of the standard is to be compared. */
export const pciElements = {
  roles: 'Roles, contacts and how they are reached, payment brands and acquirers among them',
  procedures: 'Response procedures for kinds of incidents',
  continuity: 'Recovery and continuity of the business',
  backup: 'Backup of data',
  legal: 'What the law wants reported',
  components: 'Every critical system covered and answered for',
  brands: "The brands' own incident procedures, by reference or inside",
} as const;
export type PciElement = keyof typeof pciElements;
export const pciElementIds = Object.keys(pciElements) as [PciElement, ...PciElement[]];

/** What Art. 33 and 34 GDPR ask of a team, as tasks that a drill can practise. */
export const gdprTasks = {
  '33.1': 'Decide whether the authority is told, within 72 hours of being aware',
  '33.2': 'A processor tells the controller',
  '33.3': 'What the notification says',
  '33.4': 'Information in phases',
  '33.5': 'Documentation, whether notified or not',
  '34.1': 'Decide whether the people are told',
  '34.2': 'What they are told, in plain language',
  '34.3': 'Reasons for not telling each of them, public communication',
} as const;
export type GdprTask = keyof typeof gdprTasks;
export const gdprTaskIds = Object.keys(gdprTasks) as [GdprTask, ...GdprTask[]];
