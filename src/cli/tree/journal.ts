import type { CommandSpec } from '../spec.ts';

/** What is done with the journal itself: its checkpoints, and copies of it that go elsewhere. */
export const journalParts: readonly CommandSpec[] = [
  {
    name: 'anchor',
    args: '[incident]',
    help: 'take the newest checkpoint to every anchor now, and read back what stands there',
    load: async () => (await import('../commands/anchors.ts')).anchorNow,
  },
  {
    name: 'checkpoint',
    args: '[incident]',
    help: 'print the newest signed checkpoint, for a second responder to cosign',
    options: [{ flags: '--since N', help: 'with the proof that it grew from the N entries they saw last' }],
    load: async () => (await import('../commands/anchors.ts')).checkpoint,
  },
  {
    name: 'cosign',
    args: '[file]',
    help: 'vouch that another responder’s journal only grew since you last saw it; prints the line to send back',
    options: [
      { flags: '--key', help: 'print your own key, for their firebreak.yaml, and stop' },
      { flags: '--log-key KEY', help: 'the key of their journal, needed the first time' },
    ],
    load: async () => (await import('../commands/anchors.ts')).cosign,
  },
  {
    name: 'cosigned',
    args: '[file]',
    help: 'keep the line that a second responder sent back',
    load: async () => (await import('../commands/anchors.ts')).cosigned,
  },
];
