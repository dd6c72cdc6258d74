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
  {
    name: 'ship',
    args: '[incident]',
    help: 'send the journal as OCSF events to the receivers that firebreak.yaml names, from where each one is',
    options: [
      { flags: '--to NAME', help: 'to this receiver alone' },
      { flags: '--from N', help: 'again from entry N on' },
      { flags: '--all', help: 'every live incident, one after the other' },
      { flags: '--follow', help: 'go on as the journal grows, until Ctrl-C' },
      { flags: '--status', help: 'send nothing: how far each one has got, how far it is behind, what fails' },
    ],
    more: [
      'ship:',
      '  siem: { https: https://collector.example/events, authorization: { env: SIEM_KEY } }',
      '  logs: { syslog: logs.example, ca: /etc/ssl/logs.pem, fields: [note.added.text] }',
      '  file: { folder: /mnt/collector }',
      '',
      'While an incident is open this happens by itself. An event is sent until it was',
      'taken, so one may come twice: metadata.uid, the hash of the entry, tells. What is',
      'private leaves as commitments alone, unless `fields` names it. Drills never leave.',
      'Exit code 6: a receiver has not got everything.',
    ].join('\n'),
    load: async () => (await import('../commands/ship.ts')).ship,
  },
];
