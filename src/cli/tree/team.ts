import type { CommandSpec } from '../spec.ts';

const group = 'Writing to the journal';

export const team: readonly CommandSpec[] = [
  {
    name: 'handover',
    args: '[incident]',
    help: 'what whoever takes over must know, and which roles are on their way',
    group,
    options: [
      {
        flags: '--out FILE',
        help: 'hand the incident itself to another machine: an encrypted, signed packet',
      },
      {
        flags: '--to LINE',
        help: 'the line of that machine, which `firebreak keys receive` prints there; or a file with it',
      },
      { flags: '--confirm NAME', help: 'the codename, where no terminal can ask for it' },
    ],
    more: [
      'A role goes over once whoever takes it has said it back: until then whoever hands over',
      'keeps it. A packet holds the whole journal, and no live secret; from then on the',
      'incident goes on there, and is only read here: firebreak help laptops',
    ].join('\n'),
    load: async () => (await import('../commands/handover.ts')).showHandover,
    parts: [
      {
        name: 'show',
        args: '[incident]',
        help: 'what whoever takes over must know, and which roles are on their way',
        load: async () => (await import('../commands/handover.ts')).showHandover,
      },
      {
        name: 'offer',
        args: '<role>',
        help: 'hand a role that is held to somebody else',
        options: [
          { flags: '--to HANDLE', help: 'who takes over: one person' },
          {
            flags: '--note TEXT',
            help: 'what only you know: how it stands, and what to do if it turns out otherwise',
          },
        ],
        load: async () => (await import('../commands/handover.ts')).offer,
      },
      {
        name: 'take',
        args: '<role>',
        help: 'take a role that is handed to you, and say back what you were told',
        options: [
          { flags: '--said TEXT', help: 'in your own words: how it stands and what comes next' },
          { flags: '--by HANDLE', help: 'who takes it, if not you: a colleague at this keyboard' },
        ],
        load: async () => (await import('../commands/handover.ts')).take,
      },
      {
        name: 'keep',
        args: '[incident]',
        help: 'go on here with what was handed to another machine, because the packet never got there',
        options: [{ flags: '--why TEXT', help: 'the reason, for the record' }],
        load: async () => (await import('../commands/packet.ts')).keep,
      },
      {
        name: 'withdraw',
        args: '<role>',
        help: 'take the offer back; the role stays where it is',
        options: [{ flags: '--why TEXT', help: 'the reason, for the record' }],
        load: async () => (await import('../commands/handover.ts')).withdraw,
      },
    ],
  },
  {
    name: 'task',
    args: '[incident]',
    help: 'who does what until when; what is late',
    group,
    load: async () => (await import('../commands/task.ts')).listTasks,
    parts: [
      {
        name: 'list',
        args: '[incident]',
        help: 'who does what until when; what is late',
        load: async () => (await import('../commands/task.ts')).listTasks,
      },
      {
        name: 'give',
        args: '<person> <what...>',
        help: 'ask one named person for one thing within a time',
        options: [{ flags: '--minutes N', help: 'how long it may take' }],
        more: 'Example: firebreak task give ben pull the CRM audit log --minutes 20',
        load: async () => (await import('../commands/task.ts')).give,
      },
      {
        name: 'ack',
        args: '<task>',
        help: 'say yes to a task that is yours',
        load: async () => (await import('../commands/task.ts')).acknowledge,
      },
      {
        name: 'done',
        args: '<task> [result...]',
        help: 'it is done, with what came of it',
        load: async () => (await import('../commands/task.ts')).done,
      },
      {
        name: 'drop',
        args: '<task>',
        help: 'nobody does it after all',
        options: [{ flags: '--why TEXT', help: 'the reason, for the record' }],
        load: async () => (await import('../commands/task.ts')).drop,
      },
    ],
  },
];
