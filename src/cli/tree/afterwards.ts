import type { CommandSpec } from '../spec.ts';

const group = 'Letters, exports, proof';

const language = { flags: '--language LANG', help: 'language of the letter, for example en' } as const;

export const afterwards: readonly CommandSpec[] = [
  {
    name: 'letters',
    help: 'notifications to authorities, people and the acquirer',
    group,
    parts: [
      {
        name: 'list',
        help: 'what can be written',
        load: async () => (await import('../commands/letters.ts')).list,
      },
      {
        name: 'check',
        args: '<letter>',
        help: 'which legal elements are missing, by article',
        options: [language],
        load: async () => (await import('../commands/letters.ts')).check,
      },
      {
        name: 'show',
        args: '<letter>',
        help: 'the letter as it stands',
        options: [language],
        load: async () => (await import('../commands/letters.ts')).show,
      },
    ],
  },
  {
    name: 'export',
    args: '[incident]',
    help: 'write the timeline, the brief, or a bundle that strangers verify',
    group,
    options: [
      {
        flags: '--format FORMAT',
        help: 'brief, md, csv, jsonl, bundle ...; without it, what there is is listed',
      },
      { flags: '--out PATH', help: 'file or folder; without it, the exports folder of the incident' },
    ],
    load: async () => (await import('../commands/export.ts')).exportTo,
  },
  {
    name: 'verify',
    args: '<incident>',
    help: 'is the journal whole, signed and untouched? Takes an incident, a drill, a journal or a bundle',
    group,
    options: [
      {
        flags: '--every-signature',
        help: 'of more than 10,000 checkpoints too, not only of each thousandth',
      },
    ],
    load: async () => (await import('../commands/verify.ts')).verify,
  },
];
