import { tlps } from '../../model/tlp.ts';
import { audienceIds } from '../../model/audience.ts';
import type { CommandSpec } from '../spec.ts';
import { journalParts } from './journal.ts';
import { letterParts } from './letters.ts';
import { redactionParts } from './redaction.ts';

const group = 'Letters, exports, proof';

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
    parts: letterParts,
  },
  {
    name: 'export',
    args: '[incident]',
    help: 'write the timeline, the brief, or a bundle that strangers verify',
    group,
    options: [
      {
        flags: '--format FORMAT',
        help: 'brief, timeline, md, csv, jsonl, bundle ...; without it, all of them are listed',
      },
      {
        flags: '--out PATH',
        help: 'a file, whose ending says which form, or a folder for all; without it, the exports folder',
      },
      { flags: '--force', help: 'replaces the file that --out names; without it nothing is overwritten' },
      { flags: '--star', help: 'of the timeline, what is starred alone' },
      { flags: '--from TIME', help: 'of the timeline, what happened from then on' },
      { flags: '--to TIME', help: 'of the timeline, what happened up to then' },
      {
        flags: '--filter WORDS',
        help: 'of the timeline, rows with each of these words, as its screen finds them',
      },
      {
        flags: '--audience WHO',
        help: 'who gets it: what they do not get is withheld, and listed; without it, the full copy',
        choices: audienceIds,
      },
      { flags: '--privileged', help: 'with what counsel marked privileged; --audience counsel means it too' },
      { flags: '--recipients NAMES', help: 'with it: everybody who gets the copy, with commas' },
      { flags: '--confirm WORD', help: 'with it: the word privileged, where nobody can be asked' },
      {
        flags: '--since WHEN',
        help: 'what has changed since the last export of this format for this audience: entries, clocks, counts, decisions',
        choices: ['last'],
      },
      {
        flags: '--tlp LABEL',
        help: 'who may read it (TLP 2.0); without it, amber, or as the audience asks',
        choices: tlps,
      },
    ],
    more: [
      'What is left out by --star, --from, --to and --filter is said at the head of the file, with how much it is; the',
      'journal stays whole. A row whose time nobody knows is placed by when it was recorded. Times are shown in --zone,',
      'with UTC beside them. A file is whole or not there, for its owner alone, and its hash is in the journal.',
    ].join('\n'),
    load: async () => (await import('../commands/export.ts')).exportTo,
  },
  {
    name: 'redaction',
    help: 'hold a redacted copy against the journal, or show somebody what it withholds',
    group,
    parts: redactionParts,
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
        flags: '--against FILE',
        help: 'another copy of the same incident: how far they are alike, and whether there are two stories',
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
          {
            flags: '--field NAME',
            help: 'a private field to hand out in clear; may be given several times; without it, none is',
            many: true,
          },
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
        help: 'say, by name and with the reason, that an older copy was put back',
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
