import { practiceOption } from '../spec.ts';
import type { CommandSpec } from '../spec.ts';
import { personParts } from './person-clocks.ts';

const group = 'Looking';

export const looking: readonly CommandSpec[] = [
  {
    name: 'list',
    help: 'every incident, open ones first',
    group,
    load: async () => (await import('../commands/list.ts')).list,
  },
  {
    name: 'status',
    args: '[incident]',
    help: 'what is stopped, what is proved, what is unsure',
    group,
    options: [
      { flags: '--recheck', help: 'ask the real systems again' },
      {
        flags: '--every LENGTH',
        help: 'a line for managers now and every 15m, 2h ..., until Ctrl-C or the close',
      },
      { flags: '--to FILE', help: 'with --every: keep the line in this file too, readable by you alone' },
    ],
    more: [
      'The line holds the codename, whether it is still bleeding, steps, the next clock, who is in command and',
      'when the next line comes: nothing that anybody typed. To have it told by itself while the app runs, to a',
      'file or to Slack, name the place as bulletin: in firebreak.yaml. With --every these places are told as',
      'well, unless another process works on the incident and does so.',
    ].join('\n'),
    load: async () => (await import('../commands/status.ts')).status,
  },
  {
    name: 'clocks',
    args: '[incident]',
    help: 'every legal duty: from when, until when, how much is left',
    group,
    options: [
      { flags: '--check', help: 'end with exit code 8 when a clock of ours is overdue' },
      { flags: '--ics', help: 'a calendar with alarms instead, into --out; nothing private is in it' },
      { flags: '--out PATH', help: 'where the calendar is written' },
      { flags: '--all', help: 'every duty known here, and why it is on the board or is not' },
    ],
    load: async () => (await import('../commands/clocks.ts')).clocks,
    parts: [
      {
        name: 'compute',
        help: 'compute due moments from a file of cases; a pure calculator',
        options: [
          { flags: '--vectors FILE', help: 'JSON of cases: trigger, time zone, rule and its numbers' },
          { flags: '--obligation ID', help: 'one duty instead, as `clocks --all` names it' },
          { flags: '--trigger TIME', help: 'when it started, with its offset: 2026-10-23T18:00:00+02:00' },
          { flags: '--country CC', help: 'whose public holidays count: DE' },
          {
            flags: '--capped TIME',
            help: 'the earlier moment that a second limit counts from, where the duty has one',
          },
        ],
        load: async () => (await import('../commands/clocks-compute.ts')).compute,
      },
      ...personParts,
    ],
  },
  {
    name: 'who',
    args: '[incident]',
    help: 'whom to ring for each duty that is due, telephone first; logs how a call went',
    group,
    options: [
      { flags: '--log ID', help: 'of a contact or an authority that was rung: its name in brackets' },
      { flags: '--reached HOW', help: 'how it went', choices: ['yes', 'no', 'message'] },
      { flags: '--note TEXT', help: 'what was said' },
    ],
    more: 'Numbers of contacts.yaml stand first, each with its age. Authorities are named by law and country, with where\nthat was read; what is from memory says so.',
    load: async () => (await import('../commands/who.ts')).who,
  },
  {
    name: 'assess',
    help: 'severity, and whether to notify the authority and tell the people, with both sides',
    group,
    options: [
      {
        flags: '--input FILE',
        help: 'JSON: an array of cases, or an object with "cases"; each has an id and factors',
      },
      { flags: '--tables', help: 'what the severity is scored by' },
    ],
    more: [
      'factors: breach, exfiltration, data_unintelligible, key_compromised, special_categories,',
      'financial, national_id, vulnerable, identifiable, data, subjects, malicious, insider,',
      'social_engineering, accounts_entered, undetected_days, recipient, recipient_count,',
      'deletion_confirmed, device, remote_wipe, medium, channel, backup, restore_hours,',
      'service_impact. null is not known, and counts as the worst; what is not understood is a',
      'warning. It advises, a named person decides.',
    ].join('\n'),
    load: async () => (await import('../commands/assess.ts')).assess,
  },
  {
    name: 'plan',
    args: '<runbook>',
    help: 'dry run: exact calls, targets, what stops, what cannot be undone, and the hash of it all',
    group,
    load: async () => (await import('../commands/plan.ts')).plan,
  },
  {
    name: 'inventory',
    help: 'the data map: channels, integrations, credentials, and what they hold',
    group,
    load: async () => (await import('../commands/inventory.ts')).inventory,
    parts: [
      {
        name: 'sync',
        help: 'ask every configured system what exists, and show what the data map does not know',
        options: [
          { flags: '--write', help: 'write it into inventory.yaml, after a question; comments stay' },
          { flags: '--yes', help: 'without the question' },
          practiceOption,
        ],
        more: 'Unknown things are written as rows that nobody owns, and what a thing may do is written down. What is gone\nstays until a person takes it out. Ends with 3 where something differs, 6 where a system could not be asked.',
        load: async () => (await import('../commands/inventory-sync.ts')).sync,
      },
    ],
  },
  {
    name: 'audit',
    help: 'the quarterly look: forgotten webhooks, old keys, wide rights, bots, storage',
    group,
    options: [
      { flags: '--format FORMAT', help: 'sarif: for code scanning and editors', choices: ['sarif'] },
      { flags: '--check', help: 'ask nobody; end with exit code 8 when the audit is overdue' },
      { flags: '--dry-run', help: 'do not count it as an audit of this quarter' },
      practiceOption,
    ],
    more: 'Ends with 3 where something was found or asked, 8 under --check where it is overdue.',
    load: async () => (await import('../commands/audit.ts')).audit,
    parts: [
      {
        name: 'answer',
        args: '<question> <answer>',
        help: 'answer what no system tells: yes, no or unknown; it is asked again when it grows old',
        options: [{ flags: '--note TEXT', help: 'what you looked at' }],
        load: async () => (await import('../commands/audit.ts')).answer,
      },
      {
        name: 'probe',
        args: '<url>',
        help: 'send to your own webhook receiver what it must refuse, and see what it takes',
        options: [
          { flags: '--confirm HOST', help: 'the name of the host, instead of typing it' },
          practiceOption,
        ],
        more: 'Only a host of `receivers` in inventory.yaml. It gets about ten requests and a burst of forty, marked as\na probe, with no person in them. Ends with 3 where it takes what it must refuse, 6 where nothing is proved.',
        load: async () => (await import('../commands/audit-probe.ts')).probe,
      },
    ],
  },
  {
    name: 'runbook',
    help: 'the runbooks of this installation',
    group,
    parts: [
      {
        name: 'list',
        help: 'the runbooks, and for which trouble each is',
        load: async () => (await import('../commands/runbook-list.ts')).list,
      },
      {
        name: 'show',
        args: '<runbook>',
        help: 'its steps, bound to the inventory',
        load: async () => (await import('../commands/runbook-show.ts')).show,
      },
      {
        name: 'print',
        args: '<runbook>',
        help: 'on paper: boxes to tick, ways by hand, telephone numbers, for the night without a network',
        options: [
          {
            flags: '--out FILE',
            help: 'into a file that ends in .md or .pdf, instead of Markdown on the screen',
          },
          { flags: '--overwrite', help: 'take the place of a file that is there' },
        ],
        more: 'Its last page says how what was written on it is typed back in.',
        load: async () => (await import('../commands/runbook-print.ts')).printed,
      },
      {
        name: 'lint',
        args: '[path]',
        help: 'every fault of the definitions, with file, line and hint; the path is a file, a folder or a runbook',
        options: [
          {
            flags: '--fix',
            help: 'put right, in files of the workspace, what can only have been meant in one way',
          },
          { flags: '--sarif', help: 'as code-scanning services read it (SARIF 2.1.0)' },
        ],
        more: 'Ends with 3 where there is an error.',
        load: async () => (await import('../commands/runbook-lint.ts')).lint,
      },
      {
        name: 'test',
        args: '[runbook...]',
        help: 'play the tests of runbooks on simulators: the way through, clocks, letters, what is in doubt',
        options: [{ flags: '--coverage', help: 'which steps and which ways of conditions no test took' }],
        more: 'Tests lie in runbooks/<id>/test.yaml or runbooks/<id>/tests/*.yaml; help tests has their parts. In a workspace and\nwithout a name its own are played, in its own company. Ends with 3 where one is not as expected.',
        load: async () => (await import('../commands/runbook-test.ts')).tested,
      },
      {
        name: 'new',
        args: '<runbook>',
        help: 'write one of your own into the workspace, commented, with a test, and the schemas for your editor',
        options: [{ flags: '--from RUNBOOK', help: 'begin with the text of this one' }],
        load: async () => (await import('../commands/runbook-new.ts')).fresh,
      },
      {
        name: 'pack',
        help: 'runbooks that somebody else wrote: signed data, pinned by their hash',
        more: 'Whose packs count as signed: lines as in allowed_signers of OpenSSH, in `pack_signers` of firebreak.yaml or in the\nfile pack_signers of the data folder. All others carry the word UNSIGNED wherever their runbooks are shown.',
        parts: [
          {
            name: 'list',
            help: 'the packs of this workspace, and who signed them',
            load: async () => (await import('../commands/pack.ts')).list,
          },
          {
            name: 'verify',
            args: '<folder>',
            help: 'is it whole, and who signed it? Ends with 3 where nobody known did',
            load: async () => (await import('../commands/pack.ts')).verify,
          },
          {
            name: 'add',
            args: '<folder>',
            help: 'copy it into the workspace and pin it in packs.lock.json',
            load: async () => (await import('../commands/pack.ts')).add,
          },
          {
            name: 'write',
            args: '<folder> <name> <version>',
            help: 'write the manifest of a pack of your own, to be signed',
            load: async () => (await import('../commands/pack.ts')).write,
          },
        ],
      },
      {
        name: 'coverage',
        help: 'which items of law each runbook serves, and which none serves',
        load: async () => (await import('../commands/runbook-coverage.ts')).coverage,
      },
    ],
  },
];
