import type { CommandSpec } from '../spec.ts';
import { journalParts } from './journal.ts';

const group = 'Letters, exports, proof';

const language = { flags: '--language LANG', help: 'language of the letter, for example en' } as const;

const full = {
  flags: '--full',
  help: 'frozen runbooks, rules and plans whole, instead of their size and hash',
} as const;

/** Keeping content, and letting it go. */
const content: readonly CommandSpec[] = [
  {
    name: 'policy',
    help: 'how long which content is kept, and archive duties that firebreak.yaml can name',
    load: async () => (await import('../commands/journal-content.ts')).policy,
  },
  {
    name: 'shred',
    args: '[incident]',
    help: 'destroy content by policy; two other people approve it, nothing stands in for them',
    options: [
      { flags: '--class CLASS', help: 'one data class alone: victims, staff, evidence, exchange ...' },
      { flags: '--why TEXT', help: 'the reason, for the two who approve' },
      { flags: '--yes', help: 'do not ask for the name of the incident' },
    ],
    more: [
      'Run once it asks for the approvals, run again once they are there it destroys.',
      'Data keys and sealed bytes go; entries, hashes and every proof stay, and the',
      'timeline reads "content destroyed on ... under ...". A legal hold wins over days.',
    ].join('\n'),
    load: async () => (await import('../commands/journal-content.ts')).shred,
  },
  {
    name: 'hold',
    args: '[incident]',
    help: 'legal hold: nothing is destroyed until it is lifted',
    options: [
      { flags: '--class CLASS', help: 'one data class alone; without it everything' },
      { flags: '--why TEXT', help: 'the reason' },
    ],
    load: async () => (await import('../commands/journal-content.ts')).hold,
  },
  {
    name: 'lift',
    args: '<incident> <entry>',
    help: 'end a legal hold, named by the entry that set it',
    options: [{ flags: '--why TEXT', help: 'the reason' }],
    load: async () => (await import('../commands/journal-content.ts')).lift,
  },
];

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
        args: '[letter]',
        help: 'what it lacks by article, what it may not say, and how it reads; without a name all that are asked for',
        options: [language],
        more: [
          'A claim ("contained", "no evidence of access", any number of people) is carried by a proof, by a',
          'collected log with its gap, or by a basis: firebreak fact claim-deleted yes --why "who confirmed it".',
          'Exit code 3 where something is missing, refused, or to be read again.',
        ].join('\n'),
        load: async () => (await import('../commands/letters-check.ts')).check,
      },
      {
        name: 'release',
        args: '<letter>',
        help: 'let this very text go, in your name; only a released letter is merged and sent',
        options: [
          language,
          { flags: '--override TEXT', help: 'why it goes although something is missing or refused' },
        ],
        more: [
          'The journal keeps the text with its SHA-256, who released it, and what was gone past. Where the',
          'runbook wants somebody else to agree first, no reason stands in for them.',
        ].join('\n'),
        load: async () => (await import('../commands/letters-check.ts')).release,
      },
      {
        name: 'show',
        args: '<letter>',
        help: 'the letter as it stands',
        options: [language],
        load: async () => (await import('../commands/letters.ts')).show,
      },
      {
        name: 'render',
        args: '<letter>',
        help: 'the letter as a file: Markdown, text, HTML, a mail, Word or PDF',
        options: [
          language,
          { flags: '--format FORMAT', help: 'md, txt, html, eml, docx or pdf; else by the ending of --out' },
          {
            flags: '--out PATH',
            help: "file or folder; - for the terminal; without it, the incident's folder of exports",
          },
          { flags: '--to ADDRESS', help: 'whom the mail is to; without it, nobody' },
          { flags: '--overwrite', help: 'replace a file that is there' },
        ],
        more: [
          'A drill, and a letter that is not complete, say so on every page and in the name or',
          'subject. PDF is PDF/A-2a and PDF/UA-1, and needs the typesetter, which is not installed',
          'with firebreak: npm install --global @myriaddreamin/typst-ts-node-compiler@0.7.0',
        ].join('\n'),
        load: async () => (await import('../commands/letters-render.ts')).render,
      },
      {
        name: 'merge',
        args: '<letter>',
        help: 'one letter for every row of a list, a million of them if need be',
        options: [
          {
            flags: '--recipients FILE',
            help: 'CSV: address, and where there are any id, name, language, salutation; or scope, the list that was counted',
          },
          {
            flags: '--format FORMAT',
            help: 'jsonl (one letter a line, for programs), mbox or html; else by the ending of --out',
          },
          { flags: '--out FILE', help: 'the file with all letters; without it, LETTER.FORMAT here' },
          { flags: '--report FILE', help: 'CSV of the rows that got no letter, with line and reason' },
          { flags: '--language LANG', help: 'of rows that name none; en without it' },
          { flags: '--from ADDRESS', help: 'the address that the letters come from' },
          {
            flags: '--trial N',
            help: 'the first N letters, recorded nowhere; also of a letter that is not complete',
          },
          { flags: '--resume', help: 'go on behind the last letter of a run that was stopped or killed' },
        ],
        more: [
          'Every row is checked by itself: what is wrong with one is reported with its line, the rest goes',
          'on. An address that stands there twice gets one letter. Memory does not grow with the list.',
        ].join('\n'),
        load: async () => (await import('../commands/letters-merge.ts')).merge,
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
    help: 'is it whole, signed and untouched? An incident, a drill, a journal, a bundle, or one disclosed entry',
    group,
    options: [
      {
        flags: '--key KEY',
        help: 'the public key that must have signed: a vkey line, a file with it, or pub.pem',
      },
      {
        flags: '--every-signature',
        help: 'of more than 10,000 checkpoints too, not only of each thousandth',
      },
      {
        flags: '--anchors PATH',
        help: 'a file or folder of checkpoints that were kept elsewhere; may be given several times',
        many: true,
      },
    ],
    load: async () => (await import('../commands/verify.ts')).verify,
  },
  {
    name: 'journal',
    help: 'read the journal itself, copy it while the tool runs, put a copy back, hand out, keep or destroy content',
    group,
    more: [
      'A copy holds the journal whole, without its keys: keep the keys folder apart.',
      'Never copy the bare file: what was written last is in the -wal file beside it.',
    ].join('\n'),
    parts: [
      ...journalParts,
      {
        name: 'show',
        args: '<incident> [entry]',
        help: 'the public part of every entry, or of one; takes a file too',
        options: [full],
        load: async () => (await import('../commands/journal.ts')).showJournal,
      },
      {
        name: 'tail',
        args: '<incident>',
        help: 'the newest entries',
        options: [{ flags: '-f, --follow', help: 'go on until Ctrl-C' }, full],
        load: async () => (await import('../commands/journal.ts')).tailJournal,
      },
      {
        name: 'disclose',
        args: '<incident> <entry>',
        help: 'one entry with its proof, for somebody who gets nothing else',
        options: [
          { flags: '--out FILE', help: 'where to; nothing is overwritten' },
          { flags: '--field NAME...', help: 'a private field to hand out in clear; without it, none is' },
        ],
        load: async () => (await import('../commands/journal.ts')).disclose,
      },
      {
        name: 'backup',
        args: '[incident]',
        help: 'a verified copy of one moment, while others write',
        options: [
          { flags: '--all', help: 'every live incident' },
          { flags: '--out PATH', help: 'a folder, or for one incident a file' },
        ],
        load: async () => (await import('../commands/journal.ts')).backupJournal,
      },
      {
        name: 'restore',
        args: '<file>',
        help: 'put a copy back where the incident is not; never over one that is there',
        load: async () => (await import('../commands/journal.ts')).restoreJournal,
      },
      {
        name: 'acknowledge',
        args: '[incident]',
        help: 'stand for it, by name and with the reason, that an older copy was put back',
        options: [{ flags: '--why TEXT', help: 'what happened, and why the older copy is used' }],
        more: [
          'What this machine has seen of a journal contradicts an older copy, and verify ends',
          'with 9. Once somebody stands for it, verify says that instead. Checkpoints that',
          'others hold, and receipts from elsewhere, contradict it all the same.',
        ].join('\n'),
        load: async () => (await import('../commands/journal.ts')).acknowledge,
      },
      ...content,
    ],
  },
];
