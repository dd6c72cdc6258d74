import type { CommandSpec, OptionSpec } from '../spec.ts';

const group = 'Writing to the journal';
const why: OptionSpec = { flags: '--why TEXT', help: 'the reason, for the record' };
const at: OptionSpec = {
  flags: '--at TIME',
  help: 'when it happened, if not now: 14:05, "2026-03-01 14:05", -20m, or RFC 3339',
};

const mapOption: OptionSpec = {
  flags: '--map MAPPING',
  help: 'how its columns are read: a name, or a YAML file',
};

export const writing: readonly CommandSpec[] = [
  {
    name: 'note',
    args: '<text...>',
    help: 'write down what was seen or done; `-` reads it from standard input',
    group,
    options: [
      at,
      { flags: '--star', help: 'show it in the summary timeline' },
      { flags: '--privileged', help: 'of counsel: left out of exports, but for one that counsel gets' },
      { flags: '--directed-by HANDLE', help: 'with --privileged: who is legal and asked for it, if not you' },
    ],
    more: [
      'Marking something privileged does not make it so: a court looks at what it is and who was given it. Keep facts in',
      'notes of their own, and let counsel approve how theirs are worded. The mark is set now or never; it is not secret.',
    ].join('\n'),
    load: async () => (await import('../commands/note.ts')).note,
  },
  {
    name: 'decide',
    args: '[step]',
    help: 'record a decision with its reason, the facts it rests on and who was against it',
    group,
    options: [
      { flags: '--option ID', help: 'what was chosen' },
      why,
      { flags: '--decider HANDLE', help: 'who decided, if not you' },
      { flags: '--objections TEXT', help: 'who was against it, and why' },
      {
        flags: '--relies FACTS',
        help: 'facts it rests on, with commas: it is asked again once one of them changes',
      },
      { flags: '--question TEXT', help: 'what is decided, where no step asks it' },
      { flags: '--instead ENTRY', help: 'the entry of a decision without a step that is decided anew' },
      { flags: '--advice', help: 'show what the rules say about the step, and decide nothing' },
    ],
    more: 'Deciding NOT to notify is a decision too: it goes into the register with its reason (export --format register).',
    load: async () => (await import('../commands/decide.ts')).decide,
  },
  {
    name: 'fact',
    args: '<fact> [value...]',
    help: 'record what is known; legal clocks hang on facts',
    group,
    options: [
      at,
      { flags: '--basis HOW', help: 'how it is known', choices: ['observed', 'log', 'told', 'estimated'] },
      { flags: '--unknown', help: 'asked, and not known yet' },
      { flags: '--rule-out', help: 'it did not happen: ends the clocks it would start (needs --why)' },
      {
        flags: '--correct',
        help: 'what was recorded is wrong: a new entry that names the old one (needs --why)',
      },
      why,
    ],
    more: 'A count with its range is written about,from,to: 4200,3000,6000 with --why telling where the numbers come from.',
    load: async () => (await import('../commands/fact.ts')).fact,
  },
  {
    name: 'duty',
    help: 'notifications that were sent, their proof, their acknowledgement',
    group,
    parts: [
      {
        name: 'submit',
        args: '<duty>',
        help: 'it was sent; SENT, NOT PROVED until proof is recorded',
        options: [{ flags: '--channel TEXT', help: 'how it was sent' }, at],
        load: async () => (await import('../commands/duty.ts')).submit,
      },
      {
        name: 'prove',
        args: '<duty>',
        help: 'what shows that it was sent: the duty is met',
        options: [
          {
            flags: '--kind KIND',
            help: 'kind of proof',
            choices: ['portal-reference', 'delivery-status', 'screenshot', 'other'],
          },
          { flags: '--reference TEXT', help: 'reference number, message id, or where the document lies' },
          {
            flags: '--evidence ID',
            help: 'what was kept as evidence, by its id: its hash stands beside the proof',
          },
        ],
        load: async () => (await import('../commands/duty.ts')).prove,
      },
      {
        name: 'acknowledge',
        args: '<duty>',
        help: 'the other side said that it has it',
        options: [{ flags: '--reference TEXT', help: 'their reference' }, at],
        load: async () => (await import('../commands/duty.ts')).acknowledge,
      },
      {
        name: 'changes',
        args: '<duty>',
        help: 'what was told when, and what is new, corrected or still unknown since',
        more: 'Element by element of its letter. Changes nothing; the next submission is the next phase (GDPR Art. 33(4)).',
        load: async () => (await import('../commands/duty-changes.ts')).changes,
      },
    ],
  },
  {
    name: 'call',
    args: '<contact>',
    help: 'write down a call: who was rung, and how it went',
    group,
    options: [
      { flags: '--outcome HOW', help: 'how it went', choices: ['reached', 'no-answer', 'left-message'] },
      { flags: '--note TEXT', help: 'what was said' },
    ],
    load: async () => (await import('../commands/call.ts')).call,
  },
  {
    name: 'role',
    args: '<role> [handle]',
    help: 'who holds a role from now on; you, unless another is named',
    group,
    load: async () => (await import('../commands/role.ts')).role,
  },
  {
    name: 'approve',
    args: '[entry]',
    help: 'what waits for a second person; asks for an approval, gives one, or reviews an override',
    group,
    options: [
      { flags: '--ask STEP', help: 'ask others to approve this step as it stands' },
      { flags: '--by HANDLE', help: 'who approves or reviews, if not you: a colleague at this keyboard' },
      {
        flags: '--key FILE',
        help: 'sign with this key of OpenSSH; its .pub file where the agent holds the rest',
      },
      { flags: '--passphrase', help: 'sign with the key that a passphrase opens; it is asked for, hidden' },
      { flags: '--signature FILE', help: 'a signature made elsewhere; - reads it from standard input' },
      { flags: '--print', help: 'what is to be signed, and the command that signs it on another machine' },
      { flags: '--disagree', help: 'for a review: it should not have been done' },
      { flags: '--why TEXT', help: 'for a review: what you found' },
      { flags: '--make-key', help: 'make a key from a passphrase and print its line for firebreak.yaml' },
    ],
    more: 'Without an entry it lists. firebreak help approvals says what this can enforce and what it cannot.',
    load: async () => (await import('../commands/approve.ts')).approve,
  },
  {
    name: 'severity',
    args: '<level>',
    help: 'raise or lower the severity, with a reason',
    group,
    options: [why],
    load: async () => (await import('../commands/severity.ts')).severity,
  },
  {
    name: 'evidence',
    help: 'bytes with their hash, collector, source and time',
    group,
    parts: [
      {
        name: 'add',
        args: '[source...]',
        help: 'keep a file, a URL, or the output of a command given after --',
        rest: true,
        options: [
          { flags: '--note TEXT', help: 'what it is and what it shows' },
          { flags: '--step ID', help: 'the step that asked for it' },
          at,
        ],
        more: 'Example: firebreak evidence add --note "processes on the web server" -- ssh web1 ps auxww',
        load: async () => (await import('../commands/evidence.ts')).addEvidence,
      },
      {
        name: 'collect',
        args: '[system...]',
        help: 'fetch what the systems logged in a window: sign-ins, changes of rights, exports',
        options: [
          {
            flags: '--since TIME',
            help: 'from when on; a day before the earliest sign where nothing is said',
          },
          { flags: '--until TIME', help: 'until when; now where nothing is said' },
          { flags: '--step ID', help: 'the step that asked for it' },
        ],
        more: 'Systems are named as in firebreak.yaml; without a name all are asked. What could not be had is named and stops nothing; the same command goes on with what is left. Exit code 6: in part.',
        load: async () => (await import('../commands/collect.ts')).collect,
      },
      {
        name: 'list',
        args: '[incident]',
        help: 'what was kept',
        load: async () => (await import('../commands/evidence.ts')).listEvidence,
      },
    ],
  },
  {
    name: 'scope',
    args: '[incident]',
    help: 'who is affected, and how many: at least, likely, at most',
    group,
    more: 'Only counts are shown and public; people are sealed. firebreak help mappings says what a mapping looks like.',
    load: async () => (await import('../commands/scope.ts')).showScope,
    parts: [
      {
        name: 'preview',
        args: '<file>',
        help: 'the first rows of an export as a mapping reads them; nothing is kept',
        options: [mapOption],
        load: async () => (await import('../commands/scope.ts')).previewScope,
      },
      {
        name: 'import',
        args: '<file>',
        help: 'read an export: people, times and counts are kept, sealed; the file is known by its hash',
        options: [
          mapOption,
          { flags: '--channel ID', help: 'the channel of the inventory that it came from' },
        ],
        more: 'Mappings known by name: whatsapp-webhook, zendesk-users, intercom-contacts, chatwoot-contacts, slack-users,\nstripe-charges, sendgrid-events. Exit code 6: some rows could not be read, the others were.',
        load: async () => (await import('../commands/scope.ts')).importScope,
      },
      {
        name: 'count',
        help: 'join the people of all exports, count them, and make the sealed list of recipients',
        options: [
          { flags: '--since TIME', help: 'from when on; the earliest sign where nothing is said' },
          { flags: '--until TIME', help: 'until when; now where nothing is said' },
          {
            flags: '--channels IDS',
            help: 'channels that the breach reached, with commas; else any of the inventory could be',
          },
        ],
        load: async () => (await import('../commands/scope.ts')).countScope,
      },
      {
        name: 'show',
        args: '[incident]',
        help: 'the last count, what it rests on and what is missing',
        load: async () => (await import('../commands/scope.ts')).showScope,
      },
      {
        name: 'facts',
        help: 'write the last count down as facts, in your name',
        options: [{ flags: '--yes', help: 'without the question' }],
        load: async () => (await import('../commands/scope.ts')).scopeFacts,
      },
      {
        name: 'export',
        args: '[incident]',
        help: 'write the list of recipients in clear to a file',
        options: [{ flags: '--out PATH', help: 'the file, which must not be there yet' }],
        load: async () => (await import('../commands/scope.ts')).exportScope,
      },
    ],
  },
];
