// Written by `npm run gen`; change the files it lists instead.
import type { ExportEntry } from './export.ts';

export const exportFormats = {
  brief: { title: 'One page for a manager', extensions: ['md', 'pdf'], load: async () => (await import('./brief.ts')).brief },
  csv: { title: 'Timeline as a spreadsheet', extensions: ['csv'], load: async () => (await import('./csv.ts')).csv },
  handover: { title: 'A page for whoever takes over', extensions: ['md'], load: async () => (await import('./handover.ts')).handover },
  ics: { title: 'Deadlines as a calendar with alarms', extensions: ['ics'], load: async () => (await import('./ics.ts')).ics },
  iris: { title: 'Timeline for DFIR-IRIS', extensions: ['csv'], load: async () => (await import('./iris.ts')).iris },
  jsonl: { title: 'Events for machines, JSON Lines', extensions: ['jsonl'], load: async () => (await import('./jsonl.ts')).jsonl },
  md: { title: 'Timeline as Markdown', extensions: ['md'], load: async () => (await import('./md.ts')).md },
  ocsf: { title: 'Events of the Open Cybersecurity Schema Framework', extensions: ['jsonl'], load: async () => (await import('./ocsf.ts')).ocsf },
  register: { title: 'Register of breaches, GDPR Art. 33(5)', extensions: ['md'], load: async () => (await import('./register.ts')).register },
  'regulator-pack': { title: 'Fields for the forms of authorities', extensions: ['md', 'json', 'docx'], load: async () => (await import('./regulator-pack.ts')).regulatorPack },
  timeline: { title: 'Timeline to print and to file, PDF/A-2a', extensions: ['pdf'], load: async () => (await import('./timeline.ts')).timeline },
  'timeline-html': { title: 'Timeline as one page to search, with a chart', extensions: ['html'], load: async () => (await import('./timeline-html.ts')).timelineHtml },
  timesketch: { title: 'Timeline for Timesketch', extensions: ['csv', 'jsonl'], load: async () => (await import('./timesketch.ts')).timesketch },
  veris: { title: 'The incident in VERIS', extensions: ['json'], load: async () => (await import('./veris.ts')).veris },
} as const satisfies Readonly<Record<string, ExportEntry>>;

export type ExportId = keyof typeof exportFormats;

export const isExportId = (id: string): id is ExportId => Object.hasOwn(exportFormats, id);
