// Written by `npm run gen`; change the files it lists instead.
import type { ExportEntry } from './export.ts';

export const exportFormats = {
  brief: { title: 'One page for a manager', extensions: ['md'], load: async () => (await import('./brief.ts')).brief },
  csv: { title: 'Timeline as a spreadsheet', extensions: ['csv'], load: async () => (await import('./csv.ts')).csv },
  ics: { title: 'Deadlines as a calendar with alarms', extensions: ['ics'], load: async () => (await import('./ics.ts')).ics },
  jsonl: { title: 'Events for machines, JSON Lines', extensions: ['jsonl'], load: async () => (await import('./jsonl.ts')).jsonl },
  md: { title: 'Timeline as Markdown', extensions: ['md'], load: async () => (await import('./md.ts')).md },
  register: { title: 'Register of breaches, GDPR Art. 33(5)', extensions: ['md'], load: async () => (await import('./register.ts')).register },
} as const satisfies Readonly<Record<string, ExportEntry>>;

export type ExportId = keyof typeof exportFormats;

export const isExportId = (id: string): id is ExportId => Object.hasOwn(exportFormats, id);
