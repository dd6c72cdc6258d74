import { allowed, refusing } from './approvals.ts';
import type { LetterDoor } from './letter-contract.ts';
import type { IncidentParts } from './parts.ts';
import type { SendDoor } from './send-contract.ts';

/** Letters of one incident: the door to them. What checks, sets, merges and sends is loaded once it is wanted. */
export const letterDoor = (parts: IncidentParts): Omit<LetterDoor, 'saveLetter'> => {
  const releasing = async () => await import('./releasing.ts');
  const papers = async () => await import('./papers.ts');
  return {
    letter: async (letter, language = 'en') =>
      (await import('./letters.ts')).draftFor(parts, letter, language),
    checkedLetter: async (letter, language = 'en') =>
      (await releasing()).checkedLetter(parts, letter, language),
    wantedLetters: async () => (await releasing()).wantedLetters(parts),
    releaseLetter: async (asked) =>
      await refusing(
        parts,
        'release-letter',
        null,
        async () => await (await releasing()).releaseLetter(parts, asked),
      ),
    paper: async (asked) => await (await papers()).renderPaper(parts, asked),
    writePaper: async (asked, out, overwrite) =>
      await (await papers()).writePaper(parts, asked, out, overwrite),
    merge: async (asked, heard, stop) =>
      await refusing(parts, 'letter', null, async () => {
        allowed(parts, 'letter', null);
        return await (await import('./merging.ts')).mergeLetters(parts, asked, heard, stop);
      }),
    previewMerge: async (asked) => (await import('./merge-preview.ts')).previewMerge(parts, asked),
    mail: mailDoor(parts),
  };
};

/** Whoever may submit a duty may send its letters; what others must agree to is asked beside it. */
const mailDoor = (parts: IncidentParts): SendDoor => {
  const sending = async () => await import('./sending.ts');
  const sent = async () => await import('./sent.ts');
  const may = async <T>(deed: 'submit' | 'settle', work: () => Promise<T>): Promise<T> =>
    await refusing(parts, 'send-letters', null, async () => {
      allowed(parts, deed, null);
      return await work();
    });
  return {
    plan: async (asked) => await (await sending()).planSending(parts, asked),
    ask: async (asked) => await may('submit', async () => (await sending()).askToSend(parts, asked)),
    send: async (asked, heard, stop) =>
      await may('submit', async () => (await sending()).sendLetters(parts, asked, heard, stop)),
    hand: async (asked) => await may('submit', async () => (await sending()).handOver(parts, asked)),
    servers: async () => await (await sending()).serversOf(parts),
    readers: async (asked, most) => await (await sending()).readersOf(parts, asked, most),
    sent: async () => (await sent()).sentOf(parts),
    letters: async (mailing, standing) => (await sent()).lettersAt(parts, mailing, standing),
    settle: async (asked) => await may('settle', async () => (await sent()).settleLetters(parts, asked)),
    tryAgain: async (asked) => await may('submit', async () => (await sent()).tryAgain(parts, asked)),
    bounces: async (files) => await may('submit', async () => (await sent()).readBounces(parts, files)),
  };
};
