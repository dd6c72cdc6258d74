import { Problem } from '../base/problem.ts';
import { maskSecrets } from '../base/mask.ts';
import {
  numbersAt,
  spansOf,
  standingOf,
  tallyOf,
  type Sending,
  type Standing,
} from '../incident/sendings.ts';
import { messagesIn, returnedIn } from '../letters/mail/returned.ts';
import type { PrivateText } from '../model/event.ts';
import { limits } from '../model/limits.ts';
import { ledgerOf, type LedgerLine } from './mail-ledger.ts';
import type { IncidentParts } from './parts.ts';
import type { AgainAsked, BounceReport, LetterInDoubt, SentView, SettleAsked } from './send-contract.ts';

/** What became of letters that left: how many stand where, which are in doubt, and what came back. */

export function sentOf({ ledger }: IncidentParts): readonly SentView[] {
  ledger.refresh();
  return [...ledger.state().sendings.values()].map((sending) => viewOf(ledger.state(), sending));
}

const viewOf = ({ mailings }: ReturnType<IncidentParts['ledger']['state']>, sending: Sending): SentView => {
  const { mailing, to, instance, bounces, handed } = sending;
  const merged = mailings.get(mailing);
  const letters = merged?.written ?? 0;
  const worst = new Map(bounces.map(({ letter, lasting }) => [letter, lasting]));
  for (const { letter, lasting } of bounces) if (lasting) worst.set(letter, true);
  const lasting = [...worst.values()].filter(Boolean).length;
  return {
    mailing,
    letter: merged?.letter ?? '',
    to,
    instance,
    letters,
    stand: tallyOf(standingOf(sending, letters)),
    bounced: { lasting, late: worst.size - lasting },
    handed: handed !== null,
  };
};

/** A mailing by its hash or the beginning of it; the only one where nobody named one. */
export function mailingNamed({ ledger }: IncidentParts, name: string | null): Sending {
  ledger.refresh();
  const all = [...ledger.state().sendings.values()];
  const found = name === null ? all : all.filter(({ mailing }) => mailing.startsWith(name.toLowerCase()));
  const [one] = found;
  if (one !== undefined && found.length === 1) return one;
  if (found.length > 1)
    throw new Problem('usage', {
      why: `several mailings have left: name one by the beginning of its sha256 (${found.map(({ mailing }) => mailing.slice(0, 8)).join(', ')})`,
    });
  throw new Problem('not-found', {
    what: 'mailing that has left',
    ...(name === null ? {} : { id: name }),
    near: all.map(({ mailing }) => mailing.slice(0, 8)).join(', '),
  });
}

/** The letters of a mailing that stand there, with what a person needs to look for them in the log of the mail server. */
export function lettersAt(
  parts: IncidentParts,
  mailing: string,
  standing: Standing,
): readonly LetterInDoubt[] {
  const sending = mailingNamed(parts, mailing);
  const letters = parts.ledger.state().mailings.get(sending.mailing)?.written ?? 0;
  const wanted = new Set(numbersAt(standingOf(sending, letters), standing));
  const lines = new Map<number, LedgerLine | null>();
  for (const { letter, line } of ledgerOf(parts, sending)) if (wanted.has(letter)) lines.set(letter, line);
  return [...lines].map(([letter, line]) => ({
    letter,
    to: line?.to ?? null,
    messageId: line?.message ?? null,
  }));
}

type Chosen = Readonly<{ sending: Sending; letters: readonly number[] }>;

/** The letters that a person means, each of which stands there; all of them where none is named. */
function chosenAt(
  parts: IncidentParts,
  asked: Readonly<{ mailing: string; letters: readonly number[] | null }>,
  standing: Standing,
  words: Readonly<{ none: string; other: (n: number) => string }>,
): Chosen {
  const { ledger } = parts;
  const sending = mailingNamed(parts, asked.mailing);
  const written = ledger.state().mailings.get(sending.mailing)?.written ?? 0;
  const there = new Set(numbersAt(standingOf(sending, written), standing));
  if ([...ledger.state().openSendings.values()].includes(sending.mailing))
    throw new Problem('usage', {
      why: 'this mailing is being sent, or was cut off just now: where its letters stand is not known yet',
      next: 'end it, or run firebreak letters send on the file again: it settles what it can first',
    });
  const letters = (asked.letters ?? [...there]).toSorted((a, b) => a - b);
  const stranger = letters.find((n) => !there.has(n));
  if (letters.length === 0) throw new Problem('usage', { why: words.none });
  if (stranger !== undefined) throw new Problem('usage', { why: words.other(stranger) });
  return { sending, letters };
}

export async function settleLetters(parts: IncidentParts, asked: SettleAsked): Promise<SentView> {
  const { ledger } = parts;
  const { sending, letters } = chosenAt(parts, asked, 'unsure', {
    none: 'no letter of this mailing is in doubt',
    other: (n) => `letter ${n} is not in doubt: what is known is not settled by a word`,
  });
  const reason = reasoned(asked.reason, 'where you looked, and what it said');
  const pub = { mailing: sending.mailing, letters: spansOf(letters), taken: asked.taken };
  await ledger.append([{ kind: 'mail.settled', pub, priv: { reason } }]);
  return viewOf(ledger.state(), mailingNamed(parts, sending.mailing));
}

/** What was taken, or may have been, never leaves again by this: only what the server said it would not take. */
export async function tryAgain(parts: IncidentParts, asked: AgainAsked): Promise<SentView> {
  const { ledger } = parts;
  const { sending, letters } = chosenAt(parts, asked, 'refused', {
    none: 'no letter of this mailing was refused for good',
    other: (n) => `letter ${n} was not refused for good: only what the server would not take is tried again`,
  });
  const reason = reasoned(asked.reason, 'what stood in their way, and that it is gone');
  const pub = { mailing: sending.mailing, letters: spansOf(letters) };
  await ledger.append([{ kind: 'mail.again', pub, priv: { reason } }]);
  return viewOf(ledger.state(), mailingNamed(parts, sending.mailing));
}

/** @throws Problem `usage` where nobody gave one */
const reasoned = (reason: string, wanted: string): PrivateText => {
  if (reason.trim() === '') throw new Problem('usage', { why: `a reason is needed: ${wanted} (--why TEXT)` });
  return { class: 'staff', value: maskSecrets(reason).text };
};

/** A mailbox of what came back: read in one piece, because a report has no end that can be seen from its middle. */
export async function readBounces(parts: IncidentParts, files: readonly string[]): Promise<BounceReport> {
  const { ledger } = parts;
  ledger.refresh();
  const byKey = new Map<string, Readonly<{ mailing: string; letter: number }>>();
  for (const sending of ledger.state().sendings.values())
    for (const { letter, line } of ledgerOf(parts, sending)) {
      if (line === null) throw new Problem('sealed', { what: 'who got a letter' });
      byKey.set(line.key, { mailing: sending.mailing, letter });
    }
  const count = { messages: 0, recorded: 0, again: 0, other: 0 };
  for (const file of files) {
    for (const message of messagesIn(parts.files.readText(file, limits.mailboxBytesMax))) {
      count.messages += 1;
      const back = returnedIn(message);
      const of = back === null ? undefined : byKey.get(back.key);
      if (back === null || of === undefined) {
        count.other += 1;
        continue;
      }
      const { status, lasting, says } = back;
      const known = ledger.state().sendings.get(of.mailing)?.bounces ?? [];
      if (known.some((one) => one.letter === of.letter && one.status === status && one.lasting === lasting)) {
        count.again += 1;
        continue;
      }
      await ledger.append([
        {
          kind: 'mail.bounced',
          pub: { ...of, status, lasting },
          priv: { says: { class: 'victims', value: says } },
        },
      ]);
      count.recorded += 1;
    }
  }
  return count;
}
