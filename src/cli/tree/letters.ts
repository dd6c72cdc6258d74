import type { CommandSpec } from '../spec.ts';

/** Letters: written, checked, let go, merged and sent. */

const language = { flags: '--language LANG', help: 'language of the letter, for example en' } as const;

const why = { flags: '--why TEXT', help: 'the reason' } as const;

/** Letters on their way out, and what became of them. */
const leaving: readonly CommandSpec[] = [
  {
    name: 'send',
    args: '<file>',
    help: 'hand merged letters to your mail server, once each; to colleagues first, to people once two others agree',
    options: [
      { flags: '--dry-run', help: 'what would leave and what stands in its way; nothing does' },
      {
        flags: '--seed',
        help: 'to colleagues: a short mailing of its own, that shows how these words arrive',
      },
      { flags: '--ask', help: 'ask two others to agree' },
      { flags: '--via NAME', help: 'the mail server of firebreak.yaml, where there are several' },
      {
        flags: '--handed TEXT',
        help: 'nothing is sent from here: record to whom the file was given, who sends it',
      },
      { flags: '--yes', help: 'do not ask for the number of letters' },
    ],
    more: [
      'The file is what letters merge wrote as JSON Lines, known by its hash; its words are those that were',
      'released, and still are. Run again it goes on: what was taken is never sent twice, and what may have',
      'been taken when the line was cut is UNSURE until a person has looked (letters settle). Nothing goes over',
      'a channel that the incident touches. Exit code 6 while letters are left, in doubt or refused.',
    ].join('\n'),
    load: async () => (await import('../commands/letters-send.ts')).send,
  },
  {
    name: 'sent',
    args: '[mailing]',
    help: 'what became of the letters that left; with a mailing, those in doubt or refused one by one',
    load: async () => (await import('../commands/letters-sent.ts')).sent,
  },
  {
    name: 'settle',
    args: '<mailing> [letters...]',
    help: 'say of letters in doubt what the log of the mail server says, or let refused ones be tried again',
    options: [
      {
        flags: '--result RESULT',
        help: 'of those in doubt, what was found',
        choices: ['taken', 'not-taken'],
      },
      { flags: '--try-again', help: 'of those refused for good: the next letters send sends them once more' },
      why,
    ],
    more: [
      'Letters are named by number, as letters sent shows them; without numbers it is about all of them.',
      'A letter that was taken, or may have been, is never tried again: settle the doubt first.',
    ].join('\n'),
    load: async () => (await import('../commands/letters-sent.ts')).settle,
  },
  {
    name: 'bounces',
    args: '<files...>',
    help: 'read what came back (.eml or mbox) and record which letters did not arrive',
    load: async () => (await import('../commands/letters-sent.ts')).bounces,
  },
];

export const letterParts: readonly CommandSpec[] = [
  {
    name: 'list',
    help: 'the letters that there are, each with its duty and its languages',
    load: async () => (await import('../commands/letters.ts')).list,
  },
  {
    name: 'check',
    args: '[letter]',
    help: 'what a letter lacks by article, what it may not say, and how it reads; without a name, every letter that is asked for',
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
        help: 'one file of all: jsonl (one letter a line, for programs), mbox or html; a file each: files (a folder), zip or pdf; else by the ending of --out',
      },
      {
        flags: '--each KIND',
        help: 'what each of the files or of the zip is: eml, html or pdf; eml without it',
      },
      {
        flags: '--out PLACE',
        help: 'the file, the zip, or the folder that is to be made; without it, LETTER.FORMAT here',
      },
      {
        flags: '--report FILE',
        help: 'CSV of the rows that got no letter, or one with a character that no font has, with line and reason',
      },
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
      'A file each is called by its key and lies among at most a thousand; letters.csv says whose it is,',
      'with its SHA-256. PDF letters come in a zip, or in a folder where --out names no .zip.',
    ].join('\n'),
    load: async () => (await import('../commands/letters-merge.ts')).merge,
  },
  ...leaving,
];
