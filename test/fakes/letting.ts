import type { CheckedLetter, OpenIncident } from '../../src/app/contract.ts';
import { letter } from './company.ts';

/** A letter with one of everything that can be said about it. */
export const checked = (drill: boolean): CheckedLetter => {
  const draft = letter(drill);
  const { elements, missing, follows, avoid, sha256, complete } = draft;
  return {
    draft,
    report: {
      letter: draft.letter,
      language: draft.language,
      sha256,
      complete,
      missing,
      follows,
      avoid,
      elements,
      claims: [
        {
          rule: 'claim.stopped',
          sentence: 'The token was revoked.',
          words: 'was revoked',
          element: 'measures',
          is: 'carried',
          by: 'proved by the systems themselves: WhatsApp token',
          entries: [12],
        },
        {
          rule: 'claim.no-access',
          sentence: 'There is no evidence that messages were read.',
          words: 'no evidence that messages were read',
          element: null,
          is: 'refused',
          why: 'no log was collected: not having looked is not having found nothing',
          wants: 'a log for the time of the incident, with its gap',
          command: 'firebreak evidence collect',
        },
      ],
      lint: [
        {
          rule: 'lint.link',
          is: 'warning',
          sentence: 'See https://help.example.net/notice for more.',
          words: 'help.example.net',
          why: 'help.example.net is no domain of your contacts: a reader cannot tell it from a forged one',
          fix: 'name your own address without a link, or add the office to contacts.yaml',
        },
      ],
      ease: { score: 58, band: 'fairly hard', formula: 'Flesch' },
      refused: ['claim.no-access'],
      clean: false,
    },
    released: null,
  };
};

export const fakeLetting = (
  drill: boolean,
): Pick<OpenIncident, 'checkedLetter' | 'wantedLetters' | 'releaseLetter'> => ({
  checkedLetter: async () => await Promise.resolve(checked(drill)),
  wantedLetters: async () => await Promise.resolve([{ letter: 'gdpr-33', language: 'en' }]),
  releaseLetter: async () => await Promise.resolve(checked(drill)),
});
