import { maskSecrets } from '../../base/mask.ts';
import type { LetterElement } from '../../model/letter.ts';
import type { LetterInput } from '../input.ts';
import type { LetterDraft } from '../shape.ts';
import { identifiersIn } from './identifiers.ts';
import type { LintFinding } from './report.ts';
import { sentencesOf } from './sentences.ts';
import type { Rules } from './words/index.ts';

type Tone = 'stock' | 'blame' | 'liability' | 'marketing';

const tones: Readonly<Record<Tone, Readonly<{ why: string; fix: string }>>> = {
  stock: {
    why: 'a stock phrase: readers have met it in every letter of this kind, and it tells them nothing',
    fix: 'say what you did, or leave it out',
  },
  blame: {
    why: 'it names somebody to blame before anybody has looked into it',
    fix: 'say what happened, and leave the fault to the review',
  },
  liability: {
    why: 'it reads as an admission of liability, which insurers and courts hold against you',
    fix: 'say what happened and what you do; ask your lawyer before you say more',
  },
  marketing: {
    why: 'a warning that sells something is no warning; in some countries it is unlawful',
    fix: 'take it out',
  },
};

/** What must not leave the house in a letter, whatever is true. */
export function lintOf(draft: LetterDraft, input: LetterInput, rules: Rules | null): readonly LintFinding[] {
  const known = addressesOf(draft, input);
  return sentencesOf(`${draft.subject}\n\n${draft.text}`).flatMap(({ text }) => [
    ...leaked(text),
    ...addressed(text, known),
    ...(rules === null ? [] : [...toned(text, rules), ...asksIn(text, rules)]),
    ...linked(text, known),
  ]);
}

/** A finding is read on screens and in logs: it never repeats what it found. */
function leaked(sentence: string): readonly LintFinding[] {
  const { text: safe, masked } = maskSecrets(sentence);
  const about = { is: 'refused', fix: 'take it out, and correct the fact it came from' } as const;
  const secrets = masked.map(({ kind }): LintFinding => ({
    ...about,
    rule: `lint.${kind === 'card-number' || kind === 'iban' ? kind : 'secret'}`,
    sentence: safe,
    words: kind.replace('-', ' '),
    why: `it holds a ${kind.replace('-', ' ')}: no letter repeats what leaked`,
  }));
  const ids = identifiersIn(safe);
  const hidden = ids.reduce((text, { found }) => text.replaceAll(found, '[number]'), safe);
  return [
    ...secrets,
    ...ids.map(({ title }): LintFinding => ({
      ...about,
      rule: 'lint.national-id',
      sentence: hidden,
      words: title,
      why: `it holds what looks like a ${title}`,
    })),
  ];
}

const MAIL = /[A-Za-z0-9](?:[A-Za-z0-9._%+-]{0,63})@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}/g;
const LINK =
  /(?<![A-Za-z0-9@.-])(?:https?:\/\/([^\s/?#<>"')]{1,253})([^\s<>"')]{0,2000})|(www\.[A-Za-z0-9.-]{1,250})([^\s<>"')]{0,2000}))/gi;

type Known = Readonly<{ mails: ReadonlySet<string>; domains: ReadonlySet<string> }>;

/** Whom a reader is meant to write to: contacts, and what stands in the element that names one. */
function addressesOf(draft: LetterDraft, { contacts, source }: LetterInput): Known {
  const meant = new Set(source.elements.filter(isContact).map(({ id }) => id));
  const texts = [
    ...contacts.flatMap(({ email }) => email ?? []),
    ...draft.elements.flatMap(({ id, value }) => (meant.has(id) && value !== null ? [value] : [])),
  ];
  const mails = new Set(texts.flatMap((text) => [...text.matchAll(MAIL)].map(([one]) => one.toLowerCase())));
  const links = texts.flatMap((text) => [...text.matchAll(LINK)].map((one) => hostOf(one)));
  return { mails, domains: new Set([...links, ...[...mails].map((one) => one.slice(one.indexOf('@') + 1))]) };
}

/** Its answer is a contact, or a fact that stands in for one. */
const isContact = ({ from, otherwise }: LetterElement): boolean =>
  [from, otherwise].some((one) => one !== undefined && ('contact' in one || 'company' in one)) ||
  ('fact' in from && from.fact === 'contact-point');

function addressed(sentence: string, { mails }: Known): readonly LintFinding[] {
  const strangers = [...sentence.matchAll(MAIL)]
    .map(([one]) => one)
    .filter((one) => !mails.has(one.toLowerCase()));
  const hidden = strangers.reduce((text, one) => text.replaceAll(one, '[address]'), sentence);
  return strangers.map(() => ({
    rule: 'lint.address',
    is: 'refused',
    sentence: hidden,
    words: 'a mail address',
    why: 'it holds the address of somebody who is no contact of yours: perhaps of a person concerned',
    fix: 'take it out, or add the office to contacts.yaml',
  }));
}

function toned(sentence: string, rules: Rules): readonly LintFinding[] {
  return (Object.keys(tones) as Tone[]).flatMap((tone): readonly LintFinding[] => {
    const words = rules[tone].exec(sentence)?.[0];
    return words === undefined
      ? []
      : [
          {
            rule: `lint.${tone}`,
            is: 'refused',
            sentence: maskSecrets(sentence).text,
            words,
            ...tones[tone],
          },
        ];
  });
}

/** The next message that asks for it comes from the thief, and the reader has learned from you to obey. */
const asksIn = (sentence: string, rules: Rules): readonly LintFinding[] => {
  const found = rules.login.exec(sentence);
  if (found === null || rules.warns.test(sentence.slice(0, found.index + found[0].length))) return [];
  return [loginFinding(sentence, found[0])];
};

const loginFinding = (sentence: string, words: string): LintFinding => ({
  rule: 'lint.login',
  is: 'refused',
  sentence: maskSecrets(sentence).text,
  words,
  why: 'it asks the reader to log in or to follow a link: the next such message will be from the thief',
  fix: 'let the reader type your address, or ring',
});

const SIGN_IN =
  /(?:log-?in|sign-?in|signin|auth|account|password|passwort|verify|connexion|anmelden|iniciar)/i;

function linked(sentence: string, { domains }: Known): readonly LintFinding[] {
  return [...sentence.matchAll(LINK)].flatMap((match): readonly LintFinding[] => {
    const host = hostOf(match);
    const asks = SIGN_IN.test(`${host}${match[2] ?? match[4] ?? ''}`);
    const known = [...domains].some((domain) => host === domain || host.endsWith(`.${domain}`));
    const unknown: LintFinding = {
      rule: 'lint.link',
      is: 'warning',
      sentence: maskSecrets(sentence).text,
      words: host,
      why: `${host} is no domain of your contacts: a reader cannot tell it from a forged one`,
      fix: 'name your own address without a link, or add the office to contacts.yaml',
    };
    return [...(asks ? [loginFinding(sentence, host)] : []), ...(known ? [] : [unknown])];
  });
}

/** Without the name a link may show in front of `@`: what stands behind it is where it goes. */
const hostOf = (match: RegExpMatchArray): string =>
  (match[1] ?? match[3] ?? '')
    .toLowerCase()
    .replace(/^.*@/, '')
    .replace(/:\d{1,5}$/, '')
    .replace(/^www\./, '')
    .replace(/\.+$/, '');
