// Written by `npm run gen`; change the files it lists instead.
import type { ExportEntry } from './export.ts';

export const exportFormats = {
  brief: { title: 'One page for a manager', extension: 'md', load: async () => (await import('./brief.ts')).brief },
  csv: { title: 'Timeline as a spreadsheet', extension: 'csv', load: async () => (await import('./csv.ts')).csv },
  ics: { title: 'Deadlines as a calendar with alarms', extension: 'ics', load: async () => (await import('./ics.ts')).ics },
  jsonl: { title: 'Events for machines, JSON Lines', extension: 'jsonl', load: async () => (await import('./jsonl.ts')).jsonl },
  md: { title: 'Timeline as Markdown', extension: 'md', load: async () => (await import('./md.ts')).md },
  register: { title: 'Register of breaches, GDPR Art. 33(5)', extension: 'md', load: async () => (await import('./register.ts')).register },
} as const satisfies Readonly<Record<string, ExportEntry>>;

export type ExportId = keyof typeof exportFormats;

export const isExportId = (id: string): id is ExportId => Object.hasOwn(exportFormats, id);
