import { z } from 'zod';

/** Copies of the journal that the tool makes by itself while an incident is open. */
export const backupSchema = z
  .strictObject({
    folder: z.string().min(1).describe('where copies lie, from the root: best on another disk'),
    every_hours: z
      .number()
      .int()
      .min(1)
      .max(720)
      .optional()
      .describe('hours between copies; 4 where nothing is said'),
    after_irreversible: z
      .boolean()
      .optional()
      .describe('a copy after each step that cannot be undone as well; true where nothing is said'),
    keep: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .optional()
      .describe('copies kept of one incident, the newest; 24 where nothing is said'),
  })
  .describe('copies of the journal, made and verified while an incident is open');

export type BackupPolicy = Readonly<z.infer<typeof backupSchema>>;

export const usualBackup = { every_hours: 4, after_irreversible: true, keep: 24 } as const;
