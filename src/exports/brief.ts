import { markdown } from './brief/markdown.ts';
import { setBrief } from './brief/set.ts';
import type { ExportFormat } from './export.ts';

/** One page that a manager can forward: what, so what, now, next, who, and what nobody knows yet. */
export const brief: ExportFormat = {
  id: 'brief',
  title: 'One page for a manager',
  of: 'incident',
  forms: [
    { is: 'text', extension: 'md', pieces: (input) => [markdown(input)] },
    {
      is: 'bytes',
      extension: 'pdf',
      bytes: async (input, { typesetter }) => await Promise.resolve(setBrief(typesetter(), input)),
    },
  ],
};
