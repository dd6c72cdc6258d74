import { instant } from '../../../base/instant.ts';
import type { Block } from '../../../letters/body.ts';
import type { PaperLetter } from '../../../letters/papers/document.ts';

const HEADINGS = ['What happened', 'What this may mean for you', 'What we have done', 'What you can do now'];
const SENTENCES =
  'Between Tuesday night and Friday morning, somebody could read messages that were sent to our support. They used an access ' +
  'key of ours that had been published by mistake. We took the key out of use and stopped the connection.';
const ADVICE = [
  'Be careful with messages, calls and e-mails that mention us or this incident, even if they know details about you.',
  'Do not give passwords, one-time codes or card numbers to anybody who contacts you about this, also if they seem to be us.',
  'If you sent us a password or a card number, change that password wherever you use it, and tell your bank about the card.',
];

/** A letter of one page to one person, as a breach sends it: a salutation that differs, four headings, a list. */
export const oneOf = (n: number): PaperLetter => ({
  letter: 'bench',
  language: 'en',
  subject: 'Important information about your personal data',
  watermark: null,
  stamp: null,
  markdown: '',
  html: '',
  text: '',
  sender: 'Harbour Lane Trading Ltd',
  reference: `amber-otter ${n}`,
  at: instant(Date.parse('2026-11-20T06:00:00Z')),
  page: 'a4',
  to: null,
  body: [
    {
      is: 'heading',
      level: 1,
      runs: [{ is: 'plain', text: 'Important information about your personal data' }],
    },
    paragraph(`Dear Zoë Müller-${n},`),
    ...HEADINGS.flatMap((heading, i): readonly Block[] => [
      { is: 'heading', level: 2, runs: [{ is: 'plain', text: heading }] },
      i < HEADINGS.length - 1 ? paragraph(`${SENTENCES} Your number with us is ${n}.`) : list,
    ]),
    paragraph('Harbour Lane Trading Ltd'),
  ],
});

const paragraph = (text: string): Block => ({ is: 'paragraph', lines: [[{ is: 'plain', text }]] });
const list: Block = { is: 'list', items: ADVICE.map((text) => [{ is: 'plain', text }]) };
