import { topicIds } from '../topics.ts';
import type { CommandSpec } from '../spec.ts';

const group = 'Set-up and help';

export const settingUp: readonly CommandSpec[] = [
  {
    name: 'init',
    args: '[dir]',
    help: 'write a commented workspace: organisation, inventory, contacts',
    group,
    load: async () => (await import('../commands/init.ts')).init,
  },
  {
    name: 'trust',
    help: 'let this workspace reach systems with your secrets, as its files stand now',
    group,
    load: async () => (await import('../commands/trust.ts')).trust,
  },
  {
    name: 'doctor',
    help: 'which credential, contact or file would fail tonight? Changes nothing',
    group,
    load: async () => (await import('../commands/doctor.ts')).doctor,
  },
  {
    name: 'info',
    help: 'where everything lies',
    group,
    load: async () => (await import('../commands/info.ts')).info,
  },
  {
    name: 'keys',
    help: 'the key that what is private in live incidents is sealed with',
    group,
    more: [
      'file        a key file that only you can read, beside the data; so at the start',
      'passphrase  made from a passphrase when it is needed, kept nowhere',
      'keychain    kept by the keychain of the operating system',
      '',
      'The key is changed, not what it seals: entries, proofs and checkpoints stay.',
      'Cut short, the same command again finishes it. A drill has its own key file.',
      '',
      'Where nobody can be asked, FIREBREAK_PASSPHRASE_FILE names a file (chmod 600)',
      'or an open descriptor (/dev/fd/3) that holds the passphrase.',
    ].join('\n'),
    parts: [
      {
        name: 'show',
        help: 'where the key comes from, and what depends on it',
        load: async () => (await import('../commands/keys.ts')).showKey,
      },
      {
        name: 'use',
        args: '<source>',
        help: 'take the key from: file, passphrase, keychain; or finish a change that was cut short',
        load: async () => (await import('../commands/keys.ts')).useKey,
      },
    ],
  },
  {
    name: 'help',
    args: '[topic...]',
    help: `explain a command, or one of: ${topicIds.join(', ')}`,
    group,
    load: async () => (await import('../commands/help.ts')).help,
  },
  {
    name: 'completion',
    args: '<shell>',
    help: 'completion for bash, zsh or fish',
    group,
    more: 'bash: source <(firebreak completion bash)\nzsh:  source <(firebreak completion zsh)\nfish: firebreak completion fish | source',
    load: async () => (await import('../commands/completion.ts')).completion,
  },
];
