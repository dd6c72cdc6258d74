import type { ExportFormat } from './export.ts';

/** Every format by its id; a format's code is loaded when it is asked for. */
export const exports = {
  brief: { title: 'One page for a manager', extension: 'md', load: async () => (await import('./brief.ts')).brief },
  csv: { title: 'Timeline as a spreadsheet', extension: 'csv', load: async () => (await import('./csv.ts')).csv },
  jsonl: { title: 'Events for machines, JSON Lines', extension: 'jsonl', load: async () => (await import('./jsonl.ts')).jsonl },
  md: { title: 'Timeline as Markdown', extension: 'md', load: async () => (await import('./md.ts')).md },
} as const satisfies Readonly<Record<string, Readonly<{ title: string; extension: string; load: () => Promise<ExportFormat> }>>>;

export type ExportId = keyof typeof exports;

export const isExportId = (id: string): id is ExportId => Object.hasOwn(exports, id);
