import { topicIds } from '../topics.ts';
import { practiceOption } from '../spec.ts';
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
    options: [practiceOption],
    more: 'Asks each system who we are, and compares what its credential may with what the actions of all runbooks need.\nEnds with 3 where something would fail, 4 where a credential is missing or refused.',
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
      'The key itself comes from one of:',
      '  file        a key file that only you can read, beside the data; so at the start',
      '  passphrase  made from a passphrase when it is needed, kept nowhere',
      '  keychain    kept by the keychain of the operating system',
      'Further ways to it, for the day that one is lost:',
      '  code        a recovery code for a sheet of paper, shown once',
      '  age         a colleague or an off-line key: age1..., as `age-keygen` makes it',
      '  aws-kms     a key of AWS KMS, through the program `aws`',
      '  vault       a transit key of Vault (MOUNT/NAME), through the program `vault`',
      '',
      'A key is changed, not what it seals: entries, proofs and checkpoints stay.',
      'Cut short, the same command again finishes it. A drill has its own key file.',
      '',
      'Where nobody can be asked, FIREBREAK_PASSPHRASE_FILE names a file (chmod 600)',
      'or an open descriptor (/dev/fd/3) that holds the passphrase or recovery code;',
      'FIREBREAK_AGE_IDENTITY_FILE names a file of age identities.',
    ].join('\n'),
    parts: [
      {
        name: 'show',
        help: 'by which ways the key is had, and what depends on it',
        load: async () => (await import('../commands/keys.ts')).showKey,
      },
      {
        name: 'init',
        help: 'make a first key where there is none, and a recovery code, shown once',
        load: async () => (await import('../commands/keys-init.ts')).initKeys,
      },
      {
        name: 'receive',
        help: 'print the line that a colleague hands an incident over to, and the characters to compare by voice',
        load: async () => (await import('../commands/packet.ts')).showReceiver,
      },
      {
        name: 'use',
        args: '<source>',
        help: 'take the key from: file, passphrase, keychain; or finish a change that was cut short',
        load: async () => (await import('../commands/keys.ts')).useKey,
      },
      {
        name: 'add',
        args: '<way> [key]',
        help: 'a further way to the key: code, passphrase, keychain, file, age, aws-kms, vault',
        load: async () => (await import('../commands/keys-ways.ts')).addWay,
      },
      {
        name: 'remove',
        args: '<way>',
        help: 'take a way to the key away: a new key is made that it does not open',
        load: async () => (await import('../commands/keys-ways.ts')).removeWay,
      },
      {
        name: 'rotate',
        help: 'a new key for all ways; or finish a change that was cut short',
        load: async () => (await import('../commands/keys-ways.ts')).rotateKeys,
      },
      {
        name: 'drill',
        args: '[way]',
        help: 'open every open incident by one way alone, the second if none is named',
        load: async () => (await import('../commands/keys-ways.ts')).drillKeys,
      },
    ],
  },
  {
    name: 'keymap',
    help: 'what each key does in the app, by its id; your own keys',
    group,
    options: [{ flags: '--check', help: 'look at your file of keys alone; ends with 3 where it is wrong' }],
    more: [
      'Keys of your own stand in keymap.yaml; `firebreak info` says where. One line an id, with a key or',
      'a list of keys, which take the place of its own:',
      '',
      '  step:run: X',
      '  incident:note: [n, "~"]',
      '  run:hand: [h, ctrl+g]',
      '',
      'Keys: a letter, a digit, a sign (in quotes), ctrl+a to ctrl+z, tab, shift+tab, space, up, down,',
      'left, right, home, end, pgup, pgdn. enter, esc and ctrl+c keep what they do: enter never',
      'confirms, esc goes back, ctrl+c leaves. A file with a fault is not used at all, and says so.',
    ].join('\n'),
    load: async () => (await import('../commands/keymap.ts')).keymap,
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
