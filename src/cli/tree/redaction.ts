import type { CommandSpec } from '../spec.ts';

export const redactionParts: readonly CommandSpec[] = [
  {
    name: 'check',
    args: '<file>',
    help: 'is this the copy that was exported, or is what its list withholds what the journal holds?',
    options: [
      {
        flags: '--against OPENINGS',
        help: 'a file of "redaction open", compared with the list alone; no journal is needed',
      },
    ],
    more: [
      'The list is the file that ends in .withheld.jsonl, beside each copy. For every place it commits to',
      'SHA-256("firebreak/withheld/v1" 00 salt 00 place 00 text), place as {"entry":12,"field":"text"}; `entry` as a field is the',
      'public part of a row that is withheld whole. The salts come from a secret that is sealed in the journal with the export.',
    ].join('\n'),
    load: async () => (await import('../commands/redaction.ts')).checkRedaction,
  },
  {
    name: 'open',
    args: '<list>',
    help: 'write salts and texts of what a list withholds, for whoever is to be shown it',
    options: [
      { flags: '--out FILE', help: 'where they go, in clear; nothing is overwritten' },
      { flags: '--entry N', help: 'of this entry alone; may be given several times', many: true },
    ],
    more: 'It is written into the journal. What is marked privileged stays closed.',
    load: async () => (await import('../commands/redaction.ts')).openRedaction,
  },
];
