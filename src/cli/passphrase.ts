import type { KeyNotice } from '../app/contract.ts';
import { Problem } from '../base/problem.ts';
import type { Environment } from '../io/environment.ts';
import type { Files } from '../io/files.ts';
import { passphraseFrom } from '../io/passphrase.ts';
import type { Prompt } from '../io/prompt.ts';
import { limits } from '../model/limits.ts';
import { Interrupted } from './interrupted.ts';

/** What of the desk a passphrase can come from. */
type Desk = Readonly<{ environment: Environment; files: Files; prompt: Prompt }>;

/** Names a file, or `/dev/fd/N`, that holds the passphrase. The passphrase itself is never in the environment. */
const VARIABLE = 'FIREBREAK_PASSPHRASE_FILE';

const fileOf = ({ environment }: Desk): string | null => {
  const path = environment.env[VARIABLE];
  return path === undefined || path === '' ? null : path;
};

/** @throws Interrupted when the person gives up; StorageError when the file cannot be read */
export interface Passphrases {
  /** From the file where there is one, else from the person; null where there is neither, and for a bare Enter. */
  current(again: boolean): Promise<string | null>;
  /** A new one: typed twice, because nobody can tell it again. @throws Problem `needs-confirmation`, `usage` */
  chosen(): Promise<string>;
}

export function passphrasesOf(desk: Desk, interactive: boolean): Passphrases {
  const fromFile = readOnce(desk);
  const typed = async (question: string): Promise<string> => {
    const text = await desk.prompt.hidden(question);
    if (text === null) throw new Interrupted();
    return text;
  };
  return {
    async current(again) {
      const given = fromFile();
      if (given !== null || !interactive) return given;
      const wrong = again ? 'That opens nothing. ' : '';
      const text = await typed(
        `${wrong}Passphrase or recovery code of the live incidents (Enter: go on without it): `,
      );
      return text === '' ? null : text;
    },
    async chosen() {
      const given = fromFile();
      if (given !== null) return given;
      if (!interactive)
        throw new Problem('needs-confirmation', { what: 'the new passphrase', flags: `${VARIABLE}=FILE` });
      const text = await typed(`New passphrase, ${limits.passphraseCharsMin} characters or more: `);
      if (text === (await typed('The same again: '))) return text;
      const next = 'firebreak keys use passphrase asks again';
      throw new Problem('usage', { why: 'the two were not the same; the key is as it was', next });
    },
  };
}

/** A descriptor can be read once only. */
function readOnce(desk: Desk): () => string | null {
  let read: string | null = null;
  return () => {
    const path = fileOf(desk);
    if (path === null) return null;
    return (read ??= passphraseFrom(path, desk.files));
  };
}

/** What a person must know of the keys at once, on stderr. */
export function keyWarning(notice: KeyNotice): readonly string[] {
  switch (notice.is) {
    case 'stand-in':
      return [
        `WARNING: the key is not at hand, so the new incident is sealed with a stand-in key file: ${notice.path}`,
        '  Whoever can read that file can read the incident. firebreak keys show says how to seal it with the key again.',
      ];
    case 'other-way':
      return [
        `WARNING: the key did not come from ${notice.from}: ${notice.why}. It came from ${notice.by}.`,
        '  Nothing is lost. firebreak keys show lists the ways to the key.',
      ];
    case 'locked':
      return [
        `WARNING: the key (${notice.from}) is not at hand: ${notice.why}.`,
        '  What is private reads [sealed]; a new incident can be declared all the same.',
      ];
  }
}
